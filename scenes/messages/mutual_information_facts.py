"""The numbers of the film `mutual_information`: the deck, two roulette wheels, one wheel's colours, and two coins."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from infotheory import (
    co_information,
    conditional_entropy,
    conditional_mutual_information,
    entropy,
    joint_entropy,
    marginal,
    mutual_information,
)
from narration.fact import Fact, Facts
from scenes.messages.deck import NUMBERS, chosen_deck_facts, draw_cards
from scenes.stage.playing_card import BLACK, RED

DRAWN = 3  # the number of the card that is taken, a black one
POCKETS = 37
RED_POCKETS = frozenset((1, 3, 5, 7, 9, 12, 14, 16, 18, 19, 21, 23, 25, 27, 30, 32, 34, 36))
NO_COLOUR = 2  # the pocket zero is neither black nor red
DEALT = 100_000
FEWEST, MOMENTS = 10, 240  # cards of the first estimate, and how many estimates there are


def pocket_colour(number: int) -> int:
    """``BLACK``, ``RED``, or, for zero, ``NO_COLOUR``."""
    return NO_COLOUR if number == 0 else RED if number in RED_POCKETS else BLACK


def two_wheels() -> NDArray[np.float64]:
    """Two fair roulette wheels, shape (37, 37)."""
    return np.full((POCKETS, POCKETS), 1 / POCKETS**2)


def one_wheel() -> NDArray[np.float64]:
    """The colour and the number of one fair wheel's pocket, shape (3, 37)."""
    joint = np.zeros((3, POCKETS))
    for number in range(POCKETS):
        joint[pocket_colour(number), number] = 1 / POCKETS
    return joint


def coins_and_match() -> NDArray[np.float64]:
    """Two fair coins and whether they match, shape (2, 2, 2)."""
    joint = np.zeros((2, 2, 2))
    for first in (0, 1):
        for second in (0, 1):
            joint[first, second, int(first == second)] = 1 / 4
    return joint


class Dealt:
    """Cards dealt one after the other, and the entropies that their counts suggest after 10, 11, ..., all cards.

    ``counts`` are evenly spaced by ratio; ``colour``, ``number`` and ``shared`` are estimates in bits for each of them.
    """

    def __init__(self, random: np.random.Generator, dealt: int = DEALT) -> None:
        kinds = draw_cards(random, dealt) @ np.array([NUMBERS, 1]) - 1
        self.counts = np.unique(np.geomspace(FEWEST, dealt, MOMENTS).astype(int))
        tables = [np.bincount(kinds[:n], minlength=2 * NUMBERS).reshape(2, NUMBERS) / n for n in self.counts]
        self.colour = np.array([entropy(marginal(table, 0)) for table in tables])
        self.number = np.array([entropy(marginal(table, 1)) for table in tables])
        self.shared = np.array([mutual_information(table) for table in tables])


def all_facts() -> Facts:
    """Every number of the film by name."""
    cards = chosen_deck_facts(
        "h_colour", "h_number", "h_both", "shared", "h_number_given_colour", "h_colour_given_number"
    )
    wheel, coins = one_wheel(), coins_and_match()
    return Facts(
        drawn=Fact(DRAWN, given=True),
        **cards,
        h_sum=Fact(float(cards["h_colour"].value) + float(cards["h_number"].value), "bits", "H(C) + H(N)"),
        h_wheel=Fact(entropy(marginal(wheel, 1)), "bits", "log_2 37"),
        shared_wheels=Fact(mutual_information(two_wheels()), "bits", "I(X; Y)"),
        h_wheel_colour=Fact(mutual_information(wheel), "bits", "I(C; N) = H(C)"),
        h_wheel_given_colour=Fact(conditional_entropy(wheel, of=1, given=0), "bits", "H(N|C)"),
        coins_shown=Fact(3 * entropy(marginal(coins, 0)), "bits", "H(X) + H(Y) + H(Z)"),
        coins_true=Fact(joint_entropy(coins), "bits", "H(X, Y, Z)"),
        pair=Fact(mutual_information(coins, 0, 1), "bits", "I(X; Y)"),
        told=Fact(conditional_mutual_information(coins, 0, 1, given=2), "bits", "I(X; Y|Z)"),
        alone=Fact(conditional_entropy(coins, of=0, given=(1, 2)), "bits", "H(X|Y, Z)"),
        middle=Fact(co_information(coins), "bits", "I(X; Y) - I(X; Y|Z)"),
    )
