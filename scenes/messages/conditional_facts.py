"""The numbers of the film `conditional`: letter pairs of the novel, one row of them, and what a letter before tells."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from infotheory import (
    conditional_entropy,
    conditional_pmf,
    entropy,
    marginal,
    ngram_counts,
    ngram_pmf,
    running_average,
    surprise,
)
from narration.fact import Fact, Facts
from scenes.messages.deck import COLOUR, NUMBER, chosen_deck_facts, deck_joint, draw_cards
from scenes.novel import ALPHABET, SPACE, novel_letters

ARRIVED, FOLLOWS = "q", "u"
UNSURE = "d"  # what is known before the answer that leaves one less sure
LAST, NEXT = 0, 1  # axes of the table of pairs
DEALT = 3000  # cards

FloatArray = NDArray[np.float64]


def place(letter: str) -> int:
    """The number of a letter's row and column."""
    return ALPHABET.index(letter)


@cache
def pair_table() -> FloatArray:
    """The share of each pair of neighbours in the novel, shape (27, 27): the letter that came, the one that follows."""
    return ngram_pmf(novel_letters(), 2, ALPHABET)


@cache
def rows() -> FloatArray:
    """What follows each letter: the table's rows, each of sum 1."""
    return conditional_pmf(pair_table(), given=LAST)


@cache
def row_entropies() -> FloatArray:
    """H(Y | X = x) for each letter x, in bits."""
    return entropy(rows(), axis=NEXT)


@cache
def letter_shares() -> FloatArray:
    """How often each letter comes."""
    return marginal(pair_table(), LAST)


@cache
def split_row() -> tuple[FloatArray, FloatArray]:
    """The shares of what follows the unsure letter where it begins a word, and elsewhere; their sum is its own row."""
    triples = ngram_pmf(novel_letters(), 3, ALPHABET)[:, place(UNSURE)]
    first = triples[place(SPACE)]
    return first, triples.sum(axis=0) - first


def concordance(word: str, letter: str, width: int) -> tuple[str, str, str]:
    """The first place in the novel where *word* stands, cut at *letter*: what is before, the letter after, and what is
    after that, no more than *width* letters on either side and no broken words.

    Raises ``ValueError`` when the word is not there.
    """
    stream = novel_letters()
    found = stream.find(f"{SPACE}{word}{SPACE}")
    if found < 0:
        raise ValueError(f"the novel has no word {word!r}; choose another one")
    at = found + 1 + word.index(letter)
    before, after = stream[max(0, at - width) : at], stream[at + 2 : at + 2 + width]
    return before.partition(SPACE)[2] if at > width else before, stream[at + 1], after.rpartition(SPACE)[0]


def running_bill(random: np.random.Generator, cards: int) -> FloatArray:
    """What the numbers of dealt cards cost on average, in bits, their colours known: after 1, 2, 3, ... cards."""
    paid = surprise(conditional_pmf(deck_joint(), given=COLOUR))
    dealt = draw_cards(random, cards)
    return running_average(paid[dealt[:, COLOUR], dealt[:, NUMBER] - 1])


def _row_facts() -> dict[str, Fact]:
    """Row Q, and what U costs without it and with it."""
    counts = ngram_counts(novel_letters(), 2)
    share_u = float(rows()[place(ARRIVED), place(FOLLOWS)])
    return {
        "count_q": Fact(sum(count for pair, count in counts.items() if pair[0] == ARRIVED)),
        "count_qu": Fact(counts[ARRIVED + FOLLOWS]),
        "share_u": Fact(share_u, formula="p(u | q)"),
        "share_space": Fact(1 - share_u),
        "h_q": Fact(row_entropies()[place(ARRIVED)], "bits", "H(Y | X = q)"),
        "s_u": Fact(surprise(letter_shares()[place(FOLLOWS)]), "bits", "log_2 (1 / p(u))"),
        "s_u_given_q": Fact(surprise(share_u), "bits", "log_2 (1 / p(u | q))"),
    }


def _split_facts() -> dict[str, Fact]:
    """Row D whole, and in two: where D begins a word, and elsewhere."""
    first, later = split_row()
    weights = np.array([first.sum(), later.sum()]) / (first.sum() + later.sum())
    parts = [entropy(first / first.sum()), entropy(later / later.sum())]
    return {
        "h_d": Fact(row_entropies()[place(UNSURE)], "bits", "H(Y | X = d)"),
        "h_d_first": Fact(parts[0], "bits"),
        "h_d_later": Fact(parts[1], "bits"),
        "share_first": Fact(weights[0]),
        "share_later": Fact(weights[1]),
        "h_d_split": Fact(float(weights @ parts), "bits"),
    }


def conditional_facts() -> Facts:
    """Every number of the film by name."""
    return Facts(
        pairs=Fact(len(novel_letters())),
        h_next=Fact(entropy(marginal(pair_table(), NEXT)), "bits", "H(Y)"),
        h_given=Fact(conditional_entropy(pair_table(), of=NEXT, given=LAST), "bits", "H(Y | X)"),
        h_space=Fact(row_entropies()[place(SPACE)], "bits", 'H(Y | X = "space")'),
        share_th=Fact(pair_table()[place("t"), place("h")]),
        share_e_space=Fact(pair_table()[place("e"), place(SPACE)]),
        **_row_facts(),
        **_split_facts(),
        **chosen_deck_facts(
            "h_colour", "h_number", "h_number_black", "h_number_red", "h_number_given_colour", "h_both"
        ),
        dealt=Fact(DEALT, given=True),
    )
