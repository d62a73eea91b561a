"""What is known about each page without looking at its code: the tests of pages read this table and nothing else.

A new page needs one entry: its presets with the published number that each must show, and its controls with both ends.
"""

import math
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Control:
    """A control of a page, by the name of its value in the link."""

    low: str  # one end, as a link writes it
    high: str
    says_low: str  # what the page says there, somewhere: in a read-out, a title or a text alternative
    says_high: str
    beside: dict[str, str] = field(default_factory=dict)  # what else the link must say for the control to be there
    negative: bool = False  # whether a number below 0 makes sense there


@dataclass(frozen=True)
class Preset:
    """A button that brings a state whose number has been published."""

    readout: str  # the name of the read-out that shows it
    published: float
    decimals: int = 4  # to which it has been published
    information: bool = True  # whether the number is an amount of information, in bits, and so depends on the unit


@dataclass(frozen=True)
class Facts:
    """One page."""

    presets: dict[str, Preset] = field(default_factory=dict)
    controls: dict[str, Control] = field(default_factory=dict)
    total: str | None = None  # the read-out that the formula with numbers, the table and the snippet must arrive at
    contributions: str | None = None  # the column of the table whose sum that is


FRAME = {
    "unit": Control("bits", "bans", "", ""),
    "lecture": Control("false", "true", "", ""),
}

FACTS = {
    "home.py": Facts(),
    "entropy.py": Facts(
        presets={
            "Fair coin": Preset("Entropy H", 1.0),
            "0.9 coin": Preset("Entropy H", 0.4690),
            "0.99 coin": Preset("Entropy H", 0.0808),
            "Certain": Preset("Entropy H", 0.0),
            "Fair die": Preset("Entropy H", 2.5850),
            "Loaded die": Preset("Entropy H", 2.1610),
            "Uniform on 4": Preset("Entropy H", 2.0),
            "Uniform on 8": Preset("Entropy H", 3.0),
        },
        controls={
            "entropy_p": Control(
                "1,0", ",".join(["1/8"] * 8), "The areas cover H = 0 bits", "The areas cover H = 3 bits"
            ),
            "entropy_coin": Control("0", "1", "A coin with p = 0 carries 0 bits", "A coin with p = 1 carries 0 bits"),
            "entropy_a": Control("0.0001", "1", "13.29 + 3.32 = 16.61 bits", "3.322 bits"),
            "entropy_b": Control("0.0001", "1", "13.29 = 14.29 bits", "= 1 bit"),
            "entropy_draws": Control("10", "10000", "After 10 draws", "After 10000 draws"),
            "entropy_seed": Control("0", "999", "After 1000 draws", "After 1000 draws"),
            "entropy_sigma": Control("0.05", "2", "Gaussian −2.275 bits", "Gaussian 3.047 bits"),
            "entropy_first": Control("A", "D", "Merging A or B", "Merging D or B"),
            "entropy_second": Control("A", "D", "cannot be merged with itself", "Merging A or D"),
            "entropy_guess_first": Control("false", "true", "The areas cover H", "How large is the whole area?"),
            "entropy_guess": Control(
                "0",
                "2.07944154168",
                "the estimate is 0 bits",
                "the estimate is 3 bits",
                {"entropy_guess_first": "true"},
            ),
        },
        total="Entropy H",
        contributions="contribution",
    ),
    "kl_gaussians.py": Facts(
        presets={  # published in nats: 0.9175 and 6.1137, 0.0253; a shift of d widths costs d^2/2
            "Narrow and wide": Preset("KL(P‖Q)", 0.9175 / math.log(2)),
            "Swap P and Q": Preset("KL(P‖Q)", 6.1137 / math.log(2)),
            "Shifted": Preset("KL(Q‖P)", 2.0 / math.log(2)),
            "Equal": Preset("KL(P‖Q)", 0.0),
            "Almost disjoint": Preset("KL(P‖Q)", 50.0 / math.log(2)),
            ".5 .3 .2 and .4 .4 .2": Preset("Σ p log p/q", 0.0253 / math.log(2)),
        },
        controls={
            "kl_mu_p": Control("-4", "4", "P has mean −4 and", "P has mean 4 and"),
            "kl_sigma_p": Control("0.4", "3", "standard deviation 0.4, Q 0 and 2", "standard deviation 3, Q 0 and 2"),
            "kl_mu_q": Control("-4", "4", "Q −4 and 2", "Q 4 and 2"),
            "kl_sigma_q": Control("0.4", "3", "Q 0 and 0.4", "Q 0 and 3"),
            "kl_guess_first": Control("false", "true", "P in Q’s 8.820 bits", "And P in Q’s?"),
            "kl_guess": Control(
                "0", "12", "the estimate is 0 bits", "the estimate is 17.31 bits", {"kl_guess_first": "true"}
            ),
            "kl_m1": Control("-4", "4", "modes at −4 (", "modes at 4 ("),
            "kl_s1": Control("0.4", "2", "−2 (σ = 0.4, weight 0.6)", "−2 (σ = 2, weight 0.6)"),
            "kl_m2": Control("-4", "4", "and −4 (σ", "and 4 (σ"),
            "kl_s2": Control("0.4", "2", "2 (σ = 0.4, weight 0.4)", "2 (σ = 2, weight 0.4)"),
            "kl_weight": Control("0.02", "0.98", "weight 0.02)", "weight 0.98)"),
            "kl_start_mu": Control("-6", "6", "From mean −6 and width 0.5", "From mean 6 and width 0.5"),
            "kl_start_sigma": Control("0.2", "6", "From mean 1.2 and width 0.2", "From mean 1.2 and width 6"),
            "kl_rho": Control("-0.98", "0.98", "correlation −0.98", "correlation 0.98"),
            "kl_p": Control(
                "1,0", ",".join(["1/8"] * 8), "KL(P‖Q) = 1.737 bits, KL(Q‖P) is infinite", "KL(P‖Q) is infinite"
            ),
            "kl_q": Control(
                "1,0", ",".join(["1/8"] * 8), "KL(P‖Q) is infinite", "KL(P‖Q) = 1.843 bits, KL(Q‖P) is infinite"
            ),
        },
    ),
    "cross_entropy.py": Facts(
        presets={
            "Wrong way round": Preset("Cross-entropy H(p, q)", 2.625),
            "Even code": Preset("Cross-entropy H(p, q)", 2.0),
            "The right code": Preset("Cross-entropy H(p, q)", 1.75),
            "Label, q = 0.9": Preset("Cross-entropy H(p, q)", 0.1520),
            "Label, q = 0.1": Preset("Cross-entropy H(p, q)", 3.3219),
            "Label, q = 0.01": Preset("Cross-entropy H(p, q)", 6.6439),
            # published in nats
            "q = 1": Preset("Log loss −log q", 0.0),
            "q = 0.8": Preset("Log loss −log q", 0.2231 / math.log(2)),
            "q = 0.4": Preset("Log loss −log q", 0.9163 / math.log(2)),
            "q = 0.1": Preset("Log loss −log q", 2.3026 / math.log(2)),
            "q = 0.01": Preset("Log loss −log q", 4.6052 / math.log(2)),
        },
        controls={
            "cross_p": Control(
                "1,0", ",".join(["1/8"] * 8), "0.000 + 3.000 = 3 bits", "Infinite: p expects E at 0.125"
            ),
            "cross_q": Control("1,0", ",".join(["1/8"] * 8), "Infinite: p expects B at 0.25", "1.750 + 1.250 = 3 bits"),
            "cross_right": Control(
                "0", "1", "0 for the right answer costs infinity", "1 for the right answer costs 0 bits"
            ),
            "cross_heads": Control("0", "1", "At p = 0: 0.0000 + 0.3219", "At p = 1: 0.000 + 2.322"),
            "cross_belief": Control("0", "1", "At p = 0.5: 1 + infinity", "At p = 0.5: 1 + infinity"),
            "cross_guess_first": Control("false", "true", "1.750 + 0.875", "What does the code for q cost?"),
            "cross_guess": Control(
                "0", "4.2", "the estimate is 0 bits", "the estimate is 6.059 bits", {"cross_guess_first": "true"}
            ),
        },
        total="Cross-entropy H(p, q)",
        contributions="contribution",
    ),
    "divergences.py": Facts(
        presets={  # by hand: .5 log2 2.5 + .3 log2 .75 + .2 log2 .5; the others by their ceilings
            "Published": Preset("KL(P‖Q)", 0.3365),
            "Swap P and Q": Preset("KL(P‖Q)", 0.3016),
            "Equal": Preset("Jensen–Shannon JS", 0.0),
            "A rare outcome": Preset("Chi-squared χ²", 9.8108, information=False),  # .099²/.999 + .099²/.001
            "Impossible for Q": Preset("Total variation TV", 0.2, information=False),
            "Disjoint": Preset("Jensen–Shannon JS", 1.0),
        },
        controls={
            "divergences_f": Control("KL", "H²", "KL(P‖Q) is 0.3365 bits", "H² is 0.05452: the"),
            "divergences_p": Control("1,0", ",".join(["1/8"] * 8), "A has p/q 5 with", "H has p/q infinity with"),
            "divergences_q": Control(
                "1,0", ",".join(["1/8"] * 8), "C has p/q infinity with weight 0.2", "H has p/q 0 with weight 0.125"
            ),
            "divergences_guess_first": Control("false", "true", "JS is 0.07759 bits", "How far apart are P"),
            "divergences_guess": Control(
                "0", "0.69314718056", "the estimate is 0 bits", "the estimate is 1 bit",
                {"divergences_guess_first": "true"},
            ),
            "divergences_alpha": Control(
                "0", "inf", "α = 0: 0 bits, −log of", "α = infinity: 1.322 bits, log of"
            ),
            "divergences_toward": Control("0", "1", "KL 0 bits caps TV", "KL 0.3365 bits caps TV"),
            "divergences_pairs": Control("10", "1000", "10 random pairs lie", "1000 random pairs lie"),
            "divergences_seed": Control("0", "999", "300 random pairs lie", "300 random pairs lie"),
            "divergences_shift": Control("0", "6", "0 widths apart: KL 0 bits", "6 widths apart: KL 25.97 bits"),
            "divergences_coin": Control("0", "1", "By way of 0 KL keeps", "By way of 1 KL keeps"),
        },
        total="Jensen–Shannon JS",
        contributions="contribution",
    ),
    "mutual_information.py": Facts(
        presets={
            "Weather and umbrella": Preset("Mutual information I", 0.3973),
            "Independent": Preset("Mutual information I", 0.0),
            "Copy": Preset("Mutual information I", 1.0),
            "Outlook and play": Preset("Mutual information I", 0.2467),
            "Die and parity": Preset("Mutual information I", 1.0),
            "Noisy typewriter": Preset("Mutual information I", 1.0),
        },
        controls={
            "mutual_p": Control("1,0;0,0", ";".join([",".join("1" * 6)] * 6), "X", "Y"),
            "mutual_guess_first": Control("false", "true", "Umbrella tells", "How much do Weather and Umbrella share?"),
            "mutual_guess": Control(
                "0", "1.8", "the estimate is 0 bits", "the estimate is 2.597 bits", {"mutual_guess_first": "true"}
            ),
            "mutual_rule": Control("XOR", "Copy", "XOR: the center is −1 bit", "Copy: all three share 1 bit"),
            "mutual_noise": Control("0", "0.5", "with noise 0,", "with noise 0.5,"),
            "mutual_rho": Control("-0.99", "0.99", "ρ = −0.99: 500 points", "ρ = 0.99: 500 points"),
            "mutual_n": Control("50", "2000", "50 points say", "2000 points say"),
            "mutual_k": Control("1", "20", "from 1 neighbors", "from 20 neighbors"),
            "mutual_seed": Control("0", "999", "500 points say", "500 points say"),
            "mutual_shape": Control("Circle", "Parabola", "Circle: correlation", "Parabola: correlation"),
            "mutual_stray": Control("0.01", "0.5", "with noise 0.01", "with noise 0.5"),
            "mutual_pair": Control("0", "0.999", "bits of 0 bits", "of 4.483 bits"),
            "mutual_data": Control("Iris", "Own data", "in 150 rows", "The data stay in this session"),
            "mutual_first": Control("sepal length", "species", "sepal length and species share", "about itself"),
            "mutual_second": Control("sepal length", "species", "about itself", "sepal length and species share"),
            "mutual_draw": Control("0", "999", "16 candidates: InfoNCE says", "16 candidates: InfoNCE says"),
            "mutual_size": Control("2", "256", "2 candidates: InfoNCE says", "256 candidates: InfoNCE says"),
        },
        total="Mutual information I",
        contributions="contribution",
    ),
    "perplexity.py": Facts(
        presets={  # Jurafsky & Martin (2023), section 3.3: ten equal digits; 91 zeros, then (0.91^9 0.01)^(-1/10)
            "Ten equal digits": Preset("Perplexity", 10.0, information=False),
            "Mostly zeros": Preset("Perplexity", 1.725, 3, information=False),
        },
        controls={
            "perplexity_k": Control("0", "6", "order 0 chooses among 18.56", "order 6 chooses among 37.03"),
            "perplexity_smoothing": Control("0", "10", "“u” after “Fo” was never seen", "order 2 chooses among 33.13"),
            "perplexity_kind": Control("characters", "words", "given 2 before it", "What each of the words costs"),
            "perplexity_train": Control(
                "Second Inaugural", "Mostly 0", "among 11.16 equal ones", "among 45 equal ones"
            ),
            "perplexity_test": Control(
                "Second Inaugural", "Own text", "On what it counted", "surprisal of 68 characters"
            ),
            "perplexity_own": Control(
                "a",
                "x" * 200 + "y" * 200,
                "order 0 chooses among",
                "surprisal of 398 characters",
                {"perplexity_test": "Own text"},
            ),
            "perplexity_guess_first": Control("false", "true", "among 11.16 equal ones", "Among how many does a model"),
            "perplexity_guess": Control(
                "0", "5", "drawn as a single branch", "drawn as 148.4 branches", {"perplexity_guess_first": "true"}
            ),
        },
        total="Mean surprisal H",
        contributions="contribution",
    ),
    "practice.py": Facts(
        controls={
            "practice_kind": Control("entropy", "concepts", "the entropy of P in bits", "One of them is right"),
            "practice_seed": Control("0", "999", "What is the entropy", "What is the entropy"),
            "practice_answer": Control("-1000", "1000", "is far too low", "is far too high", negative=True),
            "practice_solved": Control("false", "true", "Three digits are enough", "H(P) is "),
            "practice_pick": Control("A", "D", "", "", {"practice_kind": "concepts"}),
        },
    ),
    "softmax_temperature.py": Facts(
        presets={
            "T = 0.5": Preset("Largest probability", 0.8236, information=False),
            "T = 1": Preset("Largest probability", 0.5486, information=False),
            "T = 2": Preset("Largest probability", 0.3634, information=False),
            "T = 5": Preset("Largest probability", 0.2597, information=False),
            "T = 10": Preset("Largest probability", 0.2288, information=False),
            "Greedy": Preset("Entropy H", 0.0),
            "Uniform": Preset("Entropy H", 2.3219),
            "Two tied": Preset("Entropy H", 1.0),
            "Add 3": Preset("Largest probability", 0.5486, information=False),
        },
        controls={
            "softmax_T": Control("0", "inf", "At T = 0 A takes everything", "At T = infinity all 5 are equally likely"),
            "softmax_add": Control("-3", "3", "Logits A −1, B −2, C −2.5", "Logits A 5, B 4, C 3.5"),
            "softmax_z": Control(
                "0,0",
                "100,-100,-100,-100,-100,-100,-100,-100",
                "all 2 are equally likely",
                "A gets 1: as open as a single",
            ),
            "softmax_guess_first": Control("false", "true", "A gets 0.5486", "How much entropy is left at T = 1?"),
            "softmax_guess": Control(
                "0",
                "2.07944154168",
                "the estimate of the entropy is 0 bits",
                "the estimate of the entropy is 3 bits",
                {"softmax_guess_first": "true"},
            ),
            "softmax_after": Control("we", "any word", "After “we”: 4 of 7 words", "Any next word: 4 of 12 words"),
            "softmax_wordT": Control("0", "inf", "1 of 7 words stay, with 1 of", "4 of 7 words stay, with 0.5714 of"),
            "softmax_k": Control("1", "12", "1 of 7 words stay, with 0.3 of", "7 of 7 words stay, with 1 of"),
            "softmax_mass": Control("0.05", "1", "1 of 7 words stay", "4 of 7 words stay, with 0.7 of"),
            "softmax_draws": Control("10", "10000", "Of 10 draws", "Of 10000 draws"),
            "softmax_seed": Control("0", "999", "Of 100 draws", "Of 100 draws"),
            "softmax_soft": Control("0.5", "100", "about 1/T² = 4 beside", "about 1/T² = 0.0001 beside"),
            "softmax_student": Control(
                "0,0",
                "100,-100,-100,-100,-100,-100,-100,-100",
                "The student’s 2 logits were filled up with 0 to 5",
                "The student’s 8 logits were cut to 5",
            ),
            "softmax_stretch": Control("0.25", "4", "were multiplied by 0.25", "were multiplied by 4"),
            "softmax_n": Control("50", "2000", "judged on 50 others", "judged on 2000 others"),
            "softmax_rows": Control("0", "999", "judged on 500 others", "judged on 500 others"),
        },
        total="Entropy H",
        contributions="contribution",
    ),
    "compression.py": Facts(
        presets={  # MISSISSIPPI: H by hand, L = 21/11; five outcomes: Cover & Thomas, example 5.6.1
            "Powers of ½": Preset("Mean length L", 1.75),
            "Five outcomes": Preset("Mean length L", 2.3),
            "MISSISSIPPI": Preset("Entropy H", 1.8231),
            "0.9 coin": Preset("Mean length L", 1.0),
        },
        controls={
            "compression_k": Control("0", "8", "of order 0 4.197 bits", "Order-8 entropy"),
            "compression_share": Control("0.1", "0.9", "Counted on 148 characters", "Counted on 1,328 characters"),
            "compression_smoothing": Control("0", "10", "costs infinitely much", "on the rest order 0 is best"),
            "compression_text": Control(
                "Gettysburg", "Own text", "Bars for 1,476 characters", "Bars for 40 characters"
            ),
            "compression_own": Control(
                "ab",
                "x" * 200 + "y" * 200,
                "Bars for 2 characters",
                "Bars for 400 characters",
                {"compression_text": "Own text"},
            ),
            "compression_shuffled": Control("false", "true", "zlib 3.892 bits", "Shuffled: zlib goes from 3.892 to"),
            "compression_seed": Control(
                "0", "999", "Shuffled: zlib", "Shuffled: zlib", {"compression_shuffled": "true"}
            ),
            "compression_guess_first": Control("false", "true", "zlib 3.892 bits", "How many bits a character does"),
            "compression_guess": Control(
                "0",
                "5.54517744448",
                "the estimate is 0 bits",
                "the estimate is 8 bits",
                {"compression_guess_first": "true"},
            ),
            "compression_p": Control("1,0", ",".join(["1/8"] * 8), "H = 0 ≤ L = 0", "H = 3 ≤ L = 3"),
        },
        total="Order-0 entropy",
        contributions="contribution",
    ),
    "losses.py": Facts(
        presets={  # published in nats: 4.605 and 0.916; an even chance costs one bit, 0.9 of it 0.1520
            "0.99 on the wrong class": Preset("Cross-entropy", 4.6052 / math.log(2)),
            "0.6 on the wrong class": Preset("Cross-entropy", 0.9163 / math.log(2)),
            "Undecided": Preset("Cross-entropy", 1.0),
            "0.9 on the right class": Preset("Cross-entropy", 0.1520),
        },
        controls={
            "losses_p": Control("0", "1", "Label 1 at 0 costs without end", "Label 1 at 1 costs 0 bits"),
            "losses_y": Control("1", "0", "Label 1 at 0.05 costs", "Label 0 at 0.95 costs"),
            "losses_guess_first": Control("false", "true", "Label 1 at 0.05 costs 4.322", "what does that cost?"),
            "losses_guess": Control(
                "0", "7", "the estimate is 0 bits", "the estimate is 10.10 bits", {"losses_guess_first": "true"}
            ),
            "losses_step": Control("0", "200", "After 0 steps", "After 200 steps"),
            "losses_rate": Control("0.05", "20", "20 steps at rate 0.05", "20 steps at rate 20"),
            "losses_w": Control("-9", "9", "From weight −9 and", "From weight 9 and"),
            "losses_b": Control("-9", "9", "and bias −9,", "and bias 9,"),
            "losses_seed": Control("0", "999", "After 20 steps", "After 20 steps"),
            "losses_batch": Control("0,0,0,0,0", "1,1,1,1,1", "A predicts 0 for label 1", "B predicts 1 for label 0"),
            "losses_labels": Control(
                "0,0,0,0,0", "1,1,1,1,1", "A predicts 0.9 for label 0", "B predicts 0.3 for label 1"
            ),
            "losses_epsilon": Control("0", "1", "the loss falls for ever", "ε = 1: no loss below 3.322 bits"),
            "losses_classes": Control("2", "100", "no lead beyond 2.944", "no lead beyond 6.804"),
            "losses_n": Control("1", "100", "Of 7 successes 1 count", "common minimum 0.07"),
            "losses_s": Control("0", "100", "common minimum 0", "Of 100 successes 10 count"),
            "losses_theta": Control("0", "1", "θ = 0 makes what happened impossible", "θ = 1 makes what happened"),
            "losses_prior_a": Control("1", "100", "a Beta(1, 5) prior", "a Beta(100, 5) prior"),
            "losses_prior_b": Control("1", "100", "a Beta(5, 1) prior", "a Beta(5, 100) prior"),
            "losses_seen": Control("0", "9", "Predicting 5 for 0", "Predicting 5 for 9"),
            "losses_f": Control("0", "9", "Predicting 0 for 3", "Predicting 9 for 3"),
        },
        total="Mean loss",
        contributions="contribution",
    ),
    "vae_kl.py": Facts(
        presets={  # published in nats: 0, 0.5, 0.1534, 2.0966
            "The prior": Preset("Charged by the prior", 0.0),
            "Shifted by 1": Preset("Charged by the prior", 0.5 / math.log(2)),
            "σ² = 2": Preset("Charged by the prior", 0.1534 / math.log(2)),
            "μ = 2, σ² = ½": Preset("Charged by the prior", 2.0966 / math.log(2)),
        },
        controls={
            "vae_mu": Control("-3", "3", "N(−3, 0.5²) costs", "N(3, 0.5²) costs"),
            "vae_sigma": Control("0.05", "3", "N(1, 0.05²) costs", "N(1, 3²) costs"),
            "vae_axis": Control("σ", "log σ²", "Gradient by μ, by σ", "Gradient by μ, by log σ²"),
            "vae_turn": Control("-180", "180", "above the prior", "above the prior"),
            "vae_draws": Control("5", "2000", "5 draws say", "2000 draws say"),
            "vae_seed": Control("0", "999", "30 draws say", "30 draws say"),
            "vae_means": Control(
                "-10 -10", " ".join(["10"] * 12), "2 means and 3 log-variances", "12 means and 3 log-variances"
            ),
            "vae_logvars": Control(
                "-15 -15", " ".join(["5"] * 12), "3 means and 2 log-variances", "3 means and 12 log-variances"
            ),
            "vae_beta": Control("0.05", "50", "leaves 4 of 4 dimensions in use", "leaves 0 of 4 dimensions in use"),
            "vae_noise": Control("0.1", "2", "leaves 4 of 4 dimensions in use", "leaves 1 of 4 dimensions in use"),
            "vae_spectrum": Control("0", " ".join(["5"] * 8), "leaves 0 of 1 dimension", "leaves 8 of 8 dimensions"),
            "vae_dimension": Control("1", "4", "λ = 4: the best encoder has", "λ = 0.3: the best encoder is the prior"),
            "vae_guess_first": Control("false", "true", "N(1, 0.5²) costs", "What is this posterior charged?"),
            "vae_guess": Control(
                "0", "8", "the estimate is 0 bits", "the estimate is 11.54 bits", {"vae_guess_first": "true"}
            ),
        },
        total="Charged by the prior",
        contributions="contribution",
    ),
    "tree_splits.py": Facts(
        presets={
            "Outlook": Preset("Information gain", 0.2467),
            "Humidity": Preset("Information gain", 0.1518),
            "Wind": Preset("Information gain", 0.0481),
            "Temperature": Preset("Information gain", 0.0292),
            "The day wins": Preset("Entropy of Play", 0.9403),
            "The flower’s number loses": Preset("Gain ratio", 0.2193, information=False),  # log 3 / log 150
            "Iris": Preset("Information gain", 0.9183),  # log 3 - 2/3 log 2
        },
        controls={
            "tree_ask": Control("Temperature", "Outlook", "Temperature tells 0.02922", "Outlook tells 0.2467"),
            "tree_cut": Control(
                "sepal width<=2",
                "petal length<=6.7",
                "sepal width ≤ 2 tells",
                "petal length ≤ 6.7 tells",
            ),
            "tree_path": Control(
                "Temperature;Outlook;Outlook;Outlook",
                "Outlook;Humidity;Wind",
                "4 questions tell",
                "3 questions tell 0.9403 of 0.9403 bits",
            ),
            "tree_data": Control("play tennis", "moons", "Outlook tells", "rows by x and y: upper moon"),
            "tree_by": Control("gain", "misclassification", "Outlook tells", "Outlook has 0.07143 by miscl"),
            "tree_id": Control("false", "true", "Outlook tells", "Day tells 0.9403"),
            "tree_guess_first": Control("false", "true", "Outlook tells", "Which question tells most about Play?"),
            "tree_seed": Control("0", "999", "by x and y", "by x and y", {"tree_data": "XOR"}),
        },
        total="Information gain",
        contributions="contribution",
    ),
    "feature_selection.py": Facts(
        presets={
            # 50 flowers of each of three species; 9 of 14 days; four, two and two equally frequent classes.
            "Iris": Preset("All there is to know, H", 1.5850),
            "Play tennis": Preset("Most from one column", 0.2467),
            "A copy": Preset("All there is to know, H", 2.0),
            "XOR pair": Preset("All there is to know, H", 1.0),
            "Ring": Preset("All there is to know, H", 1.0),
        },
        controls={
            "feature_data": Control("Iris", "Ring", "bits in species", "of the 1 bit in place"),
            "feature_keep": Control("1", "4", "The first 1 of 4 are kept", "The first 4 of 4 are kept"),
            "feature_shuffles": Control("20", "400", "Of 20 shuffles", "Of 400 shuffles"),
            "feature_seed": Control("0", "999", "Of 100 shuffles", "Of 100 shuffles"),
            "feature_method": Control("single", "JMI", "Ranking one at a time keeps", "JMI keeps"),
            "feature_bins": Control("2", "10", "cut into 2 equally full bins", "cut into 10 equally full bins"),
            "feature_guess_first": Control("false", "true", "petal length knows", "How much does the best column know"),
            "feature_guess": Control(
                "0",
                "1.38629436112",
                "the estimate is 0 bits",
                "the estimate is 2 bits",
                {"feature_guess_first": "true"},
            ),
        },
        total="Most from one column",
        contributions="contribution",
    ),
}
