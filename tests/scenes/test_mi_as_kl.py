"""The film `mi_as_kl`: each number by counting cards or angles, sums that add up as displayed, pictures to scale."""

from __future__ import annotations

import math
from collections import Counter
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from manim import VGroup, VMobject
from scipy.integrate import quad

from narration.script import read_script
from scenes.messages.deck import deck_joint, draw_cards, independent_joint
from scenes.messages.mi_as_kl import MiAsKl
from scenes.messages.mi_as_kl_facts import (
    DEALT,
    FEWEST,
    KINDS,
    LENGTHS,
    SHOWN,
    STEPS,
    THROWN,
    Paid,
    Thrown,
    all_facts,
    believed_cards,
    circle_joint,
    grid_step,
    message_costs,
    step_middles,
)
from scenes.messages.mi_as_kl_pictures import (
    PAID_LEFT,
    CircleGrid,
    ColourMargin,
    MessageRows,
    NumberMargin,
    RatioTable,
    WeighedCells,
    hatched,
    ratio_color,
)
from scenes.stage.card_deck import BESIDE_DECK, CardDeck
from scenes.stage.contract import contract_problems
from scenes.stage.theme import MODEL, PROBABILITY, SAFE_LEFT, SAFE_RIGHT

SCRIPT = Path(__file__).parents[2] / "narration" / "en" / "mi_as_kl.md"
FACTS = all_facts()
CARDS = [("black", n) for n in range(1, 11) for _ in range(7 if n <= 5 else 3)] + [
    ("red", n) for n in range(1, 11) for _ in range(1 if n <= 5 else 9)
]
PAIRS, COLOURS, NUMBERS = Counter(CARDS), Counter(c for c, _ in CARDS), Counter(n for _, n in CARDS)


def too_many_bits(card: tuple[str, int]) -> float:
    """What a code for independent colours and numbers charges too much for a card; by counting."""
    return math.log2(PAIRS[card] * len(CARDS) / (COLOURS[card[0]] * NUMBERS[card[1]]))


# ---- facts ---------------------------------------------------------------------------------------


def test_shared_is_what_all_cards_pay_too_much() -> None:
    assert FACTS.number("shared") == pytest.approx(sum(map(too_many_bits, CARDS)) / len(CARDS))
    assert FACTS.shown("shared", ".4f") == "0.2958"


@pytest.mark.parametrize(
    ("kind", "card", "log", "part"),
    [
        ("black_low", ("black", 3), "0.8074", "0.2826"),
        ("black_high", ("black", 8), "-1.0000", "-0.1500"),
        ("red_low", ("red", 3), "-2.0000", "-0.1000"),
        ("red_high", ("red", 8), "0.5850", "0.2632"),
    ],
)
def test_a_kind_of_cell_by_counting(kind: str, card: tuple[str, int], log: str, part: str) -> None:
    alike = [c for c in CARDS if c[0] == card[0] and (c[1] <= 5) is (card[1] <= 5)]
    assert FACTS[f"is_{kind}"].value == PAIRS[card]
    assert FACTS.number(f"log_{kind}") == pytest.approx(too_many_bits(card))
    assert FACTS.number(f"part_{kind}") == pytest.approx(sum(map(too_many_bits, alike)) / len(CARDS))
    assert f"{FACTS.number(f'log_{kind}'):.4f}" == log
    assert f"{FACTS.number(f'part_{kind}'):.4f}" == part


def test_kinds_cut_the_deck_into_cells_that_are_alike() -> None:
    cells = [cell for kind in KINDS for cell in kind.cells]
    assert sorted(cells) == [(colour, n) for colour in (0, 1) for n in range(1, 11)]
    for kind in KINDS:
        assert len({deck_joint()[c, n - 1] for c, n in kind.cells}) == 1


def displayed(name: str, spec: str = ".4f") -> Decimal:
    return Decimal(FACTS.shown(name, spec).replace("−", "-"))


def test_displayed_sums_add_up() -> None:
    assert sum(displayed(f"part_{kind.name}") for kind in KINDS) == displayed("shared")
    assert displayed("h_sum") - displayed("h_both") == displayed("shared")
    assert FACTS["n_low"].value == 2 * FACTS["believed_low"].value
    assert FACTS["n_high"].value == 2 * FACTS["believed_high"].value


def test_believed_cards_are_whole_and_those_of_the_product() -> None:
    for number in range(1, 11):
        assert believed_cards(number).denominator == 1
        for colour in (0, 1):
            assert float(believed_cards(number)) == pytest.approx(100 * independent_joint()[colour, number - 1])


def test_prices_of_single_cards() -> None:
    assert SHOWN == (0, 3)
    assert FACTS.number("price_fair") == pytest.approx(math.log2(100 / 7))
    assert FACTS.number("price_believed") == pytest.approx(math.log2(100 / 4))
    assert FACTS.number("cheapest") == pytest.approx(math.log2(100 / 9))
    assert FACTS.number("dearest") == pytest.approx(math.log2(100))


# ---- cards dealt -----------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(2))
def test_what_is_paid_converges(seed: int) -> None:
    paid = Paid(np.random.default_rng(seed))
    assert (paid.counts[0], paid.counts[-1]) == (FEWEST, DEALT)
    # About four standard errors of a million cards.
    assert paid.fair[-1] == pytest.approx(FACTS.number("h_both"), abs=0.0033)
    assert paid.gap[-1] == pytest.approx(FACTS.number("shared"), abs=0.0033)
    assert abs(paid.gap[0] - FACTS.number("shared")) > abs(paid.gap[-1] - FACTS.number("shared"))


def test_averages_are_those_of_the_first_cards() -> None:
    cards = draw_cards(np.random.default_rng(5), 400)
    paid = Paid(np.random.default_rng(5), 400)
    names = [(("black", "red")[c], int(n)) for c, n in cards]
    for at in (0, 9, -1):
        first = names[: paid.counts[at]]
        assert paid.fair[at] == pytest.approx(np.mean([math.log2(100 / PAIRS[card]) for card in first]))
        assert paid.gap[at] == pytest.approx(np.mean([too_many_bits(card) for card in first]))


def test_long_messages_pay_nearly_the_same() -> None:
    random = np.random.default_rng(0)
    spreads = []
    for cards in LENGTHS.values():
        costs = message_costs(random, cards)
        spreads.append(costs.std())
        assert costs.mean() == pytest.approx(FACTS.number("h_both"), abs=4 * costs.std() / math.sqrt(len(costs)))
    for shorter, longer in pairwise(spreads):
        assert longer == pytest.approx(shorter / math.sqrt(10), rel=0.25)


# ---- the circle ------------------------------------------------------------------------------------


def test_circle_by_integrating_over_each_column() -> None:
    """The chance of a column is the arcsine law's; each row of it by the sign of the other coordinate."""
    joint = circle_joint()
    assert joint.sum() == pytest.approx(1)
    assert joint == pytest.approx(joint.T)
    assert joint == pytest.approx(joint[::-1])
    lines = np.linspace(-1, 1, STEPS + 1)
    for column, left, right in zip(joint, lines, lines[1:], strict=False):
        assert column.sum() == pytest.approx((math.asin(right) - math.asin(left)) / math.pi)
    inner = quad(lambda x: 1 / math.sqrt(1 - x * x) / (2 * math.pi), lines[4], lines[5])[0]
    assert joint[4, -1] == pytest.approx(inner)


def test_circle_shares_without_correlation() -> None:
    joint = circle_joint()
    margin = joint.sum(axis=0)
    cells = joint[joint > 0]
    shared = 2 * -(margin * np.log2(margin)).sum() + (cells * np.log2(cells)).sum()
    assert FACTS.number("ring_shared") == pytest.approx(shared)
    assert FACTS.number("ring_correlation") == pytest.approx(step_middles() @ joint @ step_middles(), abs=1e-12)
    assert FACTS.shown("ring_correlation", ".0f") == "0"
    assert quad(lambda turn: math.cos(turn) * math.sin(turn), 0, 2 * math.pi)[0] == pytest.approx(0, abs=1e-12)


def test_no_point_falls_where_the_shadow_is_heaviest() -> None:
    joint = circle_joint()
    product = np.outer(joint.sum(axis=1), joint.sum(axis=0))
    assert joint[0, 0] == joint[0, -1] == joint[-1, 0] == joint[-1, -1] == 0
    assert product[0, 0] == pytest.approx(product.max())
    assert FACTS.number("ring_never") == pytest.approx(product[joint == 0].sum())


@pytest.mark.parametrize("seed", range(2))
def test_thrown_points_settle(seed: int) -> None:
    thrown = Thrown(np.random.default_rng(seed))
    assert (thrown.counts[0], thrown.counts[-1]) == (FEWEST, THROWN)
    assert np.linalg.norm(thrown.points, axis=1) == pytest.approx(1)
    assert thrown.correlation[-1] == pytest.approx(0, abs=4 / math.sqrt(THROWN))
    assert thrown.shared[-1] == pytest.approx(FACTS.number("ring_shared"), abs=0.005)
    assert thrown.shared[0] > FACTS.number("ring_shared") + 0.1


def test_grid_steps() -> None:
    assert grid_step(np.array([-1.0, -0.76, -0.74, 0.1, 0.99, 1.0])).tolist() == [0, 0, 1, 4, 7, 7]
    assert grid_step(step_middles()).tolist() == list(range(STEPS))


# ---- pictures --------------------------------------------------------------------------------------


def area(part: VMobject) -> float:
    return float(part.width * part.height)


def test_weighed_areas_are_the_displayed_parts() -> None:
    weighed = WeighedCells(FACTS)
    unit = weighed.columns.line.width * float(np.linalg.norm(weighed.columns.at(0, 1) - weighed.columns.at(0, 0)))
    for k, kind in enumerate(KINDS):
        columns = weighed.columns.columns[5 * k : 5 * k + 5]
        assert sum(map(area, columns)) / unit == pytest.approx(abs(FACTS.number(f"part_{kind.name}")))
    assert weighed.columns.area == pytest.approx(FACTS.number("shared"))
    assert len(weighed.side(above=True)) == len(weighed.side(above=False)) == 2


def test_labels_of_parts_do_not_touch_columns_or_each_other() -> None:
    weighed = WeighedCells(FACTS)
    boxes = [(b.get_left()[0], b.get_right()[0], b.get_bottom()[1], b.get_top()[1]) for b in weighed.parts]
    boxes += [(b.get_left()[0], b.get_right()[0], b.get_bottom()[1], b.get_top()[1]) for b in weighed.columns.columns]
    for i in range(len(weighed.parts)):
        for j in range(i + 1, len(boxes)):
            a, b = boxes[i], boxes[j]
            assert a[1] <= b[0] or b[1] <= a[0] or a[3] <= b[2] or b[3] <= a[2]


def test_pictures_keep_to_their_room() -> None:
    deck = CardDeck(deck_joint())
    colours = ColourMargin()
    colours_shown = VGroup(colours.names, *(row.segments for row in colours.rows), colours.share)
    for picture in (colours_shown, NumberMargin(deck, FACTS), RatioTable(FACTS)):
        assert BESIDE_DECK[0] - 0.01 <= picture.get_left()[0] < picture.get_right()[0] <= SAFE_RIGHT + 0.01
    for picture in (WeighedCells(FACTS), MessageRows(np.random.default_rng(0), FACTS)):
        assert SAFE_LEFT <= picture.get_left()[0] < picture.get_right()[0] <= SAFE_RIGHT
    assert CircleGrid().get_right()[0] < 0 < PAID_LEFT


def test_margins_are_to_scale() -> None:
    colours, numbers = ColourMargin(), NumberMargin(CardDeck(deck_joint()), FACTS)
    black, red = (row.segments.width for row in colours.rows)
    assert black == pytest.approx(red)
    heights = [numbers.cells[n].height + numbers.cells[n + 10].height for n in range(10)]
    assert heights[9] / heights[0] == pytest.approx(12 / 8)


def test_rare_cells_have_a_pattern_and_the_beliefs_colour() -> None:
    deck = CardDeck(deck_joint())
    for kind in KINDS:
        rare = FACTS.number(f"log_{kind.name}") < 0
        assert len(hatched(deck, kind)) == (5 if rare else 0)
    assert (ratio_color(2.0), ratio_color(-2.0)) == (PROBABILITY, MODEL)
    assert ratio_color(0.5) != ratio_color(1.5)


def test_points_lie_in_the_cells_that_count_them() -> None:
    grid, random = CircleGrid(), np.random.default_rng(3)
    turns = random.uniform(0, 2 * np.pi, 50)
    points = np.stack([np.cos(turns), np.sin(turns)], axis=1)
    for place, (across, up) in zip(grid.place(points), grid_step(points), strict=True):
        cell = grid.cells[int(across * STEPS + up)]
        assert cell.get_left()[0] <= place[0] <= cell.get_right()[0]
        assert cell.get_bottom()[1] <= place[1] <= cell.get_top()[1]
        assert grid.joint[across, up] > 0


def test_script_and_scene_agree() -> None:
    script = read_script(SCRIPT, FACTS)
    assert contract_problems(MiAsKl, script) == ()
    assert 220 <= sum(len(beat.spoken.split()) for beat in script.beats) <= 400
