"""The film on code length: every number by a second route, every picture true to its numbers."""

from __future__ import annotations

import heapq
import math
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from functools import cache
from itertools import product

import numpy as np
import pytest
from manim import LEFT, RIGHT
from numpy.typing import NDArray

from infotheory import UNIT, FixedModel, arithmetic_decode, arithmetic_encode
from narration.fact import Facts
from narration.script import read_script
from scenes.entropy.code_length import MOST_BITS, CodeLength
from scenes.entropy.code_length_chart import FOOT, TOP, RateChart
from scenes.entropy.code_length_facts import COIN, DIE, FACE_NAMES, FLIPS, FLIPS_SEED, MESSAGE
from scenes.entropy.code_length_pictures import BIT, COLUMNS_WIDTH, Bill, BitColumns, die_line, interval_ends
from scenes.programme import LANGUAGE, ROOT
from scenes.stage.contract import contract_problems
from scenes.stage.interval_zoom import IntervalZoom, Zoom
from scenes.stage.message_stream import MessageStream
from scenes.stage.theme import CODE
from scenes.stage.typeset import Words


@cache
def facts() -> Facts:
    return CodeLength.compute_facts()


def huffman_cost(weights: Sequence[Fraction]) -> Fraction:
    """Expected length of Huffman's code: the sum of all merged weights."""
    heap, cost = list(weights), Fraction(0)
    heapq.heapify(heap)
    while len(heap) > 1:
        merged = heapq.heappop(heap) + heapq.heappop(heap)
        cost += merged
        heapq.heappush(heap, merged)
    return cost


def block_weights(p: Sequence[Fraction], n: int) -> list[Fraction]:
    return [math.prod(block, start=Fraction(1)) for block in product(p, repeat=n)]


# ---- facts -----------------------------------------------------------------------------------------


def test_script_and_scene_agree() -> None:
    script = read_script(ROOT / "narration" / LANGUAGE / "code_length.md", facts())
    assert contract_problems(CodeLength, script) == ()


def test_entropies_from_natural_logarithms() -> None:
    for name, p in (("h_die", DIE), ("h_coin", COIN)):
        nats = -sum(float(x) * math.log(x) for x in p)
        assert facts().number(name) == pytest.approx(nats / math.log(2), abs=1e-12)


def test_the_code_is_the_shortest_string_of_digits_inside_the_message() -> None:
    low, high = Fraction(0), Fraction(1)
    for symbol in MESSAGE:
        cuts = [low + (high - low) * sum(DIE[:k]) for k in range(len(DIE) + 1)]
        low, high = cuts[symbol], cuts[symbol + 1]

    def inside(bits: int) -> list[str]:
        size = 2**bits
        return [f"{k:0{bits}b}" for k in range(size) if low <= Fraction(k, size) and Fraction(k + 1, size) <= high]

    code = facts().shown("code", "bits")
    assert (float(low), float(high)) == (facts().number("start_4"), facts().number("end_4"))
    assert code in inside(len(code))
    assert inside(len(code) - 1) == []
    assert facts().number("s_message") == pytest.approx(math.log2(1 / (high - low)), abs=1e-12)
    assert facts().number("code_bits") < facts().number("s_message") + 2


def test_settled_digits_are_what_both_ends_share() -> None:
    for rolls in range(len(MESSAGE) + 1):
        start, end = facts()[f"start_{rolls}"].value, facts()[f"end_{rolls}"].value
        assert isinstance(start, Fraction)
        assert isinstance(end, Fraction)
        last = end - Fraction(1, 10**30)  # the interval is half-open
        expansions = [f"{int(x * 2**60):060b}" for x in (start, last)]
        same = next((k for k, pair in enumerate(zip(*expansions, strict=True)) if pair[0] != pair[1]), 60)
        assert facts().shown(f"settled_{rolls}", "") == expansions[0][:same]


def test_costs_of_codes_for_rolls() -> None:
    lengths = [math.ceil(math.log2(1 / p)) for p in DIE]
    assert facts().number("shannon") == float(sum(p * n for p, n in zip(DIE, lengths, strict=True)))
    assert facts()["shannon_room"].value == sum(Fraction(1, 2**n) for n in lengths)
    assert facts().number("huffman") == float(huffman_cost(DIE))
    assert facts().number("pairs") == float(huffman_cost(block_weights(DIE, 2)) / 2)
    assert (
        facts().number("h_die") <= facts().number("huffman") <= facts().number("shannon") < facts().number("h_die") + 1
    )


def test_blocks_approach_the_entropy_but_not_steadily() -> None:
    rates = [facts().number(f"block_{n}") for n in range(1, 9)]
    expected = [float(huffman_cost(block_weights(COIN, n)) / n) for n in range(1, 9)]
    assert rates == pytest.approx(expected, abs=1e-12)
    floor = facts().number("h_coin")
    assert all(floor <= rate < floor + 1 / n for n, rate in enumerate(rates, 1))
    assert rates[:6] == sorted(rates[:6], reverse=True)
    assert rates[5] < rates[6] < rates[7]


def test_the_coder_gives_the_flips_back_and_loses_less_than_two_bits() -> None:
    flips = (np.random.default_rng(FLIPS_SEED).random(FLIPS) >= 0.9).astype(int).tolist()
    digits = arithmetic_encode(flips, FixedModel([9, 1]))
    assert arithmetic_decode(digits, FixedModel([9, 1]), FLIPS) == flips
    tails = sum(flips)
    surprise = tails * math.log2(10) + (FLIPS - tails) * math.log2(10 / 9)
    assert facts().number("flips_code") == len(digits)
    assert facts().number("flips_surprise") == pytest.approx(surprise, abs=1e-5)
    assert 0 <= len(digits) - surprise < 2


def test_displayed_sums_add_up() -> None:
    shown = {name: Decimal(facts().shown(name, ".3f")) for name in ("s_one", "s_two", "s_message", "s_rounding")}
    prices = [shown[f"s_{FACE_NAMES[symbol]}"] for symbol in MESSAGE]
    assert sum(prices) == shown["s_message"]
    assert shown["s_message"] + shown["s_rounding"] == facts().number("code_bits")
    p, q = Decimal(facts().shown("p_one", ".1f")), Decimal(facts().shown("p_others", ".1f"))
    assert round(p * shown["s_one"] + q * shown["s_two"], 3) == Decimal(facts().shown("h_die", ".3f"))
    factors = [Decimal(facts().shown(f"p_{FACE_NAMES[symbol]}", ".1f")) for symbol in MESSAGE]
    assert math.prod(factors) == Decimal(facts().shown("width", ".4f"))


# ---- pictures --------------------------------------------------------------------------------------


def test_the_bill_is_drawn_to_scale() -> None:
    bill = Bill(facts())
    unit = bill.ruler.unit
    widths = [float(price[0].width) / unit for price in bill.prices]
    assert widths == pytest.approx([facts().number(f"s_{FACE_NAMES[symbol]}") for symbol in MESSAGE], abs=1e-6)
    assert bill.fragment.width / unit == pytest.approx(facts().number("s_message") % 1, abs=1e-6)
    assert bill.rest[0].get_right()[0] == pytest.approx(bill.cells[-1].get_right()[0])


def test_columns_have_the_entropy_as_their_area() -> None:
    columns = BitColumns([facts().number(f"s_{name}") for name in FACE_NAMES])
    area = sum(float(column[0].width * column[0].height) for column in columns.columns)
    assert area / (COLUMNS_WIDTH * BIT) == pytest.approx(facts().number("h_die"), abs=1e-6)
    columns.set_lengths([2, 3, 3, 3])
    area = sum(float(part.width * part.height) for column in columns.columns for part in column[:2])
    assert area / (COLUMNS_WIDTH * BIT) == pytest.approx(facts().number("shannon"), abs=1e-6)


@pytest.mark.parametrize("window", [(0.0, 1.0), (0.465, 0.5)])
def test_bars_are_as_high_as_their_rates_within_the_window_and_broken_beyond(window: tuple[float, float]) -> None:
    chart = RateChart(facts()).look(*window)
    for rate, parts, broken, number in zip(chart.rates, chart.parts, chart.breaks, chart.numbers, strict=True):
        share = (min(rate, window[1]) - window[0]) / (window[1] - window[0])
        top = max(float(part.get_top()[1]) for part in parts)
        assert top == pytest.approx(FOOT + share * (TOP - FOOT), abs=1e-6)
        assert all((stroke.get_stroke_opacity() > 0) == (rate > window[1]) for stroke in broken)
        assert all(glyph.get_fill_opacity() == 1 for glyph in number)
        assert number.get_y() > top
    floor = (chart.floor - window[0]) / (window[1] - window[0])
    assert chart.edge.get_y() == pytest.approx(FOOT + floor * (TOP - FOOT), abs=1e-6)


# ---- the line that zooms ---------------------------------------------------------------------------


def line() -> IntervalZoom:
    return die_line(facts())


def finish(zoom: Zoom) -> None:
    zoom.begin()
    zoom.finish()


def test_pieces_are_as_wide_as_their_probabilities_before_and_after_a_zoom() -> None:
    zoomed = line()
    for rolls, symbol in enumerate(MESSAGE, 1):
        finish(zoomed.zoom(symbol, interval_ends(facts(), rolls)))
        widths = [float(slab.box.width / zoomed.frame.width) for slab in zoomed.pieces]
        assert widths == pytest.approx([float(p) for p in DIE], abs=1e-6)
        assert zoomed.settled == facts().shown(f"settled_{rolls}", "")
        zoomed.advance()
    assert zoomed.interval.width == math.prod(DIE[symbol] for symbol in MESSAGE)


def test_halfway_through_a_zoom_half_of_the_surprise_is_paid() -> None:
    zoomed = line()
    zoom = zoomed.zoom(1, ("0.4", "0.6"))
    view = zoom.view(0.5)
    assert float(view.width) == pytest.approx(math.sqrt(0.2))
    assert view.contains(zoomed.interval)


def test_a_digit_stands_under_the_numbers_that_have_it() -> None:
    zoomed = line()
    finish(zoomed.zoom(0, ("0", "0.4")))
    cell = zoomed.rows[1].cells["01"]  # the numbers from 1/4 to 1/2, of which 1/4 to 2/5 are in view
    left = zoomed.frame.get_left()[0]
    assert (cell.box.get_left()[0] - left) / zoomed.frame.width == pytest.approx(0.25 / 0.4, abs=1e-6)
    assert cell.box.get_right()[0] == pytest.approx(zoomed.frame.get_right()[0])


def test_a_symbol_without_surprise_leaves_the_view_as_it_is() -> None:
    sure = IntervalZoom([1], label=lambda _: Words("x"), ends=("0", "1"))
    zoom = sure.zoom(0, ("0", "1"))
    assert zoom.view(0.5) == UNIT


# ---- the message that runs by ----------------------------------------------------------------------


def stream(symbols: Sequence[int] | NDArray[np.int64]) -> MessageStream:
    prices = [facts().number(f"s_{name}") for name in FACE_NAMES]
    colors = [CODE] * len(DIE)
    return MessageStream(symbols, prices, colors=colors, bit=BIT, most_bits=MOST_BITS, counts={1: "1"})


def test_the_average_so_far_is_the_mean_of_the_surprises_so_far() -> None:
    symbols = np.random.default_rng(7).integers(0, len(DIE), 200)
    running = stream(symbols)
    prices = np.log2(1 / np.array([float(DIE[symbol]) for symbol in symbols]))
    for count in (1, 2, 50, 200):
        assert running.average(count) == pytest.approx(prices[:count].mean())
        running.show_first(count)
        height = (running.chart.dot.get_y() - running.chart.x_axis.get_y()) / BIT
        assert height == pytest.approx(prices[:count].mean(), abs=1e-6)


def test_a_long_message_settles_on_the_entropy() -> None:
    symbols = np.random.default_rng(1).choice(len(DIE), 20_000, p=[float(p) for p in DIE])
    assert stream(symbols).average(20_000) == pytest.approx(facts().number("h_die"), abs=0.02)


def test_the_sheet_holds_one_tile_a_symbol_and_gathers_equal_ones() -> None:
    symbols = np.array([2, 0, 1, 0] * 25)
    sheet = stream(symbols).sheet
    sheet.show_first(100, gathered=1.0)
    counts = [len(tiles.points) // 16 for tiles in sheet.tiles]
    assert counts == [50, 25, 25, 0]
    edges = [(tiles.get_edge_center(LEFT)[0], tiles.get_edge_center(RIGHT)[0]) for tiles in sheet.tiles[:3]]
    assert edges[0][0] == pytest.approx(sheet.area.get_left()[0])
    column = sheet.area.width / 40
    assert edges[1][0] >= edges[0][1] - column
    assert edges[2][0] >= edges[1][1] - column


def test_a_message_of_one_symbol_has_no_running_average() -> None:
    with pytest.raises(ValueError, match="at least two symbols"):
        stream([0])
