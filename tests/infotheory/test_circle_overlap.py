"""Two circles to scale, by closed forms, by throwing points, for every joint of two variables; and where it ends."""

from __future__ import annotations

import math

import dit
import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from infotheory import (
    circle_pair,
    co_information,
    conditional_entropy,
    conditional_mutual_information,
    entropy,
    joint_entropy,
    marginal,
    mutual_information,
    normalize,
    overlap_area,
)

areas = st.floats(0.01, 100)
XOR = np.array([[[0.25, 0], [0, 0.25]], [[0, 0.25], [0.25, 0]]])


@pytest.mark.parametrize("share", [0.0, 1e-6, 0.01, 0.3, 0.9, 0.999, 1.0])
@given(left=areas, right=areas)
def test_areas_and_overlap_are_as_asked(share: float, left: float, right: float) -> None:
    shared = share * min(left, right)
    pair = circle_pair(left, right, shared)
    assert math.pi * pair.left_radius**2 == pytest.approx(left)
    assert math.pi * pair.right_radius**2 == pytest.approx(right)
    assert pair.overlap == pytest.approx(shared, rel=1e-6, abs=1e-9)


def test_touching_and_inside() -> None:
    touching, inside = circle_pair(math.pi, 4 * math.pi, 0), circle_pair(math.pi, 4 * math.pi, math.pi)
    assert touching.distance == pytest.approx(3)
    assert touching.half_angles == (0.0, 0.0)
    assert inside.distance == pytest.approx(1)
    assert inside.half_angles == (math.pi, 0.0)
    assert circle_pair(4 * math.pi, math.pi, math.pi).half_angles == (0.0, math.pi)


def test_unit_circles_through_each_others_centre() -> None:
    """The vesica piscis: 2 pi / 3 - sqrt(3) / 2."""
    area = 2 * math.pi / 3 - math.sqrt(3) / 2
    assert overlap_area(1, 1, 1) == pytest.approx(area)
    pair = circle_pair(math.pi, math.pi, area)
    assert pair.distance == pytest.approx(1)
    assert pair.half_angles == pytest.approx((math.pi / 3, math.pi / 3))


@pytest.mark.parametrize(("r", "s", "d"), [(1.0, 0.7, 0.9), (0.6, 1.5, 1.0), (2.0, 0.5, 1.7)])
def test_overlap_by_throwing_points(r: float, s: float, d: float) -> None:
    grid = np.linspace(-r, r, 2001)
    x, y = np.meshgrid(grid, grid)
    both = (x**2 + y**2 < r**2) & ((x - d) ** 2 + y**2 < s**2)
    assert overlap_area(r, s, d) == pytest.approx(both.mean() * (2 * r) ** 2, rel=3e-3)


@given(st.floats(0.1, 5), st.floats(0.1, 5), st.floats(0, 10), st.floats(0, 10))
def test_closer_circles_share_no_less(r: float, s: float, a: float, b: float) -> None:
    near, far = sorted((a, b))
    assert overlap_area(r, s, near) >= overlap_area(r, s, far) - 1e-12


@given(st.lists(st.integers(0, 20), min_size=12, max_size=12))
def test_two_variables_always_fit(counts: list[int]) -> None:
    assume(sum(counts) > 0)
    joint = normalize(np.reshape(counts, (3, 4)))
    h_x, h_y, shared = entropy(marginal(joint, 0)), entropy(marginal(joint, 1)), mutual_information(joint)
    pair = circle_pair(h_x, h_y, shared)
    union = math.pi * (pair.left_radius**2 + pair.right_radius**2) - pair.overlap
    assert union == pytest.approx(joint_entropy(joint), abs=1e-6)


@pytest.mark.parametrize("wrong", [(1.0, 2.0, 1.5), (-1.0, 2.0, 0.0), (1.0, 2.0, -0.1)])
def test_what_cannot_be_is_refused(wrong: tuple[float, float, float]) -> None:
    with pytest.raises(ValueError, match="cannot share"):
        circle_pair(*wrong)
    with pytest.raises(ValueError, match="not negative"):
        overlap_area(1, 1, -1)


# ---- three ---------------------------------------------------------------------------------------


def test_three_circles_lie_about_xor() -> None:
    assert co_information(XOR) == pytest.approx(-1)
    # The seven regions of the diagram: outside, pairs, middle. They add up, but only with the negative one.
    outside = [conditional_entropy(XOR, of=i, given=[j for j in range(3) if j != i]) for i in range(3)]
    pairs = [conditional_mutual_information(XOR, i, j, given=k) for i, j, k in ((0, 1, 2), (0, 2, 1), (1, 2, 0))]
    assert (outside, pairs) == ([0, 0, 0], [1, 1, 1])
    assert sum(outside) + sum(pairs) + co_information(XOR) == pytest.approx(joint_entropy(XOR))


@given(st.lists(st.integers(0, 9), min_size=12, max_size=12))
def test_co_information_against_dit_and_in_every_order(counts: list[int]) -> None:
    assume(sum(counts) > 0)
    joint = normalize(np.reshape(counts, (2, 3, 2)))
    outcomes = ["".join(map(str, index)) for index in np.ndindex(joint.shape) if joint[index] > 0]
    reference = dit.Distribution(outcomes, [float(p) for p in joint[joint > 0].ravel()])
    assert co_information(joint) == pytest.approx(dit.multivariate.coinformation(reference), abs=1e-9)
    assert co_information(joint, 2, 0, 1) == pytest.approx(co_information(joint), abs=1e-9)


def test_a_copy_shared_by_three() -> None:
    thrice = np.zeros((2, 2, 2))
    thrice[0, 0, 0] = thrice[1, 1, 1] = 0.5
    assert co_information(thrice) == pytest.approx(1)
    assert co_information(thrice, base=math.e) == pytest.approx(math.log(2))
