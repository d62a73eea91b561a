"""Numbers as pages print them, read back exactly: the reader's side of `style.number`, written independently of it."""

import re
from decimal import Decimal

SUPERSCRIPTS = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
NUMBER = re.compile(r"−?(?:infinity|\d+(?:\.\d+)?(?: × 10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)?)")


def value(text: str) -> Decimal:
    """The number that a printed text says, to its last digit.

    >>> value("−0.4690"), value("6.283 × 10⁻⁹")
    (Decimal('-0.4690'), Decimal('6.283E-9'))
    """
    if not NUMBER.fullmatch(text):
        raise ValueError(f"{text!r} is not printed as a number")
    text = text.replace("−", "-")
    mantissa, _, exponent = text.partition(" × 10")
    return Decimal(mantissa) * Decimal(10) ** int(exponent.translate(SUPERSCRIPTS) or 0)


def first(text: str) -> Decimal:
    """The first number in a sentence.

    >>> first("1.485 bits")
    Decimal('1.485')
    """
    found = NUMBER.search(text)
    if found is None:
        raise ValueError(f"{text!r} holds no number")
    return value(found[0])


def shows(text: str, number: float, significant: int = 4) -> bool:
    """Whether the printed text is this number rounded to so many digits: the nearest of them, either one at a tie.

    >>> shows("0.4690", 0.46899559), shows("0.469", 0.46899559), shows("0.4691", 0.46899559)
    (True, False, False)
    """
    printed, exact = value(text), Decimal(number)
    if not exact.is_finite():
        return printed == exact
    # The number itself has no trailing zeros; below the normal range a float has few digits, and they are all of it.
    if abs(printed - exact) <= abs(exact) * Decimal("1e-12") or float(printed) == number:
        return "." not in text or not text.partition(" ")[0].endswith("0")
    last = Decimal(10) ** max(exact.adjusted() - significant + 1, -400)
    places = Decimal(10) ** printed.as_tuple().exponent
    rounds_up = abs(printed).adjusted() > exact.adjusted()  # 0.99996 becomes 1.000
    return abs(printed - exact) <= last / 2 * (1 + Decimal("1e-9")) and places <= last * (10 if rounds_up else 1)
