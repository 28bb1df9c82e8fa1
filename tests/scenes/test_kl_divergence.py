"""The film `kl_divergence`: its numbers by a second route, and its pictures true to them."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import entropy as scipy_entropy

from infotheory import binary_entropy, descend_covering, descend_picking, divergence_to_mixture, match_moments
from narration.script import read_script
from scenes.messages.kl_divergence import LONGEST, KlDivergence
from scenes.messages.kl_divergence_coins import (
    BEYOND,
    BIT,
    FOOT,
    TALLEST,
    CoinPrices,
    WasteBar,
    bill_line,
    divergence_name,
)
from scenes.messages.kl_divergence_facts import (
    BELIEF,
    CODE_WORDS,
    FAIR,
    HUMPS,
    LENGTHS,
    RATIOS,
    START,
    TRUTH,
    coin_waste,
)
from scenes.messages.kl_divergence_pictures import UNIT, CodewordRows, Scales, along
from scenes.programme import concept
from scenes.stage.contract import contract_problems
from scenes.stage.theme import SAFE_RIGHT

FACTS = KlDivergence.compute_facts()
chances = st.floats(0.001, 0.999)


def waste(p: float, q: float) -> float:
    """D of two coins from SciPy."""
    return float(scipy_entropy([p, 1 - p], [q, 1 - q], base=2))


# ---- numbers -------------------------------------------------------------------------------------


def test_the_bill_of_the_letters_in_exact_fractions() -> None:
    assert [len(word) for word in CODE_WORDS] == list(LENGTHS) == [3, 3, 2, 1]
    assert FAIR == (1, 2, 3, 3)
    bill = sum(p * length for p, length in zip(TRUTH, LENGTHS, strict=True))
    fair = sum(p * int(bits) for p, bits in zip(TRUTH, FAIR, strict=True))
    assert (bill, fair) == (Fraction(21, 8), Fraction(7, 4))
    assert FACTS.number("bill") == pytest.approx(float(bill))
    assert FACTS.number("fair") == pytest.approx(float(fair))
    assert FACTS.number("waste") == pytest.approx(float(bill - fair))
    assert [FACTS.shown(name, ".3f") for name in ("bill", "fair", "waste")] == ["2.625", "1.750", "0.875"]


@pytest.mark.parametrize(
    ("name", "p", "q", "shown"),
    [
        ("half_nine", 0.5, 0.9, "0.7370"),
        ("nine_half", 0.9, 0.5, "0.5310"),
        ("half_tenth", 0.5, 0.1, "0.7370"),
        ("half_quarter", 0.5, 0.25, "0.2075"),
        ("quarter_tenth", 0.25, 0.1, "0.1332"),
    ],
)
def test_wastes_between_coins(name: str, p: float, q: float, shown: str) -> None:
    assert FACTS.number(f"d_{name}") == pytest.approx(waste(p, q))
    assert FACTS.shown(f"d_{name}", ".4f") == shown


def test_the_detour_is_shorter_and_adds_up_as_displayed() -> None:
    steps = [FACTS.shown(f"d_{name}", ".4f") for name in ("half_quarter", "quarter_tenth")]
    assert sum(map(Fraction, steps)) == Fraction(FACTS.shown("d_detour", ".4f")) == Fraction("0.3407")
    assert FACTS.number("d_detour") < FACTS.number("d_half_tenth") / 2


def test_the_coins_bill_less_its_fair_price_as_displayed() -> None:
    bill, fair, rest = (Fraction(FACTS.shown(name, ".4f")) for name in ("coin_bill", "coin_fair", "d_half_nine"))
    assert bill - fair == rest
    heads, tails = FACTS.number("heads_cost"), FACTS.number("tails_cost")
    assert FACTS.number("coin_bill") == pytest.approx((heads + tails) / 2)
    assert (2**-heads, 2**-tails) == pytest.approx((0.9, 0.1))


def test_a_zero_costs_infinity() -> None:
    assert FACTS["d_zero"].value == np.inf == waste(0.5, 0)
    assert FACTS.shown("d_zero", ".1f") == "∞"


def test_the_proofs_sums() -> None:
    p, x = np.array(TRUTH, dtype=float), np.array(RATIOS, dtype=float)
    assert FACTS["tangent_sum"].value == sum(BELIEF) - sum(TRUTH) == 0
    assert FACTS.number("log_sum") == pytest.approx(float(p @ np.log(x)))
    assert FACTS.number("log_sum") / np.log(2) == pytest.approx(-FACTS.number("waste"))
    assert (np.log(x) <= x - 1).all()


def test_the_descents_that_are_shown_end_at_the_numbers_that_are_told() -> None:
    cover, pick = descend_covering(HUMPS, START)[-1], descend_picking(HUMPS, START)[-1]
    best = match_moments(HUMPS)
    assert (cover.mean, cover.deviation) == pytest.approx((best.mean, best.deviation), abs=1e-3)
    assert FACTS.shown("d_cover", ".3f") == "0.801"
    assert f"{divergence_to_mixture(pick, HUMPS):.3f}" == FACTS.shown("d_pick", ".3f") == "0.998"
    # What the pictures claim: one spans both humps, the other lies on one.
    assert cover.mean - cover.deviation < HUMPS.humps[0].mean < HUMPS.humps[1].mean < cover.mean + cover.deviation
    assert (pick.mean, pick.deviation) == pytest.approx((HUMPS.humps[1].mean, HUMPS.humps[1].deviation), abs=0.01)


# ---- pictures ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def prices() -> CoinPrices:
    return CoinPrices(0.5, 0.9, ends=("0", "1"))


@given(chances, chances)
def test_the_line_is_the_bill_and_touches_the_curve_only_at_the_belief(p: float, q: float) -> None:
    (x0, y0), (x1, y1) = bill_line(q, 1e9)
    assert (x0, x1) == (0, 1)
    bill = y0 + p * (y1 - y0)
    assert bill - float(binary_entropy(p)) == pytest.approx(waste(p, q), abs=1e-9)
    assert y0 + q * (y1 - y0) == pytest.approx(float(binary_entropy(q)))


@given(st.floats(0, 1))
def test_the_line_stays_below_its_ceiling(q: float) -> None:
    ends = bill_line(q, TALLEST)
    assert all(0 <= x <= 1 and -1e-9 <= bits <= TALLEST + 1e-9 for x, bits in ends)
    full = bill_line(q, 1e9)
    if 0 < q < 1:
        slopes = [(b[1] - a[1]) / (b[0] - a[0]) for a, b in (ends, full)]
        assert slopes[0] == pytest.approx(slopes[1], abs=1e-6)


@pytest.mark.parametrize(("p", "q"), [(0.5, 0.9), (0.9, 0.5), (0.25, 0.1), (0.7, 0.7)])
def test_the_gap_is_as_high_as_the_waste(prices: CoinPrices, p: float, q: float) -> None:
    prices.set_coins(p, q)
    assert prices.gap.height == pytest.approx(BIT * waste(p, q), abs=1e-9)
    assert prices.gap.get_bottom()[1] == pytest.approx(prices.truth.get_y())
    assert prices.gap.get_x() == pytest.approx(prices.at(p, 0)[0])
    assert prices.touch.get_center() == pytest.approx(prices.at(q, float(binary_entropy(q))))
    assert all(mark[1].get_right()[0] < SAFE_RIGHT for mark in (prices.p_mark, prices.q_mark))


def test_the_gap_leaves_the_frame_and_the_line_stands_upright(prices: CoinPrices) -> None:
    prices.set_coins(0.5, 0.0, ceiling=BEYOND)
    assert prices.gap.get_top()[1] > 4
    assert prices.bill.width == pytest.approx(0)
    assert prices.bill.get_x() == pytest.approx(prices.at(0, 0)[0])
    # The last step of the way to zero is too small to be seen: a 1080th of the frame's height is a pixel.
    upright = prices.bill.get_x()
    prices.set_coins(0.5, 2.0**-LONGEST, ceiling=BEYOND)
    assert prices.bill.get_right()[0] - upright < 3 * 8 / 1080


def test_bars_have_the_scale_of_the_chart_and_stand_on_its_foot() -> None:
    names = [divergence_name("0.5", "0.25"), divergence_name("0.25", "0.1", before="+")]
    bar = WasteBar([0.2, 0.3], ["0.2", "0.3"], names, -3.0, total="0.5")
    assert [part.height for part in bar.parts] == pytest.approx([0.2 * BIT, 0.3 * BIT])
    assert bar.parts[0].get_bottom()[1] == pytest.approx(FOOT)
    assert bar.parts[1].get_bottom()[1] == pytest.approx(bar.parts[0].get_top()[1])


def signed_area(column: Any, zero: float) -> float:
    """Width times height of a column, negative when it hangs below the line."""
    sign = 1 if column.get_y() > zero else -1
    return float(sign * column.width * column.height)


def test_columns_balance_until_they_sink_to_the_waste() -> None:
    scales = Scales()
    zero, width = scales.line.get_y(), scales.line.width

    def total() -> float:
        return sum(signed_area(column, zero) for column in scales.columns) / (width * UNIT)

    assert total() == pytest.approx(0, abs=1e-9)
    scales.set_heights([float(np.log(float(x))) for x in RATIOS])
    assert total() == pytest.approx(FACTS.number("log_sum"))


def test_codeword_and_belief_belong_together() -> None:
    rows: Any = CodewordRows(0.25, lambda q: coin_waste(0.5, q))
    assert rows.set_codeword(3.0) == 0.125
    assert [row.number.shown for row in rows] == ["0.1250", "3.00", f"{waste(0.5, 0.125):.2f}"]
    assert rows.set_codeword(np.inf) == 0
    assert [row.number.shown for row in rows] == ["0.0000", "∞", "∞"]


def test_a_hump_walks_all_steps_from_first_to_last() -> None:
    steps = descend_picking(HUMPS, START)
    assert along(steps, 0.0).mean == pytest.approx(steps[0].mean)
    assert along(steps, 1.0).deviation == pytest.approx(steps[-1].deviation)
    points = [along(steps, share) for share in np.linspace(0, 1, 400)]
    moves = [np.hypot(b.mean - a.mean, np.log(b.deviation / a.deviation)) for a, b in pairwise(points)]
    for step in steps:
        distances = [np.hypot(q.mean - step.mean, np.log(q.deviation / step.deviation)) for q in points]
        assert min(distances) <= max(moves)


def test_script_and_scene_agree() -> None:
    script = read_script(concept("kl_divergence").script_path, FACTS)
    assert contract_problems(KlDivergence, script) == ()
    assert 220 <= sum(len(beat.spoken.split()) for beat in script.beats) <= 400
