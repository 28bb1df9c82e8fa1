"""The deck of cards that the films of this part share: one joint distribution of colour and number.

A hundred cards, so that every share is a count: of each number from 1 to 5 there are 7 black cards and 1 red one, of
each number from 6 to 10 there are 3 black and 9 red. Rows of the joint are colours (``BLACK``, ``RED``), columns are
numbers from 1.
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from infotheory import (
    conditional_entropy,
    conditional_pmf,
    entropy,
    joint_entropy,
    marginal,
    mutual_information,
)
from narration.fact import Fact
from scenes.stage.playing_card import BLACK, RED

CARDS = 100
NUMBERS = 10
LOW = 5  # numbers up to here are low, the others high
COLOUR, NUMBER = 0, 1  # axes of the joint

# Cards of each low number, and of each high one.
BLACK_CARDS = (7, 3)
RED_CARDS = (1, 9)


def card_counts() -> NDArray[np.int64]:
    """How many cards of each kind there are, shape (2, 10); they sum to :data:`CARDS`."""
    return np.array([[low] * LOW + [high] * (NUMBERS - LOW) for low, high in (BLACK_CARDS, RED_CARDS)])


def exact_joint() -> tuple[tuple[Fraction, ...], ...]:
    """The chance of each card, ``[colour][number - 1]``, as exact fractions; they sum to 1."""
    return tuple(tuple(Fraction(count, CARDS) for count in row) for row in card_counts().tolist())


def deck_joint() -> NDArray[np.float64]:
    """The chance of each card as floats, shape (2, 10): colours by numbers from 1."""
    return np.array([[float(p) for p in row] for row in exact_joint()])


def independent_joint() -> NDArray[np.float64]:
    """The product of the deck's margins, shape (2, 10): as if colour and number knew nothing of each other."""
    joint = deck_joint()
    return np.outer(marginal(joint, COLOUR), marginal(joint, NUMBER))


def draw_cards(random: np.random.Generator, n: int) -> NDArray[np.int64]:
    """*n* cards drawn with replacement, shape (n, 2): colour, and number from 1."""
    kinds = random.choice(2 * NUMBERS, size=n, p=deck_joint().ravel())
    return np.stack([kinds // NUMBERS, kinds % NUMBERS + 1], axis=1)


def deck_facts() -> dict[str, Fact]:
    """The entropies that all films with the deck speak of, in bits, under the same names.

    ``h_colour`` H(C), ``h_number`` H(N), ``h_number_given_colour`` H(N|C), ``h_colour_given_number`` H(C|N),
    ``h_both`` H(C,N), ``shared`` I(C;N), ``h_number_black`` H(N|C=black), ``h_number_red`` H(N|C=red). A film takes
    the ones that it shows by :func:`chosen_deck_facts`.
    """
    joint = deck_joint()
    by_colour = conditional_pmf(joint, given=COLOUR)
    return {
        "h_colour": Fact(entropy(marginal(joint, COLOUR)), "bits", "H(C)"),
        "h_number": Fact(entropy(marginal(joint, NUMBER)), "bits", "H(N)"),
        "h_number_given_colour": Fact(conditional_entropy(joint, of=NUMBER, given=COLOUR), "bits", "H(N|C)"),
        "h_colour_given_number": Fact(conditional_entropy(joint, of=COLOUR, given=NUMBER), "bits", "H(C|N)"),
        "h_both": Fact(joint_entropy(joint), "bits", "H(C, N)"),
        "shared": Fact(mutual_information(joint, COLOUR, NUMBER), "bits", "I(C; N)"),
        "h_number_black": Fact(entropy(by_colour[BLACK]), "bits", 'H(N | C = "black")'),
        "h_number_red": Fact(entropy(by_colour[RED]), "bits", 'H(N | C = "red")'),
    }


def chosen_deck_facts(*names: str) -> dict[str, Fact]:
    """Some of :func:`deck_facts` by name. Raises KeyError for a name that it does not have."""
    facts = deck_facts()
    return {name: facts[name] for name in names}
