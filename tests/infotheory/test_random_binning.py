"""Random drawers: the chance to be misled, by listing every block, by filling real drawers, and in the limit."""

from __future__ import annotations

import math
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import infotheory as it

CARDS = np.array([[0.07] * 5 + [0.03] * 5, [0.01] * 5 + [0.09] * 5]).T  # numbers by colours
joints = (
    st.lists(st.integers(0, 9), min_size=6, max_size=6)
    .filter(any)
    .map(lambda counts: np.array(counts, dtype=float).reshape(3, 2) / sum(counts))
)


def chance(joint: np.ndarray, x: tuple[int, ...], y: tuple[int, ...]) -> float:
    return math.prod(float(joint[a, b]) for a, b in zip(x, y, strict=True))


def misled_by_listing(joint: np.ndarray, x: tuple[int, ...], y: tuple[int, ...], rate: float) -> float:
    """Compare the block with every other one."""
    bins = math.floor(2 ** (len(x) * rate))
    own = chance(joint, x, y)
    others = (other for other in product(range(joint.shape[0]), repeat=len(x)) if other != x)
    rivals = sum(chance(joint, other, y) >= own * (1 - 1e-9) for other in others)
    return 1 - (1 - 1 / bins) ** rivals


@settings(max_examples=20)
@given(joints, st.integers(1, 3), st.floats(0, 2))
def test_the_error_by_listing_every_block(joint: np.ndarray, n: int, rate: float) -> None:
    total = 0.0
    for y in product(range(2), repeat=n):
        for x in product(range(3), repeat=n):
            weight = chance(joint, x, y)
            if weight > 0:
                one = misled_by_listing(joint, x, y, rate)
                assert it.RandomBins(joint, n, rate).misled([x], [y])[0] == pytest.approx(one, abs=1e-9)
                total += weight * one
    assert it.RandomBins(joint, n, rate).error() == pytest.approx(total, abs=1e-9)


def test_the_error_by_filling_drawers() -> None:
    """Blocks of three cards: every one of a thousand blocks is thrown into a drawer, and a decoder searches it."""
    n, rate, trials = 3, 3.0, 3000
    random = np.random.default_rng(5)
    blocks = np.array(list(product(range(10), repeat=n)))
    misread = 0
    for _ in range(trials):
        kinds = random.choice(20, size=n, p=CARDS.ravel())
        x, y = kinds // 2, kinds % 2
        likely = CARDS[blocks, y].prod(axis=1)
        drawers = random.integers(0, math.floor(2 ** (n * rate)), size=len(blocks))
        mine = int((x * [100, 10, 1]).sum())
        same = (drawers == drawers[mine]) & (likely >= likely[mine] * (1 - 1e-9))
        misread += int(same.sum()) > 1
    exact = it.RandomBins(CARDS, n, rate).error()
    assert misread / trials == pytest.approx(exact, abs=4 * math.sqrt(exact * (1 - exact) / trials))


def test_sampled_blocks_are_misread_as_often_as_is_computed() -> None:
    n, blocks = 25, 4000
    bins = it.RandomBins(CARDS, n, 3.1)
    kinds = np.random.default_rng(6).choice(20, size=(blocks, n), p=CARDS.ravel())
    chances = bins.misled(kinds // 2, kinds % 2)
    assert chances.mean() == pytest.approx(bins.error(), abs=4 * chances.std() / math.sqrt(blocks))


def test_there_is_a_cliff_at_the_conditional_entropy() -> None:
    limit = it.conditional_entropy(CARDS, of=0, given=1)
    above = [it.RandomBins(CARDS, n, limit + 0.15).error() for n in (10, 40, 160)]
    below = [it.RandomBins(CARDS, n, limit - 0.15).error() for n in (10, 40, 160)]
    assert above == sorted(above, reverse=True)
    assert below == sorted(below)
    assert above[-1] < 0.01
    assert below[-1] > 0.95


def test_one_drawer_misleads_whenever_there_is_a_rival() -> None:
    assert it.RandomBins(np.full((2, 1), 0.5), 3, 0.0).error() == 1
    assert it.RandomBins(np.array([[1.0]]), 3, 0.0).error() == 0


def test_what_is_no_block_is_refused() -> None:
    with pytest.raises(it.ProbabilityError, match="2 axes"):
        it.RandomBins(np.array([0.5, 0.5]), 3, 1.0)
    with pytest.raises(ValueError, match="a symbol or more"):
        it.RandomBins(CARDS, 0, 1.0)
