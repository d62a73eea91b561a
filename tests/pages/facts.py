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
}
