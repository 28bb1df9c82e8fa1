"""The film `binomial`: every number by a second route, and pictures that are true to them."""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from scipy.stats import binom

from narration.fact import Facts
from scenes.entropy.binomial_crowd import CoinStrip, flip_coins, make_chart, set_flips
from scenes.entropy.binomial_derivation import Derivation
from scenes.entropy.binomial_facts import COINS, EPSILON, FLIPS, SMALL_N, STOPS, P, binomial_facts
from scenes.entropy.binomial_pictures import BAR_LEFT, BAR_WIDTH, column_places, count_rows, limit_line, make_columns
from scenes.stage.bar_chart import BarChart
from scenes.stage.bit_column import BitColumn, sequences
from scenes.stage.pascal_triangle import PascalTriangle, pascal_rows
from scenes.stage.probability_bar import ProbabilityBar


@pytest.fixture(scope="module")
def facts() -> Facts:
    """The film's numbers."""
    return binomial_facts()


def test_ways_are_the_arrangements_of_the_given_flips(facts: Facts) -> None:
    heads = FLIPS.count("1")
    arrangements = sum(sum(flips) == heads for flips in product((0, 1), repeat=len(FLIPS)))
    assert facts["ways"].value == arrangements
    assert (facts["flips"].value, facts["heads"].value) == (len(FLIPS), heads)


def test_columns_of_the_small_example_by_listing_every_sequence(facts: Facts) -> None:
    outcomes = [P, 1 - P]
    for k in range(SMALL_N + 1):
        members = [s for s in product((1, 0), repeat=SMALL_N) if sum(s) == k]
        weights = {math.prod(outcomes[1 - flip] for flip in s) for s in members}
        assert weights == {facts[f"weight_{k}"].value}
        assert facts[f"count_{k}"].value == len(members)
        assert facts[f"mass_{k}"].value == len(members) * weights.pop()
    assert sum(Fraction(facts[f"mass_{k}"].value) for k in range(SMALL_N + 1)) == 1


def test_masses_add_up_and_multiply_as_displayed(facts: Facts) -> None:
    def shown(name: str) -> Fraction:
        return Fraction(facts.shown(name, ".4f"))

    assert sum(shown(f"mass_{k}") for k in range(SMALL_N + 1)) == 1
    for k in range(SMALL_N + 1):
        assert int(facts.shown(f"count_{k}")) * shown(f"weight_{k}") == shown(f"mass_{k}")


def test_heaviest_tile_is_not_in_the_heaviest_column(facts: Facts) -> None:
    ks = range(SMALL_N + 1)
    assert max(ks, key=lambda k: facts.number(f"weight_{k}")) == SMALL_N
    assert max(ks, key=lambda k: facts.number(f"mass_{k}")) == SMALL_N - 1


def test_mass_near_p_is_a_sum_over_the_binomial_distribution(facts: Facts) -> None:
    shares = []
    for i, n in enumerate(STOPS, 1):
        near = [k for k in range(n + 1) if abs(Fraction(k, n) - P) <= EPSILON]
        share = float(np.sum(binom.pmf(near, n, float(P))))
        assert facts.number(f"near_{i}") == pytest.approx(share, abs=1e-9)
        shares.append(round(share, 3))
    assert shares == [0.267, 0.256, 0.531, 0.972]
    assert shares[1] < shares[0] < shares[2] < shares[3], "the script says: a little less, then more"


def test_bits_of_a_column_by_exact_integers(facts: Facts) -> None:
    rates = []
    for i, n in enumerate(STOPS, 1):
        k = n * 7 // 10
        count = math.comb(n, k)
        assert facts[f"k_{i}"].value == k
        assert facts.number(f"bits_{i}") == pytest.approx(_log2(count), rel=1e-9)
        rates.append(facts.number(f"rate_{i}"))
    assert [round(rate, 4) for rate in rates] == [0.6907, 0.8460, 0.8761, 0.8806]
    assert rates == sorted(rates)
    assert rates[-1] < facts.number("entropy")


def _log2(whole: int) -> float:
    """Binary logarithm of a whole number too large for a float."""
    shift = max(0, whole.bit_length() - 60)
    return math.log2(whole >> shift) + shift


def test_powers_and_rates_agree_as_displayed(facts: Facts) -> None:
    for i, (n, decimals) in enumerate(zip(STOPS, (3, 2, 1, 0), strict=True), 1):
        power, rate = Fraction(facts.shown(f"bits_{i}", f".{decimals}f")), Fraction(facts.shown(f"rate_{i}", ".4f"))
        assert power / n == rate


def test_entropy_is_the_average_surprise(facts: Facts) -> None:
    average = 0.7 * math.log2(1 / 0.7) + 0.3 * math.log2(1 / 0.3)
    assert facts.number("entropy") == pytest.approx(average, abs=1e-12)
    assert facts.shown("entropy", ".4f") == "0.8813"


@pytest.mark.parametrize("n", [1000, 100_000])
def test_derivation_holds_line_by_line(n: int) -> None:
    """Every line of the derivation has the value of the line above it; only Stirling changes it, by O(log n)."""
    p, k = 0.7, n * 7 // 10
    log, rest = math.log, n - k
    exact = math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(rest + 1)
    stirling = n * log(n) - n - k * log(k) + k - rest * log(rest) + n - k
    left_over = n * log(n) - k * log(k) - rest * log(rest)
    shares = n * log(n) - p * n * log(p * n) - (1 - p) * n * log((1 - p) * n)
    opened = n * log(n) - p * n * log(n) - n * log(n) + p * n * log(n)
    logs_of_p = -p * n * log(p) - (1 - p) * n * log(1 - p)
    assert stirling == pytest.approx(left_over, rel=1e-9)
    assert left_over == pytest.approx(shares, rel=1e-9)
    assert shares == pytest.approx(opened + logs_of_p, rel=1e-9)
    assert opened == pytest.approx(0, abs=1e-6)
    assert 0 < logs_of_p - exact < log(n)
    assert logs_of_p / (n * log(2)) == pytest.approx(-p * math.log2(p) - (1 - p) * math.log2(1 - p), abs=1e-12)


def test_derivation_keeps_its_columns_and_its_baseline() -> None:
    lines = Derivation()
    for line, columns in ((lines.logarithm, lines.stirling), (lines.logs_of_n, lines.shares)):
        assert line["lhs"].get_center() == pytest.approx(columns["lhs"].get_center(), abs=1e-3)
        for name in ("second", "third"):
            assert line[name].get_left()[0] == pytest.approx(columns[name].get_left()[0], abs=1e-6)


def test_triangle_counts_sequences() -> None:
    for n, row in enumerate(pascal_rows(10)):
        assert row == [math.comb(n, k) for k in range(n + 1)]
        assert n > 6 or row == [len(sequences(n, k)) for k in range(n + 1)]


def test_path_of_the_flips_ends_at_their_number_of_heads() -> None:
    triangle = PascalTriangle(len(FLIPS))
    assert len(triangle.follow([int(bit) for bit in FLIPS])) == len(FLIPS)
    for bit, start in ((0, (0, 0)), (1, (0, 0)), (1, (4, 2))):
        line = triangle.branches[*start, bit]
        assert np.sign(line.get_end()[0] - line.get_start()[0]) == (1 if bit else -1)
    assert triangle.counts[len(FLIPS)][FLIPS.count("1")] == math.comb(10, 7)


def test_triangle_refuses_a_sum_at_the_edge_and_a_row_of_wrong_length() -> None:
    triangle = PascalTriangle(3)
    with pytest.raises(ValueError, match="only one number above"):
        triangle.add_up(3, 0)
    with pytest.raises(ValueError, match="4 places"):
        triangle.shade(3, [0.5, 0.5])


def test_column_area_is_its_mass() -> None:
    scale = 5.0
    for k in range(SMALL_N + 1):
        weight = float(P**k * (1 - P) ** (SMALL_N - k))
        column = BitColumn(SMALL_N, k).stand_at(np.array([1.0, -1.0, 0.0])).weigh(scale * weight)
        boxes = [tile.box for tile in column.tiles]
        height = max(box.get_top()[1] for box in boxes) - min(box.get_bottom()[1] for box in boxes)
        assert height == pytest.approx(scale * math.comb(SMALL_N, k) * weight, rel=1e-6)
        assert column.foot == pytest.approx([1.0, -1.0, 0.0])


def test_column_of_impossible_sequences_is_refused() -> None:
    with pytest.raises(ValueError, match="has 5 ones"):
        BitColumn(4, 5)


def test_columns_stand_where_the_bars_that_they_become_stand() -> None:
    chart, columns = make_chart(("0", "0.7", "1")), make_columns(0.5)
    for k, (place, column) in enumerate(zip(column_places(), columns, strict=True)):
        assert chart.at(k / SMALL_N) == pytest.approx(place)
        assert column.foot == pytest.approx(place)
    widths = [bar[:, 0].max() - bar[:, 0].min() for bar in _bars(chart, "bright")]
    assert widths == pytest.approx([columns[0].tiles[0].box.width] * (SMALL_N + 1))


def _bars(chart: BarChart, which: str) -> list[np.ndarray[tuple[int, ...], np.dtype[np.float64]]]:
    """The points of each bar: sixteen of them, four curves."""
    points = (chart.bright if which == "bright" else chart.dark).points
    return list(points.reshape(-1, 16, 3))


@pytest.mark.parametrize("n", STOPS)
def test_bright_bars_are_the_mass_near_p(n: int) -> None:
    chart = set_flips(make_chart(("0", "0.7", "1")), n)
    bright, dark = ([bar[:, 1].max() - bar[:, 1].min() for bar in _bars(chart, which)] for which in ("bright", "dark"))
    share = sum(bright) / (sum(bright) + sum(dark))
    near = [k for k in range(n + 1) if abs(Fraction(k, n) - P) <= EPSILON]
    # Bars below half a pixel are not drawn.
    assert share == pytest.approx(np.sum(binom.pmf(near, n, 0.7)), abs=2e-3)


def test_chart_refuses_what_it_cannot_draw() -> None:
    with pytest.raises(ValueError, match="a height of zero or more"):
        BarChart().set_bars(np.array([0.0, 1.0]), np.array([0.5, -0.5]), pitch=0.5)
    with pytest.raises(ValueError, match="one above zero"):
        BarChart().set_bars(np.array([0.0]), np.array([0.0]), pitch=0.5)


def test_simulated_coins_agree_with_the_exact_mass(facts: Facts) -> None:
    strip = CoinStrip(make_chart(("0", "0.7", "1")), flip_coins(np.random.default_rng(5)), np.full(COINS, 0.5))
    for stop in range(len(STOPS)):
        exact = facts.number(f"near_{stop + 1}")
        error = math.sqrt(exact * (1 - exact) / COINS)
        assert strip.near(stop) == pytest.approx(exact, abs=4.5 * error)


def test_coins_are_flipped_on_and_not_begun_anew() -> None:
    heads = flip_coins(np.random.default_rng(6))
    assert heads.shape == (len(STOPS), COINS)
    new_flips = np.diff(STOPS)[:, None]
    assert ((np.diff(heads, axis=0) >= 0) & (np.diff(heads, axis=0) <= new_flips)).all()


def test_bars_of_the_counts_are_as_long_as_their_rates(facts: Facts) -> None:
    for i, row in enumerate(count_rows(facts), 1):
        bar: ProbabilityBar = row.bar
        assert bar.segments[0].width / bar.frame.width == pytest.approx(facts.number(f"rate_{i}"), rel=1e-6)
    line = limit_line(facts.number("entropy"))
    assert (line.get_x() - BAR_LEFT) / BAR_WIDTH == pytest.approx(facts.number("entropy"), rel=1e-6)
