"""Hamming's code with side information: exhaustively, and against codewords and tables found another way."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import infotheory as it

# The generator of the (7, 4) code in its systematic textbook form: data at places 3, 5, 6 and 7, parities at 1, 2, 4.
DATA_PLACES = (3, 5, 6, 7)
PARITIES = {1: (3, 5, 7), 2: (3, 6, 7), 4: (5, 6, 7)}


def textbook_codeword(data: tuple[int, ...]) -> tuple[int, ...]:
    """A codeword of the (7, 4) code as it is written in textbooks, place by place."""
    at = dict(zip(DATA_PLACES, data, strict=True))
    at |= {place: sum(at[i] for i in places) % 2 for place, places in PARITIES.items()}
    return tuple(at[place] for place in range(1, 8))


def sum_of_places(word: tuple[int, ...]) -> int:
    """The syndrome by its meaning: exclusive or of the numbers of the places that hold a one."""
    total = 0
    for place, bit in enumerate(word, 1):
        total ^= place * bit
    return total


def test_the_matrix_of_three_checks() -> None:
    assert it.parity_check(3).tolist() == [[0, 0, 0, 1, 1, 1, 1], [0, 1, 1, 0, 0, 1, 1], [1, 0, 1, 0, 1, 0, 1]]


@pytest.mark.parametrize("checks", [2, 3, 4])
def test_the_syndrome_is_the_exclusive_or_of_the_places(checks: int) -> None:
    words = list(product((0, 1), repeat=2**checks - 1))
    numbers = it.syndrome(words).astype(int) @ (1 << np.arange(checks)[::-1])
    assert numbers.tolist() == [sum_of_places(word) for word in words]


def test_the_words_without_syndrome_are_the_textbook_code() -> None:
    assert {tuple(word) for word in it.coset([0, 0, 0]).tolist()} == {
        textbook_codeword(data) for data in product((0, 1), repeat=4)
    }


def test_every_pair_of_seven_bits_decodes() -> None:
    """All 128 x 8 pairs; the reader's answer by table: the one word near to *side* in the drawer that was sent."""
    words = list(product((0, 1), repeat=7))
    decoded = 0
    for side in words:
        near = [side, *(tuple(bit ^ (i == place) for i, bit in enumerate(side)) for place in range(7))]
        by_drawer = {sum_of_places(word): word for word in near}
        assert len(by_drawer) == 8
        for sent, expected in by_drawer.items():
            answer = it.decode_with_side(side, [int(bit) for bit in f"{sent:03b}"])
            assert tuple(answer.tolist()) == expected
            decoded += 1
    assert decoded == 1024


@given(st.integers(2, 6), st.data())
def test_a_word_comes_back_from_its_syndrome_and_a_word_near_to_it(checks: int, data: st.DataObject) -> None:
    length = 2**checks - 1
    word = np.array(data.draw(st.lists(st.integers(0, 1), min_size=length, max_size=length)))
    side = word.copy()
    place = data.draw(st.integers(0, length))
    if place < length:
        side[place] ^= 1
    assert it.decode_with_side(side, it.syndrome(word)).tolist() == word.tolist()


@given(st.lists(st.integers(0, 1), min_size=15, max_size=15), st.lists(st.integers(0, 1), min_size=15, max_size=15))
def test_the_syndrome_is_linear(a: list[int], b: list[int]) -> None:
    assert (it.syndrome(np.bitwise_xor(a, b)) == it.syndrome(a) ^ it.syndrome(b)).all()


@pytest.mark.parametrize("checks", [2, 3])
def test_the_drawers_share_all_words_evenly_and_keep_them_apart(checks: int) -> None:
    length = 2**checks - 1
    drawers = [it.coset(of) for of in product((0, 1), repeat=checks)]
    assert {len(drawer) for drawer in drawers} == {2 ** (length - checks)}
    assert len({tuple(word) for drawer in drawers for word in drawer.tolist()}) == 2**length
    for drawer in drawers:
        distances = (drawer[:, None, :] != drawer[None, :, :]).sum(axis=2)
        assert distances[~np.eye(len(drawer), dtype=bool)].min() == 3


def test_arguments_stay_as_they_are_and_may_have_any_shape() -> None:
    side = np.zeros((2, 4, 7), np.uint8)
    answer = it.decode_with_side(side, np.ones((2, 4, 3), np.uint8))
    assert answer.shape == side.shape
    assert not side.any()
    assert (answer == [0, 0, 0, 0, 0, 0, 1]).all()


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: it.syndrome([1, 0, 2]), "must be bits"),
        (lambda: it.syndrome([1, 0, 1, 1]), "4 bits"),
        (lambda: it.decode_with_side([0] * 7, [0, 1]), "syndrome of 3"),
        (lambda: it.parity_check(1), "2 to 16 checks"),
        (lambda: it.coset([0] * 5), "2 to 4 bits"),
        (lambda: it.as_bits(8, 3), "from 0 to 7"),
        (lambda: it.as_bits([0.5], 3), "whole numbers"),
    ],
)
def test_what_is_no_word_is_refused(call: Callable[[], object], says: str) -> None:
    with pytest.raises(it.CodeError, match=says):
        call()
