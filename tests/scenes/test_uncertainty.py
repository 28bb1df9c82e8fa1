"""The film `uncertainty`: each number by a second route, sums that add up as displayed, pictures true to scale."""

from __future__ import annotations

import math
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import stats

from infotheory import ProbabilityError, mutual_information, running_average
from narration.script import read_script
from scenes.entropy.uncertainty import Uncertainty
from scenes.entropy.uncertainty_facts import (
    FACES,
    FAVOURITE,
    P_FIRST,
    P_SECOND,
    POCKETS,
    THREE,
    all_facts,
    halving_path,
    neighbours,
    rigged,
)
from scenes.entropy.uncertainty_pictures import CHART_WIDTH, Scale, SurpriseColumns, sun
from scenes.stage.contract import contract_problems
from scenes.stage.die import PIPS, Die
from scenes.stage.entropy_meter import EntropyMeter
from scenes.stage.roulette_wheel import EUROPEAN_ORDER, RouletteWheel

SCRIPT = Path(__file__).parents[2] / "narration" / "en" / "uncertainty.md"
FACTS = all_facts()


def bits(p: list[float] | NDArray[np.float64]) -> float:
    """Entropy by SciPy's statistics, which the math module does not use."""
    return float(stats.entropy(p, base=2))


def polygon_area(points: NDArray[np.float64]) -> float:
    """Shoelace formula over the corners."""
    x, y = points[:, 0], points[:, 1]
    return float(abs(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1))) / 2)


def shown(name: str, spec: str) -> Decimal:
    return Decimal(FACTS.shown(name, spec))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("h_die", math.log2(6)),
        ("h_wheel", math.log2(37)),
        ("h_certain", 0),
        ("s_sun", -math.log2(0.9999)),
        ("s_none", 4 * math.log2(10)),
        ("h_sunrise", bits([0.9999, 0.0001])),
        ("h_first", bits([0.1, 0.9])),
        ("h_second", bits([0.7, 0.3])),
        ("h_mixed", bits([0.4, 0.6])),
        ("h_three", bits(list(THREE))),
        ("room_three", math.log2(3)),
        ("nats_per_bit", math.log(2)),
        ("hartleys_per_bit", math.log10(2)),
    ],
)
def test_fact_by_a_second_route(name: str, value: float) -> None:
    assert FACTS.number(name) == pytest.approx(value, abs=1e-11)


@pytest.mark.parametrize(("count", "name"), [(FACES, "die"), (POCKETS, "wheel")])
def test_halving_asks_as_many_questions_as_the_best_code_has_bits(count: int, name: str) -> None:
    questions = {len(halving_path(count, target)) for target in range(count)}
    assert questions == {FACTS.number(f"{name}_fewest"), FACTS.number(f"{name}_most")}
    assert math.floor(FACTS.number(f"h_{name}")) == min(questions)


def test_halving_path_keeps_the_target_and_halves() -> None:
    path = [range(POCKETS), *halving_path(POCKETS, 2)]
    assert all(2 in left for left in path)
    assert all(abs(len(a) - 2 * len(b)) <= 1 for a, b in pairwise(path))
    assert len(path[-1]) == 1


def test_rigged_wheel_passes_the_die_and_ends_at_nothing() -> None:
    assert bits(rigged(FACTS.number("p_level"))) == pytest.approx(math.log2(6))
    entropies = [bits(rigged(chance)) for chance in np.linspace(1 / POCKETS, 1, 50)]
    assert all(a > b for a, b in pairwise(entropies))
    assert entropies[0] == pytest.approx(math.log2(37))
    assert entropies[-1] == 0


def test_six_even_pockets_are_a_die() -> None:
    p = neighbours(EUROPEAN_ORDER, FACES)
    assert p[FAVOURITE] == pytest.approx(1 / 6)
    assert bits(p) == pytest.approx(math.log2(6))


def test_displayed_sums_add_up() -> None:
    assert shown("term_sun", ".5f") + shown("term_none", ".5f") == shown("h_sunrise", ".5f")
    assert shown("h_average", ".3f") + shown("gap", ".3f") == shown("h_mixed", ".3f")
    assert (shown("h_first", ".3f") + shown("h_second", ".3f")) / 2 == shown("h_average", ".3f")


@pytest.mark.parametrize(("p", "s", "term"), [("0.9999", ".5f", "sun"), ("0.0001", ".2f", "none")])
def test_displayed_products_multiply(p: str, s: str, term: str) -> None:
    product = Decimal(p) * shown(f"s_{term}", s)
    assert product.quantize(Decimal("0.00001")) == shown(f"term_{term}", ".5f")


def test_gap_is_what_the_flip_tells_about_the_coin() -> None:
    joint = [[P_FIRST / 2, (1 - P_FIRST) / 2], [P_SECOND / 2, (1 - P_SECOND) / 2]]
    assert FACTS.number("gap") == pytest.approx(mutual_information(joint, 0, 1))


def test_the_share_of_heads_settles() -> None:
    random = np.random.default_rng(1)
    coin = np.where(random.integers(0, 2, 20_000) == 1, P_SECOND, P_FIRST)
    share = running_average(random.random(20_000) < coin)
    assert abs(share[-1] - FACTS.number("p_mixed")) < 0.02


# ---- pictures ------------------------------------------------------------------------------------


@pytest.mark.parametrize("chance", [1 / POCKETS, 0.5, 0.97])
def test_sectors_are_as_large_as_they_are_likely(chance: float) -> None:
    wheel = RouletteWheel(rigged(chance), radius=2.0, hub=1.0, top=FAVOURITE).shift((1.0, -0.5, 0.0))
    areas = np.array([polygon_area(sector.get_start_anchors()) for sector in wheel.sectors])
    ring = math.pi * (2.0**2 - 1.0**2)
    assert areas / ring == pytest.approx(rigged(chance), abs=2e-4)
    start, end = wheel.extent(FAVOURITE)
    assert start == pytest.approx(-end)


def test_pockets_follow_each_other_around_the_wheel() -> None:
    wheel = RouletteWheel()
    ends = [wheel.extent(number) for number in EUROPEAN_ORDER]
    assert all(a[1] == pytest.approx(b[0]) for a, b in pairwise(ends))
    assert ends[-1][1] - ends[0][0] == pytest.approx(1)


def test_number_is_hidden_where_it_has_no_room() -> None:
    wheel = RouletteWheel(radius=2.65)
    assert all(number.get_fill_opacity() == 1 for number in wheel.numbers)
    wheel.set_distribution(rigged(0.9))
    assert wheel.numbers[FAVOURITE].get_fill_opacity() == 1
    assert wheel.numbers[0].get_fill_opacity() == 0


def test_pocket_without_probability_has_no_sector() -> None:
    wheel = RouletteWheel(rigged(1.0))
    assert polygon_area(wheel.sectors[0].get_start_anchors()) == pytest.approx(0, abs=1e-9)
    assert wheel.distribution[FAVOURITE] == 1


def test_wheel_refuses_what_is_no_distribution() -> None:
    with pytest.raises(ProbabilityError):
        RouletteWheel(np.full(POCKETS, 0.1))
    with pytest.raises(ValueError, match="37 pockets"):
        RouletteWheel([0.5, 0.5])
    with pytest.raises(ValueError, match="in some order"):
        RouletteWheel([0.5, 0.5], order=(1, 2))


def test_die_faces_have_their_pips_and_one_size() -> None:
    die = Die(side=0.5)
    assert [len(face) - 1 for face in die.faces] == list(PIPS) == [len(pips) for pips in PIPS.values()]
    assert {round(face.tile.width, 9) for face in die.faces} == {0.5}
    lit = die.highlight(5, 6).faces
    assert lit[4].tile.get_fill_color() == lit[5].tile.get_fill_color() != lit[0].tile.get_fill_color()


def test_meter_is_to_scale_and_says_what_it_shows() -> None:
    meter = EntropyMeter(POCKETS, unit=0.5)
    meter.set_entropy(2.0)
    assert meter.bar.segments[0].width == pytest.approx(1.0)
    assert meter.bar.frame.width == pytest.approx(0.5 * math.log2(POCKETS))
    assert meter.number.shown == "2.0000"
    with pytest.raises(ValueError, match="does not fit"):
        meter.set_entropy(6.0)
    with pytest.raises(ValueError, match="two outcomes"):
        EntropyMeter(1)


@pytest.mark.parametrize("p", [0.5, 0.9, 0.99])
def test_area_of_the_columns_is_the_entropy(p: float) -> None:
    columns = SurpriseColumns(p, [sun(True), sun(False)], unit=0.6)
    area = sum(polygon_area(column.get_start_anchors()) for column in columns.columns)
    assert area / (CHART_WIDTH * 0.6) == pytest.approx(bits([p, 1 - p]))


def test_one_bit_is_equally_long_on_every_scale() -> None:
    scales = [Scale(3, per_bit, "unit", "1", 0.0) for per_bit in (1.0, math.log(2))]
    assert scales[0].amount.width == pytest.approx(scales[1].amount.width)
    assert scales[1].ruler.point(math.log(2))[0] == pytest.approx(scales[1].amount.get_right()[0])


def test_script_and_scene_agree() -> None:
    script = read_script(SCRIPT, FACTS)
    assert contract_problems(Uncertainty, script) == ()
    assert 220 <= sum(len(beat.spoken.split()) for beat in script.beats) <= 400
