"""The table of contents: the only list of pages. A page is one entry here, one lesson file, one figures module."""

from typing import NamedTuple


class Page(NamedTuple):
    """One lesson. `question` is what it answers; `station` is where its idea sits in machine learning, if anywhere."""

    file: str
    title: str
    question: str
    section: str
    station: str
    link: dict[str, str] = {}  # the telling state that the map opens it in  # noqa: RUF012
    point: str = ""  # what that state shows, in a few words

    @property
    def path(self) -> str:
        """Its place in the address: the file's stem, with hyphens."""
        return self.file.removesuffix(".py").replace("_", "-")

    @property
    def on_map(self) -> str:
        """How the map names it: the title, and what its telling state shows."""
        return f"**{self.title}** {self.point}".strip()

    @property
    def prefix(self) -> str:
        """What the names of its values begin with, in session and link."""
        return self.file.removesuffix(".py").split("_")[0] + "_"


HOME = Page("home.py", "Home", "Where does each idea sit in machine learning?", "", "")
LESSONS = (
    Page(
        "entropy.py", "Entropy", "How surprised will you be, on average?", "Foundations", "Data",
        {"entropy_p": "0.9,0.1"},
        "a coin that hardly surprises",
    ),
    Page(
        "kl_gaussians.py", "KL asymmetry", "What does it cost to be wrong, and for whom?", "Divergence", "Model",
        {"kl_mu_q": "1.5", "kl_sigma_q": "1"},
        "a model beside the truth",
    ),
    Page(
        "vae_kl.py", "VAE KL surface", "What does the prior charge?", "Divergence", "Model",
        {"vae_mu": "2", "vae_sigma": "0.707106781187"},
        "far from the prior",
    ),
    Page(
        "cross_entropy.py", "Cross-entropy", "What is the price of the wrong code?", "Divergence", "Loss",
        {"cross_p": "1,0,0", "cross_q": "0.1,0.6,0.3"},
        "a wrong answer favored",
    ),
    Page(
        "divergences.py", "Divergences", "How else could one measure?", "Divergence", "Loss",
        {"divergences_p": "0.5,0.5,0,0", "divergences_q": "0,0,0.5,0.5"},
        "two that never meet",
    ),
    Page(
        "mutual_information.py", "Mutual information", "What does one tell about the other?", "Dependence", "Features",
        {"mutual_p": "Outlook/Play:No,Yes;Overcast:0,4;Rain:2,3;Sunny:3,2"},
        "the weather and a game of tennis",
    ),
    Page(
        "tree_splits.py", "Tree splits", "Which question is worth asking first?", "Dependence", "Features",
        {"tree_data": "iris", "tree_path": "petal length<=2.45;petal width<=1.75"},
        "two questions and the iris is named",
    ),
    Page(
        "feature_selection.py", "Feature selection", "Which column knows most about the answer?", "Dependence",
        "Features", {"feature_data": "XOR pair"},
        "two columns that tell only together",
    ),
    Page(
        "softmax_temperature.py", "Softmax temperature", "How sure should it sound?", "Prediction", "Predictions",
        {"softmax_T": "0.5"},
        "at half the temperature",
    ),
    Page(
        "losses.py", "Losses", "Why not squared error?", "Prediction", "Loss",
        {"losses_p": "0.01"},
        "all but sure, and wrong",
    ),
    Page(
        "compression.py", "Compression", "Entropy is the limit, so why does gzip beat it?", "Coding", "Data",
        {"compression_text": "Jack’s house"},
        "a rhyme that repeats itself",
    ),
    Page(
        "perplexity.py", "Perplexity", "Choosing among how many?", "Coding", "Predictions",
        {"perplexity_k": "4"},
        "a long memory, a new text",
    ),
    Page("practice.py", "Practice", "Can it be worked out by hand?", "Practice", ""),
)  # fmt: skip
PAGES = (HOME, *LESSONS)

# The way from data to loss, in order: the map on Home. Each names what information theory says there.
STATIONS = {
    "Data": "How much is there to know?",
    "Features": "What does one thing tell about another?",
    "Model": "What does it cost to believe something else?",
    "Predictions": "How sure should they be?",
    "Loss": "What should training pay for?",
}
