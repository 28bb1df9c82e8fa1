"""The numbers of the film `uncertainty`: its givens, what is computed from them, and the distributions it draws."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq

from infotheory import binary_entropy, entropy, huffman_lengths, surprise
from narration.fact import Fact, Facts

FACES, POCKETS, FAVOURITE = 6, 37, 15
P_SUN = 0.9999
P_FIRST, P_SECOND = 0.1, 0.7
TWO, THREE = (0.5, 0.5), (0.01, 0.01, 0.98)
BENT = 0.99  # the coin that the drag starts from, and ends at the other way round
FLIPS = 4000


def fair(n: int) -> NDArray[np.float64]:
    """Equal chances for *n* outcomes."""
    return np.full(n, 1 / n)


def rigged(chance: float) -> NDArray[np.float64]:
    """The wheel that shows the favourite with this chance; the other pockets share what is left evenly."""
    p = np.full(POCKETS, (1 - chance) / (POCKETS - 1))
    p[FAVOURITE] = chance
    return p


def neighbours(order: Sequence[int], count: int) -> NDArray[np.float64]:
    """Equal chances for *count* neighbouring pockets around the favourite, none for the others."""
    first = order.index(FAVOURITE) - count // 2 + 1
    p = np.zeros(len(order))
    p[[order[(first + i) % len(order)] for i in range(count)]] = 1 / count
    return p


def chance_with_entropy(bits: float) -> float:
    """How likely the favourite must be for the rigged wheel to have so many bits of entropy."""
    return float(brentq(lambda chance: entropy(rigged(chance)) - bits, 1 / POCKETS, 1 - 1e-9))


def halving_path(count: int, target: int) -> list[range]:
    """What is left after each yes-or-no question that halves *count* outcomes in a row, until *target* is known."""
    left, path = range(count), []
    while len(left) > 1:
        half = left.start + len(left) // 2
        left = range(left.start, half) if target < half else range(half, left.stop)
        path.append(left)
    return path


def _game_facts() -> dict[str, Fact]:
    """Die and wheel: the questions that the best strategy asks, and the entropies."""
    questions = {"die": huffman_lengths([1] * FACES), "wheel": huffman_lengths([1] * POCKETS)}
    return (
        {f"{name}_fewest": Fact(min(lengths)) for name, lengths in questions.items()}
        | {f"{name}_most": Fact(max(lengths)) for name, lengths in questions.items()}
        | {
            "h_die": Fact(entropy(fair(FACES)), "bits", "log_2 6"),
            "h_wheel": Fact(entropy(fair(POCKETS)), "bits", "log_2 37"),
            "h_certain": Fact(round(entropy(rigged(1.0))), "bits"),
            "pockets": Fact(POCKETS, given=True),
            "favourite": Fact(FAVOURITE, given=True),
            "p_level": Fact(chance_with_entropy(entropy(fair(FACES)))),
        }
    )


def _mixing_facts() -> dict[str, Fact]:
    """Two coins, the average of their entropies, and the entropy of a coin picked blindly."""
    mixed, average = (P_FIRST + P_SECOND) / 2, (binary_entropy(P_FIRST) + binary_entropy(P_SECOND)) / 2
    return {
        "p_first": Fact(P_FIRST, given=True),
        "p_second": Fact(P_SECOND, given=True),
        "p_mixed": Fact(mixed, formula="(p_1 + p_2) / 2"),
        "h_first": Fact(binary_entropy(P_FIRST), "bits", "H(p_1)"),
        "h_second": Fact(binary_entropy(P_SECOND), "bits", "H(p_2)"),
        "h_average": Fact(average, "bits", "(H(p_1) + H(p_2)) / 2"),
        "h_mixed": Fact(binary_entropy(mixed), "bits", "H((p_1 + p_2) / 2)"),
        "gap": Fact(binary_entropy(mixed) - average, "bits"),
    }


def all_facts() -> Facts:
    """Every number of the film by name."""
    terms = {"sun": P_SUN, "none": 1 - P_SUN}
    return Facts(
        **_game_facts(),
        p_sun=Fact(P_SUN, given=True),
        **{f"s_{name}": Fact(surprise(p), "bits", "log_2 (1 / p)") for name, p in terms.items()},
        **{f"term_{name}": Fact(p * surprise(p), "bits", "p log_2 (1 / p)") for name, p in terms.items()},
        h_sunrise=Fact(entropy(list(terms.values())), "bits", "sum p log_2 (1 / p)"),
        **_mixing_facts(),
        p_most=Fact(max(THREE), given=True),
        p_least=Fact(min(THREE), given=True),
        p_even=Fact(max(TWO), given=True),
        h_three=Fact(entropy(THREE), "bits"),
        room_two=Fact(entropy(fair(len(TWO))), "bits", "log_2 2"),
        room_three=Fact(entropy(fair(len(THREE))), "bits", "log_2 3"),
        zero=Fact(0, given=True),
        half=Fact(Fraction(1, 2), given=True),
        bit=Fact(1, "bit", given=True),
        nats_per_bit=Fact(entropy(TWO, math.e), "nats", "ln 2"),
        hartleys_per_bit=Fact(entropy(TWO, 10), "hartleys", "log_10 2"),
    )
