"""The rate region of two encoders: known figures, closed forms, and what any region must be."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import infotheory as it

CARDS = np.array([[0.07] * 5 + [0.03] * 5, [0.01] * 5 + [0.09] * 5])
joints = (
    st.lists(st.integers(0, 20), min_size=12, max_size=12)
    .filter(any)
    .map(lambda counts: np.array(counts, dtype=float).reshape(3, 4) / sum(counts))
)


def test_the_cards() -> None:
    region = it.slepian_wolf_region(CARDS)
    (left, top), (right, bottom) = region.corners
    assert (right, bottom) == pytest.approx((1.0, 2.9971), abs=5e-5)
    assert (left, top) == pytest.approx((0.7042, 3.2929), abs=5e-5)
    assert region.both == pytest.approx(3.9971, abs=5e-5)
    assert region.saved == pytest.approx(0.2958, abs=5e-5)


def test_the_cards_by_hand() -> None:
    """Low and high are a binary variable, and the number within them is one of five equal ones."""

    def h(p: float) -> float:
        return -p * math.log2(p) - (1 - p) * math.log2(1 - p)

    region, five = it.slepian_wolf_region(CARDS), math.log2(5)
    assert region.y == pytest.approx(h(0.4) + five)
    assert region.y_given_x == pytest.approx((h(0.7) + h(0.1)) / 2 + five)
    assert region.x_given_y == pytest.approx(0.4 * h(7 / 8) + 0.6 * h(1 / 4))


def test_two_sensors_of_seven_bits() -> None:
    """Seven bits and a second reading that differs in at most one place: 7 and 3 bits, or 3 and 7."""
    words = np.arange(128)
    near = np.concatenate([[0], 1 << np.arange(7)])
    joint = np.zeros((128, 128))
    joint[words[:, None], words[:, None] ^ near] = 1 / 1024
    region = it.slepian_wolf_region(joint)
    assert np.ravel(region.corners) == pytest.approx([3, 7, 7, 3])
    assert region.both == pytest.approx(10)


def test_strangers_save_nothing() -> None:
    region = it.slepian_wolf_region(np.outer([0.5, 0.5], [0.25] * 4))
    for corner in region.corners:
        assert corner == pytest.approx(region.apart)
    assert region.saved == pytest.approx(0)


@given(joints)
def test_corners_lie_on_the_sum_and_on_the_sides(joint: np.ndarray) -> None:
    region = it.slepian_wolf_region(joint)
    for rates in (*region.corners, region.along_edge(0.3)):
        assert sum(rates) == pytest.approx(region.both)
        assert region.contains(*rates)
        for step in ((-1e-6, 0.0), (0.0, -1e-6)):
            assert not region.contains(rates[0] + step[0], rates[1] + step[1])
    assert region.contains(*region.apart)
    assert region.saved == pytest.approx(it.mutual_information(joint, 0, 1), abs=1e-9)
    assert region.along_edge(0.0) == pytest.approx(region.corners[1])
    assert region.along_edge(1.0) == pytest.approx(region.corners[0])


@given(joints)
def test_exchanging_the_sources_mirrors_the_region(joint: np.ndarray) -> None:
    region, mirrored = it.slepian_wolf_region(joint), it.slepian_wolf_region(joint.T)
    assert np.ravel(mirrored.corners) == pytest.approx(np.ravel(region.corners)[::-1], abs=1e-12)


@given(joints, st.floats(0, 3), st.floats(0, 3))
def test_the_outline_holds_what_the_region_contains(joint: np.ndarray, x: float, y: float) -> None:
    """A pentagon is convex: a point is in it when it lies left of every edge, which run anticlockwise."""
    region, most = it.slepian_wolf_region(joint), (3.5, 3.5)
    outline = np.array(region.outline(*most))
    assert len(outline) == 5
    edges = np.roll(outline, -1, axis=0) - outline
    to_point = np.array([x, y]) - outline
    sides = edges[:, 0] * to_point[:, 1] - edges[:, 1] * to_point[:, 0]
    if np.abs(sides).min() > 1e-6:
        assert region.contains(x, y) == bool((sides > 0).all()) or np.abs(edges).sum(axis=1).min() < 1e-9


def test_what_is_no_region_is_refused() -> None:
    with pytest.raises(it.ProbabilityError, match="2 axes"):
        it.slepian_wolf_region([0.5, 0.5])
    with pytest.raises(ValueError, match="corner"):
        it.slepian_wolf_region(CARDS).outline(0.9, 4.0)
