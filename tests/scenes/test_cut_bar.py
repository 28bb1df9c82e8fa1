"""The bar that is cut: true to scale at every moment, its length its own, its displayed numbers adding up."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from manim import DOWN, UP

from scenes.stage.cut_bar import CutBar
from scenes.stage.theme import PROBABILITY, SECOND

lengths = st.floats(0.05, 4)


def edges(bar: CutBar) -> list[float]:
    """Left and right ends of the segments, in bits from the bar's left end."""
    start = bar.at(0)[0]
    return [float(side[0] - start) / bar.unit for s in bar.bar.segments for side in (s.get_left(), s.get_right())]


@settings(max_examples=20, deadline=None)
@given(st.lists(lengths, min_size=1, max_size=5), st.floats(0.5, 3))
def test_pieces_lie_end_to_end_in_their_lengths(pieces: list[float], unit: float) -> None:
    bar = CutBar(pieces, unit=unit, colors=[PROBABILITY] * len(pieces), spec="")
    bar.begin_at((-3.0, 1.0, 0.0))
    ends = np.cumsum([0.0, *pieces])
    assert edges(bar) == pytest.approx(np.repeat(ends, 2)[1:-1].tolist(), abs=1e-9)
    assert [cut.get_x() for cut in bar.cuts] == pytest.approx([bar.at(end)[0] for end in ends[1:-1]])
    assert bar.at(0) == pytest.approx([-3.0, 1.0, 0.0])
    assert bar.total == pytest.approx(sum(pieces))


@settings(max_examples=20, deadline=None)
@given(lengths, lengths, st.sampled_from([".2f", ".4f"]))
def test_displayed_numbers_add_up_as_displayed(first: float, second: float, spec: str) -> None:
    bar = CutBar([first, second], spec=spec, show_total=True)
    shown = [Decimal(str(number.shown)) for number in bar.numbers]
    assert sum(shown) == Decimal(str(bar.total_number[0].shown)) == Decimal(format(first + second, spec))
    assert shown[0] == Decimal(format(first, spec))


@pytest.mark.parametrize("share", [0.0, 0.3, 0.8, 1.0])
def test_while_the_cut_moves_the_ends_stay(share: float) -> None:
    bar = CutBar([1.0, 3.0], unit=2.0, show_total=True)
    before = edges(bar)
    move = bar.recut([0.5, 3.5])
    move.begin()
    move.interpolate_mobject(share)
    after, moved = edges(bar), 1.0 - 0.5 * move.rate_func(share)
    assert (after[0], after[-1]) == pytest.approx((before[0], before[-1]))
    assert after[1] == after[2] == pytest.approx(moved)
    assert bar.numbers[0].shown == f"{moved:.4f}"
    assert bar.total_number[0].shown == "4.0000"


def test_the_number_of_the_whole_keeps_its_place_while_there_is_room() -> None:
    bar = CutBar([1.0, 1.0], show_total=True, total_at=3.0)
    place = bar.total_number[0].get_left()[0]
    assert bar.set_pieces([1.0, 1.9]).total_number[0].get_left()[0] == pytest.approx(place, abs=0.02)
    assert bar.set_pieces([1.0, 4.0]).total_number[0].get_left()[0] > bar.at(5.0)[0]


@pytest.mark.parametrize("side", [UP, DOWN])
def test_a_span_covers_its_piece_on_its_side(side: np.ndarray) -> None:
    bar = CutBar([1.0, 3.0], unit=2.0)
    line, *_, label = bar.span(1.0, 4.0, "H(Y | X)", side=side)
    assert line.get_left()[0] == pytest.approx(bar.at(1.0)[0])
    assert line.get_right()[0] == pytest.approx(bar.at(4.0)[0])
    assert (line.get_y() - bar.bar.segments.get_y()) * side[1] > bar.bar.segments.height / 2
    assert (label.get_y() - line.get_y()) * side[1] > 0


def test_a_label_that_is_wider_than_its_span_begins_with_it() -> None:
    bar = CutBar([0.3, 3.0], unit=1.0, colors=[PROBABILITY, SECOND])
    line, *_, label = bar.span(0.0, 0.3, "H(X | Y) = 0.3000")
    assert label.width > line.width
    assert label.get_left()[0] == pytest.approx(line.get_left()[0])


def test_it_refuses_what_it_cannot_draw() -> None:
    with pytest.raises(ValueError, match="none negative"):
        CutBar([1.0, -0.1])
    with pytest.raises(ValueError, match="as many"):
        CutBar([1.0, 2.0, 3.0])
