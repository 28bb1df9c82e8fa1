"""The film `slepian_wolf`: its numbers by a second route, and its pictures true to them."""

from __future__ import annotations

import math
from itertools import product

import numpy as np
import pytest

from scenes.messages.deck import deck_joint
from scenes.messages.slepian_wolf import SlepianWolf
from scenes.messages.slepian_wolf_facts import (
    BLOCK_SIZES,
    BLOCKS,
    ENOUGH,
    LENGTH,
    PLACE,
    SHORT,
    all_pairs,
    drawer,
    misread_blocks,
    partners,
    region,
    sent_numbers,
    text,
)
from scenes.messages.slepian_wolf_pictures import (
    X_WINDOW,
    Y_WINDOW,
    RateBars,
    SyndromeTable,
    TwoPeople,
    card_bill,
    card_chart,
)
from scenes.messages.slepian_wolf_sheets import (
    DRAWERS,
    SHEET_ROWS,
    SHEET_WIDTH,
    BlockSheets,
    Drawers,
    PairField,
    sheet_x,
)
from scenes.stage.theme import SAFE_BOTTOM, SAFE_LEFT, SAFE_RIGHT, WASTE
from scenes.stage.typeset import Maths

FACTS = SlepianWolf.compute_facts()


def places_xor(word: str) -> int:
    """The exclusive or of the numbers of the places that hold a one."""
    total = 0
    for place, bit in enumerate(word, 1):
        total ^= place * int(bit)
    return total


# ---- numbers ---------------------------------------------------------------------------------------


def test_the_example_by_exclusive_or_of_places() -> None:
    first, second = FACTS.shown("first"), FACTS.shown("second")
    assert [i for i in range(LENGTH) if first[i] != second[i]] == [PLACE - 1]
    assert int(FACTS.shown("sent"), 2) == places_xor(second)
    assert int(FACTS.shown("reader"), 2) == places_xor(first)
    assert int(FACTS.shown("place_bits"), 2) == PLACE == FACTS["place"].value


def test_counts_of_the_exact_case() -> None:
    words = ["".join(bits) for bits in product("01", repeat=LENGTH)]
    near = [(a, b) for a in words for b in words if sum(x != y for x, y in zip(a, b, strict=True)) <= 1]
    assert FACTS["readings"].value == len(words) == 128
    assert FACTS["pairs"].value == FACTS["decoded"].value == len(near) == 1024
    assert set(near) == {(text(a), text(b)) for a, b in zip(*all_pairs(), strict=True)}
    assert FACTS["both_bits"].value == math.log2(len(near)) == 10
    drawers = {n: [w for w in words if places_xor(w) == n] for n in range(DRAWERS)}
    assert {len(readings) for readings in drawers.values()} == {FACTS["in_drawer"].value} == {16}
    for n, readings in drawers.items():
        assert readings == [text(bits) for bits in drawer(n)]
    assert {places_xor(reading) for reading in partners(FACTS.shown("first"))} == set(range(DRAWERS))
    assert FACTS["answers"].value == FACTS["drawers"].value == 8
    assert FACTS["distance"].value == 3


def test_the_cards() -> None:
    assert FACTS.number("h_number_given_colour") == pytest.approx(2.9971, abs=5e-5)
    assert FACTS.number("h_colour_given_number") == pytest.approx(0.7042, abs=5e-5)
    assert FACTS.number("h_apart") == pytest.approx(4.2929, abs=5e-5)
    assert FACTS["kinds"].value == np.count_nonzero(deck_joint()) == 20
    assert SHORT < FACTS.number("h_number_given_colour") < ENOUGH < FACTS.number("h_number")
    shown = {name: float(FACTS.shown(name, ".4f")) for name in ("h_colour", "h_number", "h_both", "h_apart", "shared")}
    assert shown["h_colour"] + shown["h_number"] == pytest.approx(shown["h_apart"])
    assert shown["h_apart"] - shown["h_both"] == pytest.approx(shown["shared"])


def test_no_code_for_one_card_saves_anything() -> None:
    """Two numbers may share a codeword only if no colour allows both; each colour allows all of them."""
    allowed = deck_joint() > 0
    confused = {(a, b) for a, b in product(range(10), repeat=2) if a != b and (allowed[:, a] & allowed[:, b]).any()}
    assert len(confused) == 10 * 9


@pytest.mark.parametrize(("name", "rate"), [("enough", ENOUGH), ("short", SHORT)])
@pytest.mark.parametrize("i", range(len(BLOCK_SIZES)))
def test_simulated_blocks_are_misread_as_often_as_is_said(name: str, rate: float, i: int) -> None:
    share = misread_blocks(np.random.default_rng(i), BLOCK_SIZES[i], rate).mean()
    exact = FACTS.number(f"error_{name}_{i}")
    assert share == pytest.approx(exact, abs=4 * math.sqrt(exact * (1 - exact) / BLOCKS) + 1 / BLOCKS)


def test_mistakes_die_out_above_the_limit_and_take_over_below() -> None:
    above = [FACTS.number(f"error_enough_{i}") for i in range(len(BLOCK_SIZES))]
    below = [FACTS.number(f"error_short_{i}") for i in range(len(BLOCK_SIZES))]
    assert above == sorted(above, reverse=True)
    assert above[-1] < 0.01
    assert below[-1] > 0.9


# ---- pictures --------------------------------------------------------------------------------------


def test_bars_of_the_two_people_are_to_scale() -> None:
    people, bill = TwoPeople(FACTS), card_bill(FACTS)
    colour, number = (FACTS.number(name) for name in ("h_colour", "h_number"))
    assert people.bars[1].width / people.bars[0].width == pytest.approx(number / colour)
    assert bill.whole.width / bill.parts.width == pytest.approx(
        FACTS.number("h_both") / FACTS.number("h_apart"), abs=0.01
    )
    for picture in (people, bill):
        assert picture.get_left()[0] >= SAFE_LEFT - 0.02
        assert picture.get_right()[0] <= SAFE_RIGHT


def test_a_column_of_the_table_spells_its_place() -> None:
    table = SyndromeTable(FACTS)
    for place, column in enumerate(table.columns, 1):
        assert "".join(digit.source.text for digit in column if isinstance(digit, Maths)) == f"{place:03b}"
        assert column.get_x() == pytest.approx(table.second[place - 1].get_x())
        assert column.get_x() == pytest.approx(table.first[place - 1].get_x())


def test_the_field_lights_pair_by_pair_and_counts_those_that_came_back() -> None:
    field = PairField()
    assert set(sent_numbers().tolist()) == set(range(DRAWERS))
    for count in (0, 100, 1024):
        field.show_first(count)
        lit = sum(len(tiles.points) // 16 for tiles in field.sheet.tiles if tiles.get_fill_color() != WASTE)
        assert lit == count
        assert field.count.shown == f"{count:,d}"
    wrong = [tiles for tiles in field.sheet.tiles if tiles.get_fill_color() == WASTE]
    assert [len(tiles.points) for tiles in wrong] == [0]
    field.decoded[:3] = False
    field.show_first(10)
    assert field.count.shown == "7"


def test_every_reading_lies_in_the_drawer_that_its_syndrome_names() -> None:
    drawers = Drawers()
    assert len(drawers.of) == 128
    for reading, dots in drawers.of.items():
        label = drawers.labels[places_xor(reading)]
        assert dots.get_x() == pytest.approx(label.get_x())
        assert dots.get_bottom()[1] > SAFE_BOTTOM
    near = partners(FACTS.shown("first"))
    drawers.light(*near)
    bright = {
        name
        for name, dots in drawers.of.items()
        if dots.squares[0].get_fill_color() in {drawers.of[n].squares[0].get_fill_color() for n in near}
    }
    assert bright == set(near)


def test_the_chart_is_to_scale_and_holds_the_region() -> None:
    chart = card_chart()
    (left, top), (right, bottom) = region().corners
    assert X_WINDOW[0] < left < right < X_WINDOW[1]
    assert Y_WINDOW[0] < bottom < top < Y_WINDOW[1]
    edge = chart.edge.get_end() - chart.edge.get_start()
    assert edge[0] == pytest.approx(-edge[1])  # the sum is constant along it, and both axes have one scale
    assert edge[0] == pytest.approx(FACTS.number("shared") * chart.unit)
    assert len(chart.whole.get_vertices()) == 5


def test_the_point_runs_along_the_edge_while_the_sum_stays() -> None:
    chart, bars = card_chart(), RateBars(region().apart)
    sums = []
    move = chart.place(region().corners[1]).go(region().corners[0], follow=lambda rates: sums.append(sum(rates)))
    move.begin()
    for alpha in (0.25, 0.5, 1.0):
        move.interpolate(alpha)
        bars.show_rates(chart.rates)
        assert bars.numbers[2].shown == FACTS.shown("h_both", ".4f")
        assert chart.dot.get_center() == pytest.approx(chart.at(*chart.rates))
        assert chart.guides[0].get_end() == pytest.approx(chart.dot.get_center())
    assert sums == pytest.approx([FACTS.number("h_both")] * len(sums))
    assert chart.rates == pytest.approx(region().corners[0])


def test_sheets_show_the_share_that_was_misread() -> None:
    wrong = [(np.arange(BLOCKS) % (i + 2) == 0).astype(np.int64) for i in range(len(BLOCK_SIZES))]
    sheets = BlockSheets(wrong, SHEET_ROWS[0])
    for i, share in enumerate(sheets.shares):
        fill = sheets.fill(i)
        fill.begin()
        fill.interpolate(1.0)
        assert float(share.shown) == pytest.approx(100 * wrong[i].mean(), abs=0.05)
        red = next(tiles for tiles in sheets.sheets[i].tiles if tiles.get_fill_color() == WASTE)
        assert len(red.points) == 16 * wrong[i].sum()
    assert sheet_x(len(BLOCK_SIZES) - 1) + SHEET_WIDTH / 2 <= SAFE_RIGHT
