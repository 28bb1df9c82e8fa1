"""The picture of two entropies: as bars and as circles, every area is to scale."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from manim import DL, ORIGIN, RIGHT, UP, UR, VMobject
from numpy.typing import NDArray

from scenes.stage.shared_entropy import SharedEntropy


def area(part: VMobject) -> float:
    """Shoelace formula over the outline."""
    x, y = part.get_start_anchors()[:, 0], part.get_start_anchors()[:, 1]
    return float(abs(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1))) / 2)


def centre(part: VMobject) -> NDArray[np.float64]:
    points: NDArray[np.float64] = part.get_start_anchors().mean(axis=0)
    return points


entropies = st.tuples(st.floats(0.3, 6), st.floats(0.3, 6), st.sampled_from([0.0, 0.05, 0.5, 0.97, 1.0]))


@settings(max_examples=40, deadline=None)
@given(entropies)
def test_areas_are_true_as_bars_and_as_circles(values: tuple[float, float, float]) -> None:
    left, right, share = values
    shared = share * min(left, right)
    picture = SharedEntropy(left, right, shared, bit=1.3, thickness=0.8)
    for form in (picture.as_bars(ORIGIN), picture.as_circles(2 * UP)):
        drawn = [area(part) / picture.bit_area for part in (form.left, form.right, form.both)]
        assert drawn[:2] == pytest.approx([left, right], rel=2e-3)
        if share not in (0.0, 1.0):
            assert drawn[2] == pytest.approx(shared, rel=1e-2)
        assert form.both.get_fill_opacity() == (shared > 0)


def test_bars_lie_end_to_end_but_for_what_they_share() -> None:
    picture = SharedEntropy(1.0, 3.0, 0.25, bit=2.0).as_bars(-3 * RIGHT)
    assert picture.left.get_left()[0] == pytest.approx(-3)
    assert picture.left.get_right()[0] == pytest.approx(-1)
    assert picture.right.get_left()[0] == picture.both.get_left()[0] == pytest.approx(-1.5)
    assert picture.right.get_right()[0] == pytest.approx(-3 + 2 * 3.75)
    assert picture.at(0.5)[0] == pytest.approx(-2)


def test_circles_are_round_and_around_their_place() -> None:
    picture = SharedEntropy(1.0, 3.0, 0.25).as_circles(RIGHT + UP)
    pair = picture.circles
    for part, radius in ((picture.left, pair.left_radius), (picture.right, pair.right_radius)):
        distances = np.linalg.norm(part.get_start_anchors() - centre(part), axis=1)
        assert distances == pytest.approx(np.full(len(distances), radius), rel=1e-3)
    assert centre(picture.right)[0] - centre(picture.left)[0] == pytest.approx(pair.distance)
    assert (picture.left.get_left()[0] + picture.right.get_right()[0]) / 2 == pytest.approx(1.0)
    assert picture.left.get_y() == pytest.approx(1.0)


def test_the_lens_lies_in_both_circles() -> None:
    picture = SharedEntropy(2.0, 3.0, 0.7).as_circles(ORIGIN)
    pair = picture.circles
    for part, radius in ((picture.left, pair.left_radius), (picture.right, pair.right_radius)):
        distances = np.linalg.norm(picture.both.get_start_anchors() - centre(part), axis=1)
        assert distances.max() <= radius + 1e-6


@pytest.mark.parametrize(("left", "right"), [(1.0, 4.0), (4.0, 1.0)])
def test_all_of_the_smaller_one_shared(left: float, right: float) -> None:
    picture = SharedEntropy(left, right, 1.0).as_circles(ORIGIN)
    smaller = picture.left if left < right else picture.right
    assert area(picture.both) == pytest.approx(area(smaller), rel=1e-3)
    assert centre(smaller)[1] == pytest.approx(0, abs=1e-6)
    assert picture.both.width == pytest.approx(smaller.width)
    assert picture.both.get_x() == pytest.approx(smaller.get_x())


def test_every_frame_on_the_way_is_to_scale() -> None:
    picture = SharedEntropy(1.0, 3.0, 0.0).as_circles(ORIGIN)
    change = picture.vary(2.0, 3.0, 2.0, rate_func=lambda t: t)
    change.begin()
    change.interpolate(0.5)
    assert picture.entropies == pytest.approx((1.5, 3.0, 1.0))
    assert area(picture.both) == pytest.approx(picture.bit_area, rel=1e-2)
    change.interpolate(1.0)
    assert picture.entropies == pytest.approx((2.0, 3.0, 2.0))


def test_a_bar_becomes_a_circle_of_its_own_area() -> None:
    picture = SharedEntropy(1.0, 3.0, 0.5).as_bars(ORIGIN)
    before = [area(part) for part in (picture.left, picture.right, picture.both)]
    move = picture.animate.as_circles(ORIGIN).build()
    move.begin()
    move.interpolate(1.0)
    move.finish()
    after = [area(part) for part in (picture.left, picture.right, picture.both)]
    assert after == pytest.approx(before, rel=1e-2)
    assert math.pi * picture.circles.left_radius**2 == pytest.approx(picture.bit_area)


def test_it_refuses_what_two_variables_cannot_have() -> None:
    with pytest.raises(ValueError, match="cannot share"):
        SharedEntropy(1.0, 2.0, 1.5)


@settings(max_examples=40, deadline=None)
@given(entropies)
def test_hatching_covers_what_is_shared_and_nothing_else(values: tuple[float, float, float]) -> None:
    left, right, share = values
    picture = SharedEntropy(left, right, share * min(left, right), bit=1.3, thickness=0.8).as_bars(ORIGIN)
    (low, bottom), (high, top) = (picture.both.get_corner(corner)[:2] for corner in (DL, UR))
    for points in (picture.hatch.get_start_anchors(), picture.hatch.get_end_anchors()):
        assert (points[:, 0] > low - 1e-9).all()
        assert (points[:, 0] < high + 1e-9).all()
        assert (points[:, 1] > bottom - 1e-9).all()
        assert (points[:, 1] < top + 1e-9).all()
    picture.as_circles(UP)
    pair = picture.circles
    for part, radius in ((picture.left, pair.left_radius), (picture.right, pair.right_radius)):
        ends = np.concatenate([picture.hatch.get_start_anchors(), picture.hatch.get_end_anchors()])
        assert np.linalg.norm(ends - centre(part), axis=1).max() <= radius + 1e-5
    if share == 1.0:
        middle = picture.hatch.points[len(picture.hatch.points) // 2 // 4 * 4 :][:4]
        assert np.linalg.norm(middle[3] - middle[0]) == pytest.approx(picture.both.width, rel=1e-2)
