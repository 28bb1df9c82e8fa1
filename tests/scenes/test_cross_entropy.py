"""The film `cross_entropy`: its numbers by a second route, and its pictures true to them."""

from __future__ import annotations

import math
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from manim import ManimColor, interpolate_color

from infotheory import running_average
from scenes.messages.cross_entropy import CrossEntropy
from scenes.messages.cross_entropy_bowl import Bowl
from scenes.messages.cross_entropy_facts import (
    BOWL,
    CUSTOMERS,
    DRAG_END,
    DRINKS,
    ORDERS,
    OTHER,
    OWN,
    P_PMF,
    Q_PMF,
    believed,
    bill,
    numbers_given,
)
from scenes.messages.cross_entropy_pictures import CardsBill, LevelReadout, Menu, drinks_bill, hand_over
from scenes.messages.cross_entropy_till import PRINTED, Till
from scenes.stage.playing_card import BLACK, RED
from scenes.stage.theme import MODEL, PROBABILITY
from scenes.stage.typeset import Words

FACTS = CrossEntropy.compute_facts()
BLACK_ODDS = [0.7 / 5] * 5 + [0.3 / 5] * 5
RED_ODDS = [0.1 / 5] * 5 + [0.9 / 5] * 5


def price(odds: list[float], believed_odds: list[float]) -> float:
    """Bits an outcome, by adding up."""
    return sum(p * math.log2(1 / q) for p, q in zip(odds, believed_odds, strict=True))


def test_the_bills_of_the_coffee_shop() -> None:
    assert FACTS["cross"].value == 1 / 2 * 3 + 1 / 4 * 3 + 1 / 8 * 2 + 1 / 8 * 1 == 2.625
    assert FACTS["h_p"].value == FACTS["h_q"].value == 1 / 2 * 1 + 1 / 4 * 2 + 1 / 8 * 3 + 1 / 8 * 3 == 1.75


@pytest.mark.parametrize("code", [OWN, OTHER])
def test_both_dictionaries_are_prefix_codes(code: list[str]) -> None:
    assert not any(a != b and b.startswith(a) for a, b in product(code, code))


@pytest.mark.parametrize(("code", "odds"), [(OWN, P_PMF), (OTHER, Q_PMF)])
def test_a_dictionary_is_as_long_as_its_own_source_is_surprising(code: list[str], odds: list[float]) -> None:
    assert [len(word) for word in code] == [math.log2(1 / p) for p in odds]


@pytest.mark.parametrize(("name", "code", "bits"), [("own", OWN, 14), ("other", OTHER, 21)])
def test_the_bits_of_the_eight_orders(name: str, code: list[str], bits: int) -> None:
    assert FACTS[f"{name}_bits"].value == sum(len(code[order]) for order in ORDERS) == bits
    assert FACTS["orders"].value == len(ORDERS)


def test_the_eight_orders_come_in_the_coffee_shops_proportions() -> None:
    assert [ORDERS.count(drink) / len(ORDERS) for drink in range(len(DRINKS))] == list(P_PMF)


def test_the_displayed_terms_are_the_lengths_of_the_codewords() -> None:
    assert [FACTS[f"length_{drink}"].value for drink in DRINKS] == [3, 3, 2, 1]
    assert [FACTS[f"other_{drink}"].value for drink in DRINKS] == OTHER


def test_the_cards() -> None:
    assert numbers_given(BLACK) == pytest.approx(BLACK_ODDS)
    assert numbers_given(RED) == pytest.approx(RED_ODDS)
    assert FACTS.number("cross_cards") == pytest.approx(price(BLACK_ODDS, RED_ODDS))
    assert FACTS.number("h_number_red") == pytest.approx(price(RED_ODDS, RED_ODDS))
    assert FACTS.number("h_plain") == pytest.approx(math.log2(10))


def test_what_the_film_says_of_the_cards() -> None:
    assert FACTS.shown("h_number_red", ".3f") == "2.791"
    assert FACTS.shown("cross_cards", ".3f") == "4.693"
    assert FACTS.number("cross_cards") > FACTS.number("h_plain")
    common = max(range(10), key=BLACK_ODDS.__getitem__)
    assert RED_ODDS[common] == min(RED_ODDS), "the common numbers carry the longest codewords"


# ---- the drag ------------------------------------------------------------------------------------


@given(st.floats(0, 1))
def test_every_dragged_dictionary_is_a_distribution(coffee: float) -> None:
    q = believed(coffee)
    assert q.sum() == pytest.approx(1)
    assert q.min() >= 0
    assert q[0] == pytest.approx(coffee)


def test_the_drag_meets_both_sources_and_rules_drinks_out_at_its_ends() -> None:
    assert believed(1 / 8) == pytest.approx(Q_PMF)
    assert believed(1 / 2) == pytest.approx(P_PMF)
    assert bill(1 / 8) == pytest.approx(2.625)
    assert bill(0) == bill(1) == math.inf


@given(st.floats(*BOWL))
def test_the_floor_of_the_bowl_is_the_entropy_and_is_reached_only_at_p(coffee: float) -> None:
    paid = bill(coffee)
    assert paid == pytest.approx(price(list(P_PMF), list(believed(coffee))))
    assert paid >= 1.75 - 1e-12
    if abs(coffee - 0.5) > 1e-3:
        assert paid > 1.75


def test_the_bowl_falls_towards_p_and_rises_beyond() -> None:
    left, right = ([bill(x) for x in np.linspace(*ends, 50)] for ends in ((BOWL[0], 0.5), (0.5, BOWL[1])))
    assert left == sorted(left, reverse=True)
    assert right == sorted(right)


# ---- the till ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def till() -> Till:
    return Till(np.random.default_rng(3).choice(len(P_PMF), CUSTOMERS, p=P_PMF))


@pytest.mark.parametrize("seed", range(20))
def test_the_average_settles_on_the_area_whatever_the_seed(seed: int) -> None:
    """Within four and a half standard errors."""
    orders = np.random.default_rng(seed).choice(len(P_PMF), CUSTOMERS, p=P_PMF)
    for code, settled in ((OTHER, 2.625), (OWN, 1.75)):
        lengths = np.array([len(word) for word in code], dtype=float)
        deviation = math.sqrt(P_PMF @ lengths**2 - (P_PMF @ lengths) ** 2)
        last = running_average(lengths[orders])[-1]
        assert abs(last - settled) < 4.5 * deviation / math.sqrt(CUSTOMERS)


@pytest.mark.parametrize("count", [PRINTED, 77, CUSTOMERS])
def test_the_till_shows_what_was_paid_so_far(till: Till, count: int) -> None:
    till.set_count(count)
    bits = round(till.other[count - 1] * count)
    assert till.receipt.orders.shown == f"{count:,}"
    assert till.receipt.bits.shown == f"{bits:,}"
    assert till.number.shown == f"{bits / count:.3f}"
    assert till.chart.curve.get_end() == pytest.approx(till.chart.at(math.log10(count), bits / count))
    assert till.chart.dot.get_center() == pytest.approx(till.chart.curve.get_end())


def test_the_receipt_prints_the_first_orders(till: Till) -> None:
    words = [part for line in till.receipt.lines for part in line if isinstance(part, Words)]
    printed = [code.text for code in words[1::2]]
    till.print(2)
    assert till.receipt.orders.shown == "2"
    assert till.receipt.bits.shown == str(sum(map(len, printed[:2])))
    till.print(0)
    assert (till.receipt.orders.shown, till.receipt.bits.shown) == ("0", "0")
    till.print(PRINTED)
    assert len(printed) == PRINTED
    assert set(printed) <= set(OTHER)
    assert till.receipt.bits.shown == str(sum(map(len, printed)))


# ---- pictures ------------------------------------------------------------------------------------


def test_the_message_is_read_back_below_its_codewords() -> None:
    menu = Menu(FACTS)
    for word, order, tile in zip(menu.read, ORDERS, menu.messages[1].tiles, strict=True):
        assert word.text == DRINKS[order]
        assert word.get_x() == pytest.approx(tile.get_x())
        assert len(tile.bits) == len(OTHER[order])


def test_the_averages_line_is_as_high_as_the_area() -> None:
    shown = drinks_bill(width=6.0, bit=1.0, most_bits=3, weights=Q_PMF)
    level = LevelReadout(shown)
    for weights, average in ((Q_PMF, 1.75), (P_PMF, 2.625)):
        shown.set_bill(weights, shown.lengths)
        level.follow(shown)
        assert level.line.get_y() == pytest.approx(shown.at(0, average)[1])
        assert level.readout.number.shown == f"{average:.3f}"


@pytest.mark.parametrize(("share", "color"), [(0.0, MODEL), (0.5, None), (1.0, PROBABILITY)])
def test_widths_and_colour_of_the_strip_go_over_together(share: float, color: ManimColor | None) -> None:
    shown, seen = drinks_bill(width=6.0, bit=1.0, most_bits=3, weights=Q_PMF), list[float]()
    handed = hand_over(shown, P_PMF, lambda now: seen.append(now.area), [])
    handed.begin()
    handed.interpolate(share)
    reached = float(handed.rate_func(share))
    assert seen[-1] == pytest.approx(1.75 + reached * (2.625 - 1.75))
    assert shown.lengths == pytest.approx([3, 3, 2, 1])
    mixed = interpolate_color(MODEL, PROBABILITY, reached) if color is None else color
    assert all(segment.get_fill_color().to_hex() == mixed.to_hex() for segment in shown.strip.segments)


@pytest.mark.parametrize("coffee", [1 / 8, 0.3, 1 / 2, DRAG_END])
def test_columns_level_and_curve_of_the_bowl_agree(coffee: float) -> None:
    bowl = Bowl(FACTS)
    bowl.curve.place(coffee)
    bowl.follow(coffee)
    paid = price(list(P_PMF), list(believed(coffee)))
    assert bowl.bill.area == pytest.approx(paid)
    assert bowl.level.get_y() == pytest.approx(bowl.bill.at(0, paid)[1])
    assert bowl.level.get_end() == pytest.approx(bowl.curve.dot.get_center())
    assert bowl.number.shown == f"{paid:.3f}"
    assert bowl.q.values == pytest.approx(tuple(believed(coffee)))


def test_the_bowl_is_drawn_where_q_has_been_and_its_rims_are_the_rest() -> None:
    bowl = Bowl(FACTS)
    for coffee in (0.4, DRAG_END):
        bowl.follow(coffee)
    left, right = bowl.rims()
    assert bowl.trace.get_start() == pytest.approx(bowl.curve.point(1 / 8))
    assert bowl.trace.get_end() == pytest.approx(bowl.curve.point(DRAG_END))
    assert left.get_start() == pytest.approx(bowl.trace.get_start())
    assert right.get_start() == pytest.approx(bowl.trace.get_end())
    assert left.get_end() == pytest.approx(bowl.curve.point(BOWL[0]))
    assert right.get_end() == pytest.approx(bowl.curve.point(BOWL[1]))


def test_the_cards_bill_names_low_and_high_columns() -> None:
    cards = CardsBill(numbers_given(BLACK), numbers_given(RED))
    low, high = cards.groups
    assert low.get_x() == pytest.approx(cards.bill.at(0.35, 0)[0])
    assert high.get_x() == pytest.approx(cards.bill.at(0.85, 0)[0])
    assert cards.bill.area == pytest.approx(FACTS.number("cross_cards"))
