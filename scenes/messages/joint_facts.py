"""The numbers of the film `joint`: the letters of DNA and their pairs, two wheels, two coins."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from infotheory import (
    entropy,
    huffman_code,
    independent_joint,
    joint_entropy,
    marginal,
    mixed_joint,
    partnered_joint,
)
from narration.fact import Fact, Facts

LETTERS = "ACGT"
# About as in human DNA, where the letters that pair are equally frequent.
P_LETTER = (0.3, 0.2, 0.2, 0.3)
PARTNER = tuple(LETTERS.index(letter) for letter in "TGCA")
STRAND, STRAYS = "ATGCATAGCT", "GATTCAATCG"  # a piece of one strand, and letters that know nothing of it
SENT = (LETTERS.index("A"), LETTERS.index("C"))  # the pair that is sent

YEARS = 10
ONE_IN = 10  # how many places there are for each stray letter
DARTS = 10_000
POCKETS = 37
COIN = (0.5, 0.5)
OTHER_SIDE = (1, 0)  # the side that lies below, by the side on top

STRANGERS = independent_joint(P_LETTER, P_LETTER)
PARTNERS = partnered_joint(P_LETTER, PARTNER)


def paired(share: float) -> NDArray[np.float64]:
    """The letters of two strands at a place, a *share* of whose places are paired. The margins are always the same."""
    return mixed_joint(STRANGERS, PARTNERS, share)


def copies() -> NDArray[np.float64]:
    """The joint distribution of strands with copying errors."""
    return paired(1 - 1 / ONE_IN)


def two_wheels() -> NDArray[np.float64]:
    """All pairs of pockets of two fair wheels."""
    fair = np.full(POCKETS, 1 / POCKETS)
    return independent_joint(fair, fair)


def codeword() -> str:
    """The codeword of the pair that is sent, in the best code for pairs of strangers."""
    return huffman_code(STRANGERS.ravel())[SENT[0] * len(LETTERS) + SENT[1]]


def all_facts() -> Facts:
    """Every number of the film by name."""
    return Facts(
        years=Fact(YEARS, given=True),
        one_in=Fact(ONE_IN, given=True),
        darts=Fact(DARTS, given=True),
        codeword=Fact(codeword()),
        p_sent=Fact(float(STRANGERS[SENT]), formula="p(x) p(y)"),
        p_first=Fact(P_LETTER[SENT[0]], given=True),
        p_second=Fact(P_LETTER[SENT[1]], given=True),
        pairs=Fact(STRANGERS.size),
        kinds=Fact(int(np.count_nonzero(PARTNERS))),
        h_x=Fact(entropy(marginal(STRANGERS, 0)), "bits", "H(X)"),
        h_y=Fact(entropy(marginal(STRANGERS, 1)), "bits", "H(Y)"),
        h_strangers=Fact(joint_entropy(STRANGERS), "bits", "H(X, Y)"),
        h_partners=Fact(joint_entropy(PARTNERS), "bits", "H(X, Y)"),
        h_errors=Fact(joint_entropy(copies()), "bits", "H(X, Y)"),
        pockets=Fact(POCKETS, given=True),
        wheel_pairs=Fact(two_wheels().size),
        h_wheel=Fact(joint_entropy(two_wheels(), 0), "bits", "log_2 37"),
        h_wheels=Fact(joint_entropy(two_wheels()), "bits", "log_2 37^2"),
        h_coin=Fact(round(entropy(COIN)), "bits"),
        h_coins=Fact(round(joint_entropy(independent_joint(COIN, COIN))), "bits"),
        h_sides=Fact(round(joint_entropy(partnered_joint(COIN, OTHER_SIDE))), "bits"),
    )
