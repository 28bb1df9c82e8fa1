"""Shared pictures that count and weigh: signed columns, hatching, clouds of dots and running values."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from manim import UP, Rectangle

from scenes.stage.convergence_chart import ConvergenceChart
from scenes.stage.dot_cloud import DotCloud
from scenes.stage.hatching import DISTANCE, Hatching
from scenes.stage.signed_columns import SignedColumns
from scenes.stage.theme import MODEL, PROBABILITY, SHARED

columns = st.lists(st.tuples(st.floats(0.05, 1), st.floats(-3, 3)), min_size=1, max_size=6)


def drawn_area(picture: SignedColumns) -> float:
    """Areas above the line less areas below it, in scene units."""
    line = picture.line.get_y()
    return sum(c.width * c.height * (1 if c.get_y() > line else -1) for c in picture.columns)


@settings(max_examples=30, deadline=None)
@given(columns, st.floats(0, 1))
def test_area_stays_while_columns_level_out(parts: list[tuple[float, float]], alpha: float) -> None:
    weights = np.array([w for w, _ in parts]) / sum(w for w, _ in parts)
    heights = np.array([h for _, h in parts])
    picture = SignedColumns(weights, heights, width=8.0, unit=0.5, colors=[PROBABILITY] * len(parts)).shift(UP)
    area = float(weights @ heights)
    assert drawn_area(picture) == pytest.approx(4 * area, abs=1e-6)
    pour = picture.level(SHARED, rate_func=lambda t: t)
    pour.begin()
    pour.interpolate(alpha)
    assert drawn_area(picture) == pytest.approx(4 * area, abs=1e-6)
    pour.interpolate(1)
    assert picture.heights == pytest.approx(np.full(len(parts), area))
    assert all(column.get_fill_color() == SHARED for column in picture.columns)


def test_signed_columns_refuse_what_does_not_fit() -> None:
    with pytest.raises(ValueError, match="as many"):
        SignedColumns([0.5, 0.5], [1.0], colors=[MODEL, MODEL])
    with pytest.raises(ValueError, match="negative"):
        SignedColumns([1.5, -0.5], [1.0, 1.0], colors=[MODEL, MODEL])
    with pytest.raises(ValueError, match=r"not 0\.5000"):
        SignedColumns([0.5], [1.0], colors=[MODEL]).level(SHARED)


@given(st.floats(0.2, 4), st.floats(0.2, 4), st.floats(-3, 3), st.floats(-2, 2))
@settings(max_examples=30, deadline=None)
def test_hatching_stays_in_its_box_and_is_even(width: float, height: float, x: float, y: float) -> None:
    box = Rectangle(width=width, height=height).move_to((x, y, 0))
    lines = Hatching(box)
    starts, ends = lines.get_start_anchors(), lines.get_end_anchors()
    for points in (starts, ends):
        assert (np.abs(points[:, 0] - x) <= width / 2 + 1e-9).all()
        assert (np.abs(points[:, 1] - y) <= height / 2 + 1e-9).all()
    offsets = starts[:, 0] - starts[:, 1]
    assert ends[:, 0] - ends[:, 1] == pytest.approx(offsets)
    assert len(offsets) >= (width + height) / DISTANCE - 2
    assert offsets / DISTANCE == pytest.approx(np.round(offsets / DISTANCE), abs=1e-6)


def test_dots_come_in_order() -> None:
    places = np.array([[0.0, 0, 0], [2, 0, 0], [0, 3, 0]])
    cloud = DotCloud(places, radius=0.1)
    assert cloud.get_center() == pytest.approx([1, 1.5, 0])
    assert cloud.reveal(2).width == pytest.approx(2.2)
    assert cloud.height == pytest.approx(0.2)
    fall = cloud.fall(rate_func=lambda t: t)
    fall.begin()
    fall.interpolate(0.0)
    assert not cloud.has_points()
    fall.interpolate(1.0)
    assert cloud.height == pytest.approx(3.2)


def chart(width: float = 5.0, height: float = 3.0) -> ConvergenceChart:
    counts = np.array([10, 100, 1000])
    return ConvergenceChart(
        counts,
        [[1.0, 2.0, 3.0], [0.5, 9.0, 0.0]],
        colors=(PROBABILITY, MODEL),
        y_range=(0.0, 4.0),
        y_ticks=(0, 2, 4),
        counted="coins",
        width=width,
        height=height,
    )


def test_curves_follow_their_values_and_stay_in_the_chart() -> None:
    picture = chart(width=6.0, height=4.0).start_at(np.array([-1.0, -2.0, 0.0]))
    assert picture.draw_to(0.5) == [2.0, 9.0]
    assert picture.dots[0].get_center() == pytest.approx([2, 0, 0])
    assert picture.dots[1].get_center() == pytest.approx([2, 2, 0])
    assert picture.draw_to(1.0) == [3.0, 0.0]
    assert picture.curves[0].get_end() == pytest.approx([5, 1, 0])
    assert picture.truth(3.0).get_y() == pytest.approx(1)


def test_a_run_tells_every_value_in_the_end() -> None:
    told: list[list[float]] = []
    run = chart().run(told.append)
    run.begin()
    run.interpolate(1.0)
    assert told[-1] == [3.0, 0.0]


def test_a_curve_needs_a_value_for_each_count() -> None:
    with pytest.raises(ValueError, match="3 counts"):
        ConvergenceChart([10, 100, 1000], [[1.0]], colors=(MODEL,), y_range=(0, 1), y_ticks=(0, 1), counted="coins")
