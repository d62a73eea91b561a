"""Named numbers with their source, and point clouds drawn from a stated seed.

Arrays are read-only, so that no caller can change what the next one sees. The clouds use ``numpy.random.default_rng``:
the same ``n`` and ``seed`` give the same points.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from core._checks import as_instance, as_int, as_pmf, as_scalar, as_size


@dataclass(frozen=True, slots=True)
class CategoricalTable:
    """Rows of named values and the label each row carries."""

    source: str
    feature_names: tuple[str, ...]
    label_name: str
    rows: tuple[tuple[str, ...], ...]
    labels: tuple[str, ...]

    def column(self, name: str) -> tuple[str, ...]:
        """Return the values of the feature called ``name``, one a row."""
        if name not in self.feature_names:
            raise ValueError(f"name is {name!r}, which is no feature; choose one of {', '.join(self.feature_names)}")
        place = self.feature_names.index(name)
        return tuple(row[place] for row in self.rows)


@dataclass(frozen=True, slots=True)
class LabelledPoints:
    """Numeric features ``X`` of shape (n, d) and integer labels ``y`` of shape (n,), indices into ``class_names``."""

    source: str
    feature_names: tuple[str, ...]
    class_names: tuple[str, ...]
    X: NDArray[np.float64]
    y: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class PairedSample:
    """Two numeric variables observed together, ``x`` and ``y`` of shape (n,)."""

    source: str
    x: NDArray[np.float64]
    y: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class JointTable:
    """A joint probability table ``p``: axis i runs over the values ``values[i]`` of the variable ``variables[i]``."""

    source: str
    variables: tuple[str, ...]
    values: tuple[tuple[str, ...], ...]
    p: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Passage:
    """A text and where it comes from."""

    source: str
    text: str


def _frozen(values, dtype=np.float64) -> NDArray:
    array = np.array(values, dtype=dtype)
    array.setflags(write=False)
    return array


LETTER_SOURCE = (
    "R. E. Lewand, Cryptological Mathematics, Mathematical Association of America, 2000, p. 36 "
    "(relative frequencies of letters in general English plain text)"
)

# Printed to five places, in units of 1e-5. They add up to 99999, not 100000: the rounding of the printed table.
_LETTER_UNITS = {
    "a": 8167, "b": 1492, "c": 2782, "d": 4253, "e": 12702, "f": 2228, "g": 2015, "h": 6094, "i": 6966,
    "j": 153, "k": 772, "l": 4025, "m": 2406, "n": 6749, "o": 7507, "p": 1929, "q": 95, "r": 5987,
    "s": 6327, "t": 9056, "u": 2758, "v": 978, "w": 2360, "x": 150, "y": 1974, "z": 74,
}  # fmt: skip

# Each is the exact quotient by the true total of the table, rounded once, so the missing 1e-5 is spread in proportion.
LETTER_FREQUENCIES: Mapping[str, float] = MappingProxyType(
    {letter: units / sum(_LETTER_UNITS.values()) for letter, units in _LETTER_UNITS.items()}
)

PLAY_TENNIS = CategoricalTable(
    source=(
        "J. R. Quinlan, Induction of decision trees, Machine Learning 1 (1986), 81-106, Table 1; "
        "wind and label named as in T. M. Mitchell, Machine Learning (1997), Table 3.2"
    ),
    feature_names=("Outlook", "Temperature", "Humidity", "Wind"),
    label_name="Play",
    rows=(
        ("Sunny", "Hot", "High", "Weak"),
        ("Sunny", "Hot", "High", "Strong"),
        ("Overcast", "Hot", "High", "Weak"),
        ("Rain", "Mild", "High", "Weak"),
        ("Rain", "Cool", "Normal", "Weak"),
        ("Rain", "Cool", "Normal", "Strong"),
        ("Overcast", "Cool", "Normal", "Strong"),
        ("Sunny", "Mild", "High", "Weak"),
        ("Sunny", "Cool", "Normal", "Weak"),
        ("Rain", "Mild", "Normal", "Weak"),
        ("Sunny", "Mild", "Normal", "Strong"),
        ("Overcast", "Mild", "High", "Strong"),
        ("Overcast", "Hot", "Normal", "Weak"),
        ("Rain", "Mild", "High", "Strong"),
    ),
    labels=("No", "No", "Yes", "Yes", "Yes", "No", "Yes", "No", "Yes", "Yes", "Yes", "Yes", "Yes", "No"),
)

WEATHER_UMBRELLA = JointTable(
    source="Teaching example: rain on half of the days; an umbrella on 9 of 10 rainy days and on 2 of 10 dry ones",
    variables=("Weather", "Umbrella"),
    values=(("Dry", "Rain"), ("No", "Yes")),
    p=_frozen([[0.40, 0.10], [0.05, 0.45]]),
)

_BITS = (("0", "1"), ("0", "1"), ("0", "1"))

XOR = JointTable(
    source="Two independent fair bits X and Y, and Z = X exclusive-or Y",
    variables=("X", "Y", "Z"),
    values=_BITS,
    p=_frozen([[[0.25, 0.0], [0.0, 0.25]], [[0.0, 0.25], [0.25, 0.0]]]),
)

AND = JointTable(
    source="Two independent fair bits X and Y, and Z = X and Y",
    variables=("X", "Y", "Z"),
    values=_BITS,
    p=_frozen([[[0.25, 0.0], [0.25, 0.0]], [[0.25, 0.0], [0.0, 0.25]]]),
)

COPY = JointTable(
    source="One fair bit X, and Y = Z = X",
    variables=("X", "Y", "Z"),
    values=_BITS,
    p=_frozen([[[0.5, 0.0], [0.0, 0.0]], [[0.0, 0.0], [0.0, 0.5]]]),
)

SECOND_INAUGURAL = Passage(
    source="Abraham Lincoln, Second Inaugural Address, 4 March 1865 (public domain)",
    text="""\
Fellow countrymen: At this second appearing to take the oath of the presidential office, there is less occasion for an
extended address than there was at the first. Then a statement, somewhat in detail, of a course to be pursued, seemed
fitting and proper. Now, at the expiration of four years, during which public declarations have been constantly called
forth on every point and phase of the great contest which still absorbs the attention and engrosses the energies of
the nation, little that is new could be presented. The progress of our arms, upon which all else chiefly depends, is
as well known to the public as to myself; and it is, I trust, reasonably satisfactory and encouraging to all. With
high hope for the future, no prediction in regard to it is ventured.

On the occasion corresponding to this four years ago, all thoughts were anxiously directed to an impending civil war.
All dreaded it, all sought to avert it. While the inaugural address was being delivered from this place, devoted
altogether to saving the Union without war, insurgent agents were in the city seeking to destroy it without war --
seeking to dissolve the Union and divide effects by negotiation. Both parties deprecated war, but one of them would
make war rather than let the nation survive, and the other would accept war rather than let it perish, and the war
came.

One eighth of the whole population were colored slaves, not distributed generally over the Union, but localized in the
southern part of it. These slaves constituted a peculiar and powerful interest. All knew that this interest was
somehow the cause of the war. To strengthen, perpetuate, and extend this interest was the object for which the
insurgents would rend the Union even by war, while the government claimed no right to do more than to restrict the
territorial enlargement of it.

Neither party expected for the war the magnitude or the duration which it has already attained. Neither anticipated
that the cause of the conflict might cease with or even before the conflict itself should cease. Each looked for an
easier triumph, and a result less fundamental and astounding. Both read the same Bible and pray to the same God, and
each invokes His aid against the other. It may seem strange that any men should dare to ask a just God's assistance in
wringing their bread from the sweat of other men's faces, but let us judge not, that we be not judged. The prayers of
both could not be answered. That of neither has been answered fully. The Almighty has His own purposes. "Woe unto the
world because of offenses; for it must needs be that offenses come, but woe to that man by whom the offense cometh."
If we shall suppose that American slavery is one of those offenses which, in the providence of God, must needs come,
but which, having continued through His appointed time, He now wills to remove, and that He gives to both North and
South this terrible war as the woe due to those by whom the offense came, shall we discern therein any departure from
those divine attributes which the believers in a living God always ascribe to Him? Fondly do we hope, fervently do we
pray, that this mighty scourge of war may speedily pass away. Yet, if God wills that it continue until all the wealth
piled by the bondsman's two hundred and fifty years of unrequited toil shall be sunk, and until every drop of blood
drawn with the lash shall be paid by another drawn with the sword, as was said three thousand years ago, so still it
must be said "the judgments of the Lord are true and righteous altogether."

With malice toward none, with charity for all, with firmness in the right as God gives us to see the right, let us
strive on to finish the work we are in, to bind up the nation's wounds, to care for him who shall have borne the
battle and for his widow and his orphan, to do all which may achieve and cherish a just and lasting peace among
ourselves and with all nations.
""",
)

ALICE = Passage(
    source="Lewis Carroll, Alice's Adventures in Wonderland, 1865, the beginning of chapter I (public domain)",
    text="""\
Alice was beginning to get very tired of sitting by her sister on the bank, and of having nothing to do: once or twice
she had peeped into the book her sister was reading, but it had no pictures or conversations in it, 'and what is the
use of a book,' thought Alice 'without pictures or conversations?'

So she was considering in her own mind (as well as she could, for the hot day made her feel very sleepy and stupid),
whether the pleasure of making a daisy-chain would be worth the trouble of getting up and picking the daisies, when
suddenly a White Rabbit with pink eyes ran close by her.

There was nothing so very remarkable in that; nor did Alice think it so very much out of the way to hear the Rabbit
say to itself, 'Oh dear! Oh dear! I shall be late!' (when she thought it over afterwards, it occurred to her that she
ought to have wondered at this, but at the time it all seemed quite natural); but when the Rabbit actually took a
watch out of its waistcoat-pocket, and looked at it, and then hurried on, Alice started to her feet, for it flashed
across her mind that she had never before seen a rabbit with either a waistcoat-pocket, or a watch to take out of it,
and burning with curiosity, she ran across the field after it, and fortunately was just in time to see it pop down a
large rabbit-hole under the hedge.

In another moment down went Alice after it, never once considering how in the world she was to get out again.

The rabbit-hole went straight on like a tunnel for some way, and then dipped suddenly down, so suddenly that Alice had
not a moment to think about stopping herself before she found herself falling down a very deep well.

Either the well was very deep, or she fell very slowly, for she had plenty of time as she went down to look about her
and to wonder what was going to happen next. First, she tried to look down and make out what she was coming to, but it
was too dark to see anything; then she looked at the sides of the well, and noticed that they were filled with
cupboards and book-shelves; here and there she saw maps and pictures hung upon pegs. She took down a jar from one of
the shelves as she passed; it was labelled 'ORANGE MARMALADE', but to her great disappointment it was empty: she did
not like to drop the jar for fear of killing somebody underneath, so managed to put it into one of the cupboards as
she fell past it.
""",
)

GETTYSBURG = Passage(
    source="Abraham Lincoln, Gettysburg Address, 19 November 1863, in the Bliss copy of 1864 (public domain)",
    text="""\
Four score and seven years ago our fathers brought forth on this continent, a new nation, conceived in Liberty, and
dedicated to the proposition that all men are created equal.

Now we are engaged in a great civil war, testing whether that nation, or any nation so conceived and so dedicated, can
long endure. We are met on a great battle-field of that war. We have come to dedicate a portion of that field, as a
final resting place for those who here gave their lives that that nation might live. It is altogether fitting and
proper that we should do this.

But, in a larger sense, we can not dedicate -- we can not consecrate -- we can not hallow -- this ground. The brave
men, living and dead, who struggled here, have consecrated it, far above our poor power to add or detract. The world
will little note, nor long remember what we say here, but it can never forget what they did here. It is for us the
living, rather, to be dedicated here to the unfinished work which they who fought here have thus far so nobly
advanced. It is rather for us to be here dedicated to the great task remaining before us -- that from these honored
dead we take increased devotion to that cause for which they gave the last full measure of devotion -- that we here
highly resolve that these dead shall not have died in vain -- that this nation, under God, shall have a new birth of
freedom -- and that government of the people, by the people, for the people, shall not perish from the earth.
""",
)

_JACK = (
    ("the house that Jack built", ""),
    ("the malt", "that lay in"),
    ("the rat", "that ate"),
    ("the cat", "that killed"),
    ("the dog", "that worried"),
    ("the cow with the crumpled horn", "that tossed"),
    ("the maiden all forlorn", "that milked"),
    ("the man all tattered and torn", "that kissed"),
    ("the priest all shaven and shorn", "that married"),
    ("the cock that crowed in the morn", "that waked"),
    ("the farmer sowing his corn", "that kept"),
)


def _verses() -> str:
    """Each verse begins with the next thing and runs back through all before it."""
    tail, verses = "", []
    for thing, link in _JACK:
        tail = f"{thing},\n{link} {tail}" if tail else f"{thing}.\n"
        verses.append(f"This is {tail}")
    return "\n".join(verses)


HOUSE_THAT_JACK_BUILT = Passage(
    source="The House That Jack Built, English nursery rhyme, in print since 1755 (public domain), eleven verses",
    text=_verses(),
)

DNA_FREQUENCIES: Mapping[str, float] = MappingProxyType({"A": 0.3, "C": 0.2, "G": 0.2, "T": 0.3})


def random_text(frequencies: Mapping[str, float], n: int, seed: int) -> str:
    """Characters drawn independently: a text whose entropy is that of its frequencies, whatever came before.

    Parameters
    ----------
    frequencies : the probability of each character.
    n : number of characters.
    seed : of the generator.

    Raises
    ------
    ValueError
        If the frequencies are no distribution, or n or seed is no whole number or below 0.

    References
    ----------
    Shannon (1948), A mathematical theory of communication, section 3: the first-order approximation to English.

    Examples
    --------
    >>> random_text({"a": 1.0}, 5, seed=1)
    'aaaaa'
    """
    p = as_pmf(list(as_instance(frequencies, "frequencies", Mapping).values()), "frequencies")
    rng = _generator(n, seed)
    return "".join(np.array(list(frequencies))[rng.choice(p.size, n, p=p)])


# Tenths of a centimeter: sepal length, sepal width, petal length, petal width, two digits each, one flower a word.
# Fisher's Table I; the copy in the UCI repository differs from it in flowers 35 and 38.
_IRIS_TENTHS = (
    "51351402 49301402 47321302 46311502 50361402 54391704 46341403 50341502 44291402 49311501 "
    "54371502 48341602 48301401 43301101 58401202 57441504 54391304 51351403 57381703 51381503 "
    "54341702 51371504 46361002 51331705 48341902 50301602 50341604 52351502 52341402 47321602 "
    "48311602 54341504 52411501 55421402 49311502 50321202 55351302 49361401 44301302 51341502 "
    "50351303 45231303 44321302 50351606 51381904 48301403 51381602 46321402 53371502 50331402 "
    "70324714 64324515 69314915 55234013 65284615 57284513 63334716 49243310 66294613 52273914 "
    "50203510 59304215 60224010 61294714 56293613 67314414 56304515 58274110 62224515 56253911 "
    "59324818 61284013 63254915 61284712 64294313 66304414 68284814 67305017 60294515 57263510 "
    "55243811 55243710 58273912 60275116 54304515 60344516 67314715 63234413 56304113 55254013 "
    "55264412 61304614 58264012 50233310 56274213 57304212 57294213 62294313 51253011 57284113 "
    "63336025 58275119 71305921 63295618 65305822 76306621 49254517 73296318 67255818 72366125 "
    "65325120 64275319 68305521 57255020 58285124 64325323 65305518 77386722 77266923 60225015 "
    "69325723 56284920 77286720 63274918 67335721 72326018 62284818 61304918 64285621 72305816 "
    "74286119 79386420 64285622 63285115 61265614 77306123 63345624 64315518 60304818 69315421 "
    "67315624 69315123 58275119 68325923 67335725 67305223 63255019 65305220 62345423 59305118 "
)


def iris() -> LabelledPoints:
    """Fisher's measurements of 150 iris flowers in centimeters: 4 features, 3 species of 50 flowers each.

    Returns
    -------
    LabelledPoints with X (150, 4) and y (150,).

    References
    ----------
    Fisher (1936), The use of multiple measurements in taxonomic problems, table I.

    Examples
    --------
    >>> iris().X[0]
    array([5.1, 3.5, 1.4, 0.2])
    """
    tenths = [[int(flower[k : k + 2]) for k in (0, 2, 4, 6)] for flower in _IRIS_TENTHS.split()]
    return LabelledPoints(
        source="R. A. Fisher, Annals of Eugenics 7 (1936), 179-188, Table I",
        feature_names=("sepal length", "sepal width", "petal length", "petal width"),
        class_names=("setosa", "versicolor", "virginica"),
        X=_frozen(np.array(tenths) / 10),  # whole number / 10 is the double nearest to the decimal
        y=_frozen(np.repeat([0, 1, 2], 50), np.int64),
    )


def xor_cloud(n: int, seed: int) -> LabelledPoints:
    """Points of the square [-1, 1]^2 whose label says whether the signs of the two coordinates differ.

    The four quadrants take turns: for n a multiple of 4 each of the questions x > 0 and y > 0 gains exactly nothing,
    while the two together tell the label.

    Parameters
    ----------
    n : number of points, at least 1.
    seed : whole number, at least 0; the same seed gives the same points.

    Returns
    -------
    LabelledPoints with X (n, 2) and y (n,).

    Raises
    ------
    ValueError
        If n or seed is no whole number or too small.

    References
    ----------
    Minsky & Papert (1969), Perceptrons, chapter 3: parity, here of two.

    Examples
    --------
    >>> cloud = xor_cloud(4, seed=0)
    >>> (cloud.X > 0).astype(int).tolist(), cloud.y.tolist()
    ([[0, 0], [0, 1], [1, 0], [1, 1]], [0, 1, 1, 0])
    """
    rng = _generator(n, seed)
    quadrant = np.arange(n) % 4
    positive = np.stack([quadrant // 2, quadrant % 2], axis=1)
    size = 1.0 - rng.random((n, 2))  # in (0, 1]: no point lies on an axis, where its label would be undefined
    return LabelledPoints(
        source=f"xor_cloud(n={n}, seed={seed})",
        feature_names=("x", "y"),
        class_names=("same sign", "different sign"),
        X=_frozen(np.where(positive, size, -size)),
        y=_frozen(positive[:, 0] ^ positive[:, 1], np.int64),
    )


def moons(n: int, seed: int, noise: float = 0.15) -> LabelledPoints:
    """Two interleaving half circles of radius 1, one a class.

    Class 0: (cos t, sin t); class 1: (1 - cos t, 1/2 - sin t); t uniform on [0, pi); the classes take turns

    Parameters
    ----------
    n : number of points, at least 1.
    seed : whole number, at least 0; the same seed gives the same points.
    noise : standard deviation of the Gaussian noise on both coordinates, at least 0.

    Returns
    -------
    LabelledPoints with X (n, 2) and y (n,).

    Raises
    ------
    ValueError
        If n or seed is no whole number or too small, or noise is negative or not finite.

    References
    ----------
    Pedregosa et al. (2011), Scikit-learn: machine learning in Python, section 2: make_moons, drawn at random.

    Examples
    --------
    >>> cloud = moons(200, seed=1, noise=0)
    >>> bool(np.allclose(np.hypot(*cloud.X[cloud.y == 0].T), 1))
    True
    """
    rng = _generator(n, seed)
    t = np.pi * rng.random(n)
    y = np.arange(n) % 2
    clean = np.stack([np.where(y, 1 - np.cos(t), np.cos(t)), np.where(y, 0.5 - np.sin(t), np.sin(t))], axis=1)
    return LabelledPoints(
        source=f"moons(n={n}, seed={seed}, noise={noise})",
        feature_names=("x", "y"),
        class_names=("upper moon", "lower moon"),
        X=_frozen(clean + _noise(rng, noise, (n, 2))),
        y=_frozen(y, np.int64),
    )


def overlapping_classes(n: int, seed: int, distance: float = 2.0) -> LabelledPoints:
    """Points on a line in two classes that overlap: no threshold tells them apart without an error.

    x = (y - 1/2) distance + standard normal noise; the classes take turns

    Parameters
    ----------
    n : number of points, at least 1.
    seed : whole number, at least 0; the same seed gives the same points.
    distance : between the two centers, at least 0. Where it is large, few points may overlap, or none.

    Returns
    -------
    LabelledPoints with X (n, 1) and y (n,).

    Raises
    ------
    ValueError
        If n or seed is no whole number or too small, or distance is negative or not finite.

    References
    ----------
    Bishop (2006), Pattern Recognition and Machine Learning, eq. 4.66: the weight of x that is right is `distance`.

    Examples
    --------
    >>> overlapping_classes(4, seed=1).y
    array([0, 1, 0, 1])
    """
    rng = _generator(n, seed)
    distance = as_scalar(distance, "distance", low=0.0)
    y = np.arange(n) % 2
    return LabelledPoints(
        source=f"overlapping_classes(n={n}, seed={seed}, distance={distance})",
        feature_names=("x",),
        class_names=("left", "right"),
        X=_frozen(((y - 0.5) * distance + rng.standard_normal(n))[:, None]),
        y=_frozen(y, np.int64),
    )


def circle(n: int, seed: int, noise: float = 0.05) -> PairedSample:
    """Points around the unit circle: coordinates without correlation that nearly determine each other.

    (x, y) = (cos t, sin t) + noise, t uniform on [0, 2 pi)

    Parameters
    ----------
    n : number of points, at least 1.
    seed : whole number, at least 0; the same seed gives the same points.
    noise : standard deviation of the Gaussian noise on both coordinates, at least 0.

    Returns
    -------
    PairedSample with x and y (n,).

    Raises
    ------
    ValueError
        If n or seed is no whole number or too small, or noise is negative or not finite.

    References
    ----------
    Feller (1968), An Introduction to Probability Theory and Its Applications I, section IX.8: dependent, uncorrelated.

    Examples
    --------
    >>> sample = circle(100, seed=1, noise=0)
    >>> bool(np.allclose(sample.x**2 + sample.y**2, 1))
    True
    """
    rng = _generator(n, seed)
    t = 2 * np.pi * rng.random(n)
    points = np.stack([np.cos(t), np.sin(t)]) + _noise(rng, noise, (2, n))
    return PairedSample(f"circle(n={n}, seed={seed}, noise={noise})", _frozen(points[0]), _frozen(points[1]))


def parabola(n: int, seed: int, noise: float = 0.05) -> PairedSample:
    """Points around a parabola: correlation 0, yet x determines y up to the noise.

    y = x^2 + noise, x uniform on [-1, 1)

    Parameters
    ----------
    n : number of points, at least 1.
    seed : whole number, at least 0; the same seed gives the same points.
    noise : standard deviation of the Gaussian noise on y, at least 0.

    Returns
    -------
    PairedSample with x and y (n,).

    Raises
    ------
    ValueError
        If n or seed is no whole number or too small, or noise is negative or not finite.

    References
    ----------
    Feller (1968), An Introduction to Probability Theory and Its Applications I, section IX.8: dependent, uncorrelated.

    Examples
    --------
    >>> sample = parabola(100, seed=1, noise=0)
    >>> bool((sample.y == sample.x**2).all())
    True
    """
    rng = _generator(n, seed)
    x = 2 * rng.random(n) - 1
    y = x**2 + _noise(rng, noise, n)
    return PairedSample(f"parabola(n={n}, seed={seed}, noise={noise})", _frozen(x), _frozen(y))


def correlated_gaussian(n: int, rho: float, seed: int) -> PairedSample:
    """Pairs of standard normal variables, whose mutual information is -log(1 - rho^2)/2.

    x = e1, y = rho e1 + sqrt((1 - rho)(1 + rho)) e2, e1 and e2 independent standard normal

    Parameters
    ----------
    n : number of points, at least 1.
    rho : correlation, from -1 to 1.
    seed : whole number, at least 0; the same seed gives the same points.

    Returns
    -------
    PairedSample with x and y (n,).

    Raises
    ------
    ValueError
        If n or seed is no whole number or too small, or rho lies outside [-1, 1].

    References
    ----------
    Cover & Thomas (2006), Elements of Information Theory, example 8.5.1.

    Examples
    --------
    >>> sample = correlated_gaussian(100, 1.0, seed=1)
    >>> bool((sample.x == sample.y).all())
    True
    """
    rng = _generator(n, seed)
    rho = as_scalar(rho, "rho", low=-1.0, high=1.0)
    first, second = rng.standard_normal((2, n))
    y = rho * first + np.sqrt((1 - rho) * (1 + rho)) * second
    return PairedSample(f"correlated_gaussian(n={n}, rho={rho}, seed={seed})", _frozen(first), _frozen(y))


def redundant_and_synergistic(n: int, seed: int, noise: float = 0.3) -> LabelledPoints:
    """Columns among which ranking one at a time goes wrong: a signal, its exact copy, an XOR pair and pure noise.

    label = 2 u + (v xor w) for three fair bits; signal = copy = u + noise, first = v + noise, second = w + noise.
    Alone, first and second tell nothing; together, half of the label. The copy tells what the signal does, no more.

    Parameters
    ----------
    n : number of points, at least 1.
    seed : whole number, at least 0; the same seed gives the same points.
    noise : standard deviation of the Gaussian noise on each column, at least 0.

    Returns
    -------
    LabelledPoints with X (n, 5) and y (n,) of 4 classes.

    Raises
    ------
    ValueError
        If n or seed is no whole number or too small, or noise is negative or not finite.

    References
    ----------
    Guyon & Elisseeff (2003), An introduction to variable and feature selection, section 3.

    Examples
    --------
    >>> cloud = redundant_and_synergistic(1000, seed=1)
    >>> bool((cloud.X[:, 0] == cloud.X[:, 1]).all()), len(cloud.feature_names)
    (True, 5)
    """
    rng = _generator(n, seed)
    u, v, w = np.unravel_index(np.arange(n) % 8, (2, 2, 2))  # all eight combinations take turns
    signal, first, second = np.stack([u, v, w]) + _noise(rng, noise, (3, n))
    return LabelledPoints(
        source=f"redundant_and_synergistic(n={n}, seed={seed}, noise={noise})",
        feature_names=("signal", "copy", "first", "second", "noise"),
        class_names=("0", "1", "2", "3"),
        X=_frozen(np.stack([signal, signal, first, second, rng.standard_normal(n)], axis=1)),
        y=_frozen(2 * u + (v ^ w), np.int64),
    )


def xor_among_noise(n: int, seed: int, lean: float = 0.7, noise: float = 0.3) -> LabelledPoints:
    """An XOR pair of which one column tells a little by itself, hidden among columns of pure noise.

    label = v xor w, v fair, w = 1 in the share `lean` of the rows, in turn; first = v + noise, second = w + noise.
    Without noise `first` alone tells log 2 - h(lean), `second` alone nothing, both together the label.

    Parameters
    ----------
    n : number of points, at least 1; all shares are exact if it is a multiple of 20 and lean one of 0.1.
    seed : whole number, at least 0; the same seed gives the same points.
    lean : share of rows with w = 1, from 0 to 1; at 1/2 neither column tells anything by itself.
    noise : standard deviation of the Gaussian noise on both columns, at least 0.

    Returns
    -------
    LabelledPoints with X (n, 5) and y (n,).

    Raises
    ------
    ValueError
        If n or seed is no whole number or too small, lean lies outside [0, 1], or noise is negative or not finite.

    References
    ----------
    Guyon & Elisseeff (2003), An introduction to variable and feature selection, section 3.3.

    Examples
    --------
    >>> cloud = xor_among_noise(40, seed=1, noise=0)
    >>> v, w = cloud.X[:, 1].astype(int), cloud.X[:, 3].astype(int)
    >>> int(w.sum()), bool((cloud.y == (v ^ w)).all())
    (28, True)
    """
    rng = _generator(n, seed)
    lean = as_scalar(lean, "lean", low=0.0, high=1.0)
    v, turn = np.arange(n) % 2, np.arange(n) // 2
    w = (np.floor((turn + 1) * lean + 1e-9) > np.floor(turn * lean + 1e-9)).astype(np.int64)
    first, second = np.stack([v, w]) + _noise(rng, noise, (2, n))
    one, two, three = rng.standard_normal((3, n))
    return LabelledPoints(
        source=f"xor_among_noise(n={n}, seed={seed}, lean={lean}, noise={noise})",
        feature_names=("noise 1", "first", "noise 2", "second", "noise 3"),
        class_names=("same", "different"),
        X=_frozen(np.stack([one, first, two, second, three], axis=1)),
        y=_frozen(v ^ w, np.int64),
    )


def ring(n: int, seed: int, noise: float = 0.15) -> LabelledPoints:
    """A core inside a ring, and a column of noise: no coordinate has another mean in the other class, yet both tell it.

    core: (x, y) = noise; ring: (cos t, sin t) + noise, t uniform on [0, 2 pi); the classes take turns

    Parameters
    ----------
    n : number of points, at least 1.
    seed : whole number, at least 0; the same seed gives the same points.
    noise : standard deviation of the Gaussian noise on both coordinates, at least 0.

    Returns
    -------
    LabelledPoints with X (n, 3) and y (n,).

    Raises
    ------
    ValueError
        If n or seed is no whole number or too small, or noise is negative or not finite.

    References
    ----------
    Guyon & Elisseeff (2003), An introduction to variable and feature selection, section 2.2: what correlation misses.

    Examples
    --------
    >>> cloud = ring(100, seed=1, noise=0)
    >>> bool(np.allclose(np.hypot(cloud.X[:, 0], cloud.X[:, 1]), cloud.y))
    True
    """
    rng = _generator(n, seed)
    y, t = np.arange(n) % 2, 2 * np.pi * rng.random(n)
    points = y * np.stack([np.cos(t), np.sin(t)]) + _noise(rng, noise, (2, n))
    return LabelledPoints(
        source=f"ring(n={n}, seed={seed}, noise={noise})",
        feature_names=("x", "y", "noise"),
        class_names=("core", "ring"),
        X=_frozen(np.stack([*points, rng.standard_normal(n)], axis=1)),
        y=_frozen(y, np.int64),
    )


def stretched_logits(n: int, seed: int, stretch: float = 2.0, classes: int = 5) -> LabelledPoints:
    """Draw n rows of logits that are `stretch` times those which their labels were drawn from.

    u ~ normal(0, 1.5^2), label ~ softmax(u), logits z = stretch u: softmax(z/T) is calibrated at T = stretch alone.

    Parameters
    ----------
    n : number of rows, at least 1.
    seed : whole number, at least 0; the same seed gives the same labels at every stretch.
    stretch : positive; above 1 softmax(z) is too sure, below 1 not sure enough.
    classes : number of classes, at least 2.

    Returns
    -------
    LabelledPoints with the logits as X (n, classes) and y (n,).

    Raises
    ------
    ValueError
        If n, seed or classes is no whole number or too small, or stretch is not positive.

    References
    ----------
    Guo, Pleiss, Sun & Weinberger (2017), On Calibration of Modern Neural Networks, section 4.2.

    Examples
    --------
    >>> one, two = (stretched_logits(3, 1, stretch) for stretch in (1.0, 2.0))
    >>> bool((two.X == 2 * one.X).all() and (one.y == two.y).all())
    True
    """
    rng = _generator(n, seed)
    classes = as_size(classes, "classes", low=2)
    logits = 1.5 * rng.standard_normal((n, classes))
    # The largest of z + Gumbel noise is a draw from softmax(z): Gumbel (1954), Maddison, Tarlow & Minka (2014).
    y = np.argmax(logits + rng.gumbel(size=(n, classes)), axis=1)
    names = tuple(f"class {i}" for i in range(classes))
    return LabelledPoints(
        source=f"stretched_logits(n={n}, seed={seed}, stretch={stretch}, classes={classes})",
        feature_names=tuple(f"logit of {name}" for name in names),
        class_names=names,
        X=_frozen(as_scalar(stretch, "stretch", low=0.0, high=1e100, open_low=True) * logits),
        y=_frozen(y, np.int64),
    )


def _generator(n: int, seed: int) -> np.random.Generator:
    as_size(n, "n")
    return np.random.default_rng(as_int(seed, "seed", low=0))


def _noise(rng: np.random.Generator, sigma: float, shape: int | tuple[int, ...]) -> NDArray[np.float64]:
    return as_scalar(sigma, "noise", low=0.0, high=1e100) * rng.standard_normal(shape)
