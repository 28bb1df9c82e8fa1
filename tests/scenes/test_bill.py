"""The bill on the stage: its areas are the averages that it shows, whatever it runs through."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from manim import UP, Animation

from scenes.stage.bill import Bill

TRUTH = (1 / 2, 1 / 4, 1 / 8, 1 / 8)
CODE = ("110", "111", "10", "0")
LENGTHS = tuple(len(word) for word in CODE)
WIDTH, BIT = 6.0, 0.9


def bill(**kwargs: Any) -> Bill:
    return Bill(TRUTH, LENGTHS, width=WIDTH, bit=BIT, most_bits=3, **kwargs)


def drawn(part: Any) -> float:
    """Area of a rectangle, in bits times weight, from its corners."""
    return float(part.width * part.height / (WIDTH * BIT))


def areas(shown: Bill) -> tuple[float, float, float]:
    """What is paid at the fair price, what beyond it and what is lacking."""
    paid, beyond, lacking = (sum(drawn(column[k]) for column in shown.columns) for k in range(3))
    return paid, beyond, lacking


def played(animation: Animation, share: float) -> None:
    animation.begin()
    animation.interpolate(share)


def test_the_area_drawn_is_the_average() -> None:
    shown = bill()
    assert shown.area == 2.625
    assert areas(shown) == pytest.approx((2.625, 0, 0))


@given(st.lists(st.tuples(st.floats(0.01, 1), st.floats(0, 3), st.floats(0, 3)), min_size=1, max_size=6))
@settings(max_examples=40, deadline=None)
def test_red_less_dim_is_the_waste(columns: list[tuple[float, float, float]]) -> None:
    weights, lengths, fair = (np.array(values) for values in zip(*columns, strict=True))
    weights = weights / weights.sum()
    shown = Bill(weights, lengths, fair=fair, width=WIDTH, bit=BIT, most_bits=3)
    paid, beyond, lacking = areas(shown)
    assert paid + beyond == pytest.approx(weights @ lengths)
    assert beyond - lacking == pytest.approx(weights @ (lengths - fair))


@pytest.mark.parametrize("share", [0.0, 0.3, 0.7, 1.0])
def test_levelling_keeps_the_area(share: float) -> None:
    shown = bill(fair=[1, 2, 3, 3])
    played(shown.level(), share)
    assert shown.area == pytest.approx(2.625)
    assert sum(areas(shown)[:2]) == pytest.approx(2.625)


def test_a_level_bill_is_as_high_as_its_area() -> None:
    shown = bill(fair=[1, 2, 3, 3])
    played(shown.level(), 1.0)
    for column in shown.columns:
        assert column[1].get_top()[1] == pytest.approx(shown.at(0, 2.625)[1])
        assert column[0].get_top()[1] == pytest.approx(shown.at(0, 1.75)[1])
    assert areas(shown) == pytest.approx((1.75, 0.875, 0))


def test_a_change_starts_where_the_bill_is_when_it_begins_and_is_followed() -> None:
    shown, seen = bill(), list[float]()
    change = shown.change(weights=TRUTH[::-1], follow=lambda now: seen.append(now.area))
    shown.set_bill((1 / 4, 1 / 4, 1 / 4, 1 / 4), LENGTHS)
    played(change, 0.0)
    assert seen[-1] == pytest.approx(2.25)
    change.interpolate(1.0)
    assert seen[-1] == pytest.approx(1.75)
    assert shown.weights == pytest.approx(TRUTH[::-1])


def test_digits_stand_in_their_cells_and_leave_with_the_height() -> None:
    shown = bill(codewords=CODE)
    for word, column in zip(shown.digits, shown.columns, strict=True):
        for k, digit in enumerate(word):
            assert digit.get_center()[0] == pytest.approx(column[0].get_center()[0])
            assert digit.get_center()[1] == pytest.approx(shown.at(0, len(word) - k - 0.5)[1])
            assert digit.get_fill_opacity() == 1
    shown.set_bill(TRUTH, [2.5, 2.5, 2.5, 2.5])
    assert all(digit.get_fill_opacity() == 0 for word in shown.digits for digit in word)


def test_a_moved_bill_stays_true() -> None:
    shown = bill().shift(1.5 * UP)
    shown.set_bill(TRUTH, (1, 2, 3, 3))
    assert areas(shown) == pytest.approx((1.75, 0, 0))
    bottom = min(column[0].get_bottom()[1] for column in shown.columns)
    assert bottom == pytest.approx(shown.at(0, 0)[1])


@pytest.mark.parametrize("what", ["lengths", "fair", "names", "codewords"])
def test_what_does_not_fit_is_refused(what: str) -> None:
    arguments: dict[str, Any] = {"lengths": LENGTHS, what: ["0"] if what in ("names", "codewords") else [1.0]}
    with pytest.raises(ValueError, match=f"as many {what}"):
        Bill(TRUTH, **arguments)


def test_negative_lengths_are_refused() -> None:
    with pytest.raises(ValueError, match="shorter than nothing"):
        bill().set_bill(TRUTH, [1, 2, -1, 3])
