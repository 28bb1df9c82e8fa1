"""The numbers of the film `cross_entropy`: its givens, and what follows from them."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from infotheory import conditional_pmf, cross_entropy, encode_message, entropy, huffman_code
from narration.fact import Fact, Facts
from scenes.messages.deck import COLOUR, NUMBERS, chosen_deck_facts, deck_joint
from scenes.stage.playing_card import BLACK, RED

DRINKS = ("coffee", "tea", "milk", "juice")
P = (Fraction(1, 2), Fraction(1, 4), Fraction(1, 8), Fraction(1, 8))  # what the coffee shop sells
Q = P[::-1]  # what the juice bar sells
ORDERS = (0, 1, 0, 2, 0, 3, 1, 0)  # eight orders in the coffee shop's proportions
CUSTOMERS = 10_000  # of the long receipt

P_PMF, Q_PMF = (np.array([float(share) for share in pmf]) for pmf in (P, Q))
OWN, OTHER = huffman_code(P), huffman_code(Q)
DRAG_END = 0.85  # how much coffee q expects where the drag turns
BOWL = (0.01, 0.994)  # and where the drawn bowl is cut off


def believed(coffee: float) -> NDArray[np.float64]:
    """The q that expects so much coffee on a path through the simplex: from the juice bar's odds straight to p, and on.

    Below 1/2 it is the line through both; coffee is ruled out at 0. Above 1/2 the other drinks keep their proportions,
    and are ruled out at 1.
    """
    if coffee > P_PMF[0]:
        return np.array([coffee, *(P_PMF[1:] * (1 - coffee) / (1 - P_PMF[0]))])
    share = (coffee - Q_PMF[0]) / (P_PMF[0] - Q_PMF[0])
    return np.asarray((1 - share) * Q_PMF + share * P_PMF)


def bill(coffee: float) -> float:
    """What the coffee shop pays with the codewords of :func:`believed`, in bits an order."""
    return cross_entropy(P_PMF, believed(coffee))


def numbers_given(colour: int) -> NDArray[np.float64]:
    """The odds of the numbers from 1 among the cards of a colour."""
    return np.asarray(conditional_pmf(deck_joint(), given=COLOUR)[colour])


def all_facts() -> Facts:
    """The odds, the orders and the deck are given; everything else follows from them."""
    return Facts(**_odds(), **_codes(), **_bills(), **_cards())


def _odds() -> dict[str, Fact]:
    shares = {f"p_{drink}": Fact(share, given=True) for drink, share in zip(DRINKS, P, strict=True)}
    return shares | {"q_coffee": Fact(Q[0], given=True), "none": Fact(0, given=True), "all": Fact(1, given=True)}


def _codes() -> dict[str, Fact]:
    facts = {"orders": Fact(len(ORDERS), given=True), "customers": Fact(CUSTOMERS, given=True)}
    for name, code in (("own", OWN), ("other", OTHER)):
        facts |= {f"{name}_{drink}": Fact(word) for drink, word in zip(DRINKS, code, strict=True)}
        facts[f"{name}_bits"] = Fact(len(encode_message(ORDERS, dict(enumerate(code)))), "bits")
    return facts | {f"length_{drink}": Fact(len(word), "bits") for drink, word in zip(DRINKS, OTHER, strict=True)}


def _bills() -> dict[str, Fact]:
    return {
        "h_p": Fact(entropy(P_PMF), "bits/order", "H(p)"),
        "h_q": Fact(entropy(Q_PMF), "bits/order", "H(q)"),
        "cross": Fact(cross_entropy(P_PMF, Q_PMF), "bits/order", "H(p, q) = sum_x p(x) log_2 1 / q(x)"),
    }


def _cards() -> dict[str, Fact]:
    black, red = numbers_given(BLACK), numbers_given(RED)
    return chosen_deck_facts("h_number_red") | {
        "cross_cards": Fact(cross_entropy(black, red), "bits/card", "H(p, q)"),
        "h_plain": Fact(entropy(np.full(NUMBERS, 1 / NUMBERS)), "bits/card", "log_2 10"),
    }
