"""The givens of the film `slepian_wolf`, and the numbers that follow from them."""

from __future__ import annotations

from functools import cache
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from infotheory import (
    RandomBins,
    RateRegion,
    as_bits,
    coset,
    decode_with_side,
    parity_check,
    slepian_wolf_region,
    syndrome,
)
from narration.fact import Fact, Facts
from scenes.messages.deck import card_counts, chosen_deck_facts, deck_joint, draw_cards

Bits = NDArray[np.uint8]

CHECKS = 3
LENGTH = 2**CHECKS - 1
FIRST = "1010011"  # what the first sensor reads
PLACE = 5  # where the second one differs
FIELD = 32  # pairs in a row of the field

BLOCK_SIZES = (1, 10, 40, 160)  # cards
ENOUGH, SHORT = 3.15, 2.85  # bits a number, above and below H(N|C)
BLOCKS = 600  # that are simulated at each size


def word(text: str) -> Bits:
    """A string of 0 and 1 as an array of bits."""
    return np.array([int(digit) for digit in text], dtype=np.uint8)


def text(bits: Bits) -> str:
    """An array of bits as a string."""
    return "".join(map(str, bits.tolist()))


def errors() -> Bits:
    """How two readings may differ: nowhere, or in one of the places; shape (LENGTH + 1, LENGTH)."""
    return np.concatenate([np.zeros((1, LENGTH), np.uint8), np.eye(LENGTH, dtype=np.uint8)])


def second_reading() -> Bits:
    """What the second sensor reads in the example."""
    return np.asarray(word(FIRST) ^ errors()[PLACE], dtype=np.uint8)


def all_pairs() -> tuple[Bits, Bits]:
    """Every pair of readings that can occur, as first and second ones, each of shape (pairs, LENGTH)."""
    first = np.repeat(as_bits(np.arange(2**LENGTH), LENGTH), LENGTH + 1, axis=0)
    return first, np.asarray(first ^ np.tile(errors(), (2**LENGTH, 1)), dtype=np.uint8)


def partners(reading: str) -> list[str]:
    """All readings that the second sensor may have when the first one has *reading*."""
    return [text(bits) for bits in word(reading) ^ errors()]


def decoded_pairs() -> NDArray[np.bool_]:
    """Whether each pair comes back: the second reading is sent as its syndrome and decoded with the first one."""
    first, second = all_pairs()
    return np.asarray((decode_with_side(first, syndrome(second)) == second).all(axis=1))


def sent_numbers() -> NDArray[np.int64]:
    """The syndromes that are sent for all pairs, as numbers from 0."""
    return np.asarray(syndrome(all_pairs()[1]).astype(np.int64) @ (1 << np.arange(CHECKS - 1, -1, -1)))


def drawer(number: int) -> Bits:
    """All readings of a drawer, shape (16, LENGTH)."""
    return coset(as_bits(number, CHECKS))


def region() -> RateRegion:
    """Rates for colour (x) and number (y) of the cards."""
    return slepian_wolf_region(deck_joint())


def misread_blocks(random: np.random.Generator, n: int, rate: float) -> NDArray[np.int64]:
    """Blocks of *n* cards, whose numbers lie in random drawers: 1 where one is misread, shape (BLOCKS,)."""
    cards = draw_cards(random, BLOCKS * n).reshape(BLOCKS, n, 2)
    chances = _bins(n, rate).misled(cards[..., 1] - 1, cards[..., 0])
    return np.asarray(random.random(BLOCKS) < chances, dtype=np.int64)


@cache
def exact_error(n: int, rate: float) -> float:
    """The share of blocks of *n* cards that random drawers misread in the long run."""
    return _bins(n, rate).error()


def _bins(n: int, rate: float) -> RandomBins:
    return RandomBins(deck_joint().T, n, rate)


def all_facts() -> Facts:
    """Readings and rates of the simulation are given; everything else follows."""
    first, second = word(FIRST), second_reading()
    sent, reader = syndrome(second), syndrome(first)
    closest = min(int((a ^ b).sum()) for a, b in combinations(drawer(0), 2))
    cards = region()
    return Facts(
        length=Fact(LENGTH, "bits", given=True),
        checks=Fact(CHECKS, "bits", "log_2 (n + 1)"),
        first=Fact(FIRST, given=True),
        second=Fact(text(second), given=True),
        sent=Fact(text(sent), "bits", "s(y)"),
        reader=Fact(text(reader), "bits", "s(x)"),
        place=Fact(int(np.flatnonzero(first ^ second)[0]) + 1, given=True),
        place_bits=Fact(text(sent ^ reader), "", "s(x) xor s(y)"),
        readings=Fact(2**LENGTH, formula="2^n"),
        answers=Fact(len(errors()), formula="n + 1"),
        pairs=Fact(len(all_pairs()[0]), formula="2^n (n + 1)"),
        decoded=Fact(int(decoded_pairs().sum())),
        both_bits=Fact(LENGTH + CHECKS, "bits"),
        drawers=Fact(2**CHECKS, formula="2^m"),
        in_drawer=Fact(len(drawer(0)), formula="2^(n - m)"),
        distance=Fact(closest),
        kinds=Fact(int(np.count_nonzero(card_counts()))),
        h_apart=Fact(sum(cards.apart), "bits", "H(C) + H(N)"),
        enough=Fact(ENOUGH, "bits", given=True),
        short=Fact(SHORT, "bits", given=True),
        blocks=Fact(BLOCKS, given=True),
        **chosen_deck_facts(
            "h_colour", "h_number", "h_number_given_colour", "h_colour_given_number", "h_both", "shared"
        ),
        **_block_facts(),
    )


def _block_facts() -> dict[str, Fact]:
    facts: dict[str, Fact] = {}
    for i, n in enumerate(BLOCK_SIZES):
        facts[f"size_{i}"] = Fact(n, "cards", given=True)
        for name, rate in (("enough", ENOUGH), ("short", SHORT)):
            facts[f"error_{name}_{i}"] = Fact(exact_error(n, rate), formula='P("misread")')
    return facts


def place_numbers() -> Bits:
    """The numbers of the places in binary, one column each, shape (CHECKS, LENGTH)."""
    return parity_check(CHECKS)
