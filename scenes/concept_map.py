"""How the concepts of the series lead to one another: what each film asks, what it builds on, and what is to come.

No film reads this module, so a line of it can change and nothing is rendered again.
"""

from __future__ import annotations

from dataclasses import dataclass

QUESTIONS: dict[str, str] = {
    "intuition": "How short can a message be made?",
    "kraft": "Which dictionaries can work at all?",
    "surprise": "How surprised should you be?",
    "code_length": "What does a whole message cost?",
    "uncertainty": "What makes entropy large, and what makes it small?",
    "binomial": "Can mere counting find the same formula?",
    "joint": "Do two symbols cost as much as one plus one?",
    "conditional": "Once Q has arrived, how much is U still worth?",
    "chain_rule": "What do you pay for both, and in which order?",
    "slepian_wolf": "What if two who know each half never speak?",
    "cross_entropy": "What does the wrong dictionary cost?",
    "kl_divergence": "How much of the bill is waste?",
    "mutual_information": "How much does one thing tell about another?",
    "mi_as_kl": "What is that the price of?",
    "aep": "Why do long messages all cost the same?",
    "source_coding": "What happens on either side of the entropy?",
    "mdl": "Which model makes the shortest message?",
    "cross_entropy_loss": "What does a classifier pay for a label?",
    "bottleneck": "What may be forgotten, if only the label matters?",
    "ica": "How do you hear two voices apart?",
    "vae": "What do a code and its correction cost?",
    "diffusion": "Where does the information go when a picture melts?",
    "convolution": "What may a layer forget?",
    "finale": "How short can a message be made, once more?",
}


@dataclass(frozen=True, slots=True)
class Lead:
    """The film *before* gives the film *after* something: *what*, as the end of "it builds on ...:"."""

    before: str
    after: str
    what: str


LEADS: tuple[Lead, ...] = (
    Lead("intuition", "kraft", "a dictionary that breaks"),
    Lead("kraft", "surprise", "a codeword owns a piece of the line"),
    Lead("intuition", "surprise", "the rare word tells you something"),
    Lead("surprise", "code_length", "the price of one symbol"),
    Lead("kraft", "code_length", "which lengths fit the budget"),
    Lead("code_length", "uncertainty", "entropy as an average price"),
    Lead("uncertainty", "binomial", "the curve of a coin's entropy"),
    Lead("surprise", "binomial", "the same formula, by another road"),
    Lead("code_length", "joint", "two symbols as one codeword"),
    Lead("uncertainty", "joint", "two roulette wheels"),
    Lead("joint", "conditional", "a table of pairs"),
    Lead("conditional", "chain_rule", "the average that is still to pay"),
    Lead("joint", "chain_rule", "the price of both"),
    Lead("chain_rule", "slepian_wolf", "one bar, cut two ways"),
    Lead("kraft", "cross_entropy", "codewords as areas"),
    Lead("code_length", "cross_entropy", "the fair price"),
    Lead("cross_entropy", "kl_divergence", "the bill of the wrong dictionary"),
    Lead("conditional", "mutual_information", "what one tells about the other"),
    Lead("chain_rule", "mutual_information", "two bars that overlap"),
    Lead("mutual_information", "mi_as_kl", "the overlap"),
    Lead("kl_divergence", "mi_as_kl", "waste as a price of belief"),
    Lead("binomial", "aep", "the mass crowds around its mean"),
    Lead("mi_as_kl", "aep", "long messages cost nearly the same"),
    Lead("aep", "source_coding", "the typical set"),
    Lead("code_length", "source_coding", "arithmetic coding"),
    Lead("source_coding", "mdl", "no code is shorter than the entropy"),
    Lead("cross_entropy", "cross_entropy_loss", "the bill, now of a classifier"),
    Lead("kl_divergence", "cross_entropy_loss", "what training can make smaller"),
    Lead("mdl", "cross_entropy_loss", "a model is judged by its message"),
    Lead("mutual_information", "bottleneck", "what a card's number tells of its colour"),
    Lead("mutual_information", "ica", "independence as nothing shared"),
    Lead("kl_divergence", "vae", "bits for the code"),
    Lead("cross_entropy_loss", "vae", "bits for the correction"),
    Lead("kl_divergence", "diffusion", "the price of each step back"),
    Lead("vae", "diffusion", "a bill of many small lines"),
    Lead("bottleneck", "convolution", "to forget what the label never needed"),
    Lead("cross_entropy_loss", "finale", "learning is compression"),
    Lead("intuition", "finale", "the coffee sentence"),
)


@dataclass(frozen=True, slots=True)
class ComingPart:
    """A part whose films are not made yet; *films* are names and titles. One that the programme has is left out."""

    number: int
    title: str
    subtitle: str
    films: tuple[tuple[str, str], ...]


COMING: tuple[ComingPart, ...] = (
    ComingPart(
        3,
        "Entropy as a limit",
        "Why long messages all cost the same, and what that allows",
        (("aep", "The asymptotic equipartition property"), ("source_coding", "Shannon’s source coding theorem")),
    ),
    ComingPart(
        4,
        "Entropy and learning",
        "Why the best model is the shortest message",
        (
            ("mdl", "Minimum description length"),
            ("cross_entropy_loss", "Cross-entropy as a loss"),
            ("bottleneck", "The information bottleneck"),
            ("ica", "Independent component analysis"),
            ("vae", "Variational autoencoders as compression"),
            ("diffusion", "Diffusion models and entropy"),
            ("convolution", "Convolution and downsampling as compression"),
            ("finale", "Learning is compression"),
        ),
    ),
)
