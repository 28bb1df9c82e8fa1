"""The film `mutual_information`: each number by counting outcomes, sums that add up as displayed, pictures to scale."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Hashable, Iterable
from decimal import Decimal
from itertools import pairwise, product
from pathlib import Path

import numpy as np
import pytest

from narration.script import read_script
from scenes.messages.mutual_information import MutualInformation
from scenes.messages.mutual_information_facts import (
    DEALT,
    FEWEST,
    POCKETS,
    RED_POCKETS,
    Dealt,
    all_facts,
    coins_and_match,
    one_wheel,
    pocket_colour,
    two_wheels,
)
from scenes.messages.mutual_information_pictures import (
    CIRCLES_PLACE,
    CoinTable,
    DealtChart,
    Trio,
    both_bar,
    entropies,
    pockets_wheel,
    remainder,
)
from scenes.stage.contract import contract_problems
from scenes.stage.playing_card import BLACK, RED
from scenes.stage.roulette_wheel import EUROPEAN_ORDER
from scenes.stage.theme import SAFE_LEFT, SAFE_RIGHT

SCRIPT = Path(__file__).parents[2] / "narration" / "en" / "mutual_information.md"
FACTS = all_facts()
CARDS = [("black", n) for n in range(1, 11) for _ in range(7 if n <= 5 else 3)] + [
    ("red", n) for n in range(1, 11) for _ in range(1 if n <= 5 else 9)
]
WHEEL = [(pocket_colour(n), n) for n in range(POCKETS)]
COINS = [(a, b, a == b) for a, b in product((0, 1), repeat=2)]


def bits(outcomes: Iterable[Hashable]) -> float:
    """Entropy of one of these, taken blindly."""
    counts = Counter(outcomes)
    total = sum(counts.values())
    return sum(n / total * math.log2(total / n) for n in counts.values())


def shared(pairs: Iterable[tuple[Hashable, Hashable]]) -> float:
    pairs = list(pairs)
    return bits(x for x, _ in pairs) + bits(y for _, y in pairs) - bits(pairs)


@pytest.mark.parametrize(
    ("name", "by_counting", "in_the_series"),
    [
        ("h_sum", bits(c for c, _ in CARDS) + bits(n for _, n in CARDS), "4.2929"),
        ("shared", shared(CARDS), "0.2958"),
        ("h_wheel", math.log2(37), "5.2095"),
        ("shared_wheels", 0.0, "0.0000"),
        ("h_wheel_colour", shared(WHEEL), "1.1522"),
        ("h_wheel_given_colour", bits(WHEEL) - bits(c for c, _ in WHEEL), "4.0572"),
        ("pair", shared((a, m) for a, _, m in COINS), "0.0000"),
        ("told", 2 * bits((a, m) for a, _, m in COINS) - bits(m for *_, m in COINS) - bits(COINS), "1.0000"),
        ("coins_shown", sum(bits(throw[k] for throw in COINS) for k in range(3)), "3.0000"),
        ("coins_true", bits(COINS), "2.0000"),
        ("alone", bits(COINS) - bits((b, m) for _, b, m in COINS), "0.0000"),
        ("middle", shared((a, b) for a, b, _ in COINS) - 1, "-1.0000"),
    ],
)
def test_fact_by_counting(name: str, by_counting: float, in_the_series: str) -> None:
    assert FACTS.number(name) == pytest.approx(by_counting, abs=1e-12)
    assert f"{FACTS.number(name) + 0.0:.4f}".replace("-0.0000", "0.0000") == in_the_series


def displayed(name: str, spec: str) -> Decimal:
    return Decimal(FACTS.shown(name, spec).replace("−", "-"))


def test_displayed_sums_add_up() -> None:
    four = {name: displayed(name, ".4f") for name in FACTS if name != "drawn"}
    assert four["h_colour"] + four["h_number"] == four["h_sum"]
    assert four["h_colour"] + four["h_number"] - four["h_both"] == four["shared"]
    assert four["h_number"] - four["shared"] == four["h_number_given_colour"]
    assert four["h_colour"] - four["shared"] == four["h_colour_given_number"]
    wheel = [displayed(name, ".3f") for name in ("h_wheel_colour", "h_wheel_given_colour", "h_wheel")]
    assert wheel[0] + wheel[1] == wheel[2]
    assert displayed("pair", ".0f") - displayed("told", ".0f") == displayed("middle", ".0f")


def test_any_two_share_nothing_and_fix_the_third() -> None:
    for i, j, k in ((0, 1, 2), (0, 2, 1), (1, 2, 0)):
        assert shared((throw[i], throw[j]) for throw in COINS) == pytest.approx(0)
        assert len({(throw[i], throw[j]): throw[k] for throw in COINS}) == len(COINS)


def test_joints_of_wheels_and_coins() -> None:
    for joint in (two_wheels(), one_wheel(), coins_and_match()):
        assert joint.sum() == pytest.approx(1)
    assert one_wheel().sum(axis=0) == pytest.approx(np.full(POCKETS, 1 / POCKETS))
    assert one_wheel().sum(axis=1)[[BLACK, RED]] == pytest.approx([18 / 37, 18 / 37])


def test_red_pockets_are_those_of_a_wheel() -> None:
    """Around a European wheel colours take turns, but for zero."""
    around = [pocket_colour(n) for n in EUROPEAN_ORDER[1:]]
    assert all(a != b for a, b in pairwise(around))
    assert len(RED_POCKETS) == 18


# ---- the simulation ------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(3))
def test_dealt_cards_settle_at_the_truth_after_seeing_too_much(seed: int) -> None:
    dealt = Dealt(np.random.default_rng(seed))
    assert (dealt.counts[0], dealt.counts[-1]) == (FEWEST, DEALT)
    assert dealt.shared[-1] == pytest.approx(FACTS.number("shared"), abs=0.012)
    assert dealt.number[-1] == pytest.approx(FACTS.number("h_number"), abs=0.01)
    assert dealt.colour[-1] == pytest.approx(1, abs=1e-3)
    few = dealt.shared[dealt.counts < 60]
    assert few.mean() > FACTS.number("shared") + 0.05


def test_estimates_are_those_of_the_first_cards() -> None:
    from scenes.messages.deck import draw_cards

    cards = draw_cards(np.random.default_rng(5), 500)
    dealt = Dealt(np.random.default_rng(5), 500)
    for at in (0, 7, -1):
        first = [(int(c), int(n)) for c, n in cards[: dealt.counts[at]]]
        assert dealt.shared[at] == pytest.approx(shared(first), abs=1e-9)
        assert dealt.colour[at] == pytest.approx(bits(c for c, _ in first))


# ---- pictures ------------------------------------------------------------------------------------


def test_the_pair_is_as_long_as_the_overlapping_bars() -> None:
    picture = entropies(FACTS, "h_colour", "h_number", "shared")
    bar = both_bar(FACTS)
    assert bar.segments[0].width == pytest.approx(picture.right.get_right()[0] - picture.left.get_left()[0])
    assert bar.segments[1].width == pytest.approx(picture.both.width)
    assert SAFE_LEFT <= bar.get_left()[0] < bar.get_right()[0] <= SAFE_RIGHT


@pytest.mark.parametrize(("of_left", "name"), [(True, "h_colour_given_number"), (False, "h_number_given_colour")])
def test_what_is_left_of_a_bar(of_left: bool, name: str) -> None:
    picture = entropies(FACTS, "h_colour", "h_number", "shared").as_bars(np.array([-6.0, 1.0, 0.0]))
    own, common = remainder(picture, 0.0, of_left=of_left)
    assert own.width == pytest.approx(FACTS.number(name) * picture.bit)
    assert common.get_x() == pytest.approx(picture.both.get_x())
    assert common.width == pytest.approx(picture.both.width)


def test_circles_fit_beside_the_chart() -> None:
    picture = entropies(FACTS, "h_colour", "h_number", "shared").as_circles(CIRCLES_PLACE)
    chart = DealtChart(Dealt(np.random.default_rng(0), 1000), "0.2958", FACTS.number("shared"))
    assert chart.get_right()[0] < picture.get_left()[0]
    assert picture.get_right()[0] <= SAFE_RIGHT


def test_the_chart_ends_at_its_last_estimate() -> None:
    dealt = Dealt(np.random.default_rng(0), 1000)
    chart = DealtChart(dealt, "0.2958", FACTS.number("shared"))
    assert chart.draw_to(0.0) == 0
    assert chart.draw_to(1.0) == len(dealt.counts) - 1
    end = chart.chart.at(3.0, float(dealt.shared[-1]))
    assert chart.chart.dot.get_center() == pytest.approx(end)
    assert chart.chart.curve.get_end() == pytest.approx(end)


def test_circles_of_three_touch_when_to_scale() -> None:
    trio = Trio(2.0)
    for i, j in ((0, 1), (0, 2), (1, 2)):
        apart = np.linalg.norm(trio.circles[i].get_center() - trio.circles[j].get_center())
        assert apart == pytest.approx(trio.circles[i].width)
    assert trio.circles[0].width == pytest.approx(2 * math.sqrt(2 / math.pi))


def test_regions_of_three_lie_in_their_circles_alone() -> None:
    trio = Trio(2.0).overlap()
    for members in ((0,), (1,), (2,), (0, 1), (0, 2), (1, 2), (0, 1, 2)):
        spot = trio.spot(*members)
        inside = [k for k, c in enumerate(trio.circles) if np.linalg.norm(spot - c.get_center()) < c.width / 2]
        assert inside == list(members)


def test_the_table_shows_four_throws_and_keeps_those_that_match() -> None:
    table = CoinTable()
    filled = [[disc.get_fill_opacity() == 1 for disc in column[1]] for column in table.columns]
    assert sorted(zip(*filled, strict=True)) == sorted((bool(a), bool(b), m) for a, b, m in COINS)
    before = [column[1][0].get_stroke_color() for column in table.columns]
    table.keep(True)
    for throw, *discs in zip(table.throws, *(column[1] for column in table.columns), strict=True):
        lit = [disc.get_stroke_color() == color for disc, color in zip(discs, before, strict=True)]
        assert lit == [throw[0] == throw[1]] * 3


def test_pockets_have_their_colours() -> None:
    wheel = pockets_wheel(2.0)
    fills = Counter(sector.get_fill_color().to_hex() for sector in wheel.sectors)
    assert sorted(fills.values()) == [1, 18, 18]


def test_script_and_scene_agree() -> None:
    script = read_script(SCRIPT, FACTS)
    assert contract_problems(MutualInformation, script) == ()
    assert 220 <= sum(len(beat.spoken.split()) for beat in script.beats) <= 400
