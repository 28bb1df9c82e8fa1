"""The deck of cards: its figures by a second route, and piles, rows and columns true to its chances."""

from __future__ import annotations

import math
from collections import Counter
from fractions import Fraction
from itertools import pairwise, product
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from manim import RIGHT, UP
from numpy.typing import NDArray

from infotheory import ProbabilityError
from scenes.messages.deck import (
    CARDS,
    NUMBERS,
    card_counts,
    chosen_deck_facts,
    deck_facts,
    deck_joint,
    draw_cards,
    exact_joint,
    independent_joint,
)
from scenes.stage.card_deck import BESIDE_DECK, CARD_HEIGHT, CARD_WIDTH, CardDeck
from scenes.stage.playing_card import BLACK, EDGES, FACES, RED, Pip, PlayingCard
from scenes.stage.theme import GROUND, SAFE_BOTTOM, SAFE_LEFT, SAFE_RIGHT, SAFE_TOP, WASTE, contrast

FACTS = deck_facts()
BARE = [("black", n) for n in range(1, 11) for _ in range(7 if n <= 5 else 3)] + [
    ("red", n) for n in range(1, 11) for _ in range(1 if n <= 5 else 9)
]
#: Every arrangement, by a name for the test's report.
ARRANGEMENTS = {
    "home": CardDeck.pile_up,
    "stacked": CardDeck.stack,
    "by colour": CardDeck.cut_by_colour,
    "by number": CardDeck.cut_by_number,
}


def bits(outcomes: list[Any]) -> float:
    """Entropy of a card picked from a list, by counting."""
    return sum(n / len(outcomes) * math.log2(len(outcomes) / n) for n in Counter(outcomes).values())


def area(points: NDArray[np.float64]) -> float:
    """Area of all rectangles in a mobject, four corners each, by the shoelace formula."""
    x, y = points[::4, 0].reshape(-1, 4), points[::4, 1].reshape(-1, 4)
    return float(np.abs((x * np.roll(y, -1, 1) - y * np.roll(x, -1, 1)).sum(axis=1)).sum() / 2)


def areas(deck: CardDeck) -> NDArray[np.float64]:
    return np.array([[area(pile.points) for pile in row] for row in deck.cells])


# ---- the distribution ------------------------------------------------------------------------------


def test_the_deck_has_a_hundred_cards() -> None:
    counted = Counter(BARE)
    assert card_counts().sum() == CARDS == len(BARE)
    for colour, name in ((BLACK, "black"), (RED, "red")):
        assert [counted[name, n] for n in range(1, NUMBERS + 1)] == card_counts()[colour].tolist()
    assert sum(sum(row) for row in exact_joint()) == Fraction(1)
    assert all(float(p) == q for p, q in zip(exact_joint()[RED], deck_joint()[RED], strict=True))


@pytest.mark.parametrize(
    ("name", "by_counting", "in_the_series"),
    [
        ("h_colour", bits([c for c, _ in BARE]), 1.0),
        ("h_number", bits([n for _, n in BARE]), 3.2929),
        ("h_both", bits(BARE), 3.9971),
        ("h_number_given_colour", bits(BARE) - bits([c for c, _ in BARE]), 2.9971),
        ("h_colour_given_number", bits(BARE) - bits([n for _, n in BARE]), 0.7042),
        ("shared", bits([c for c, _ in BARE]) + bits([n for _, n in BARE]) - bits(BARE), 0.2958),
        ("h_number_black", bits([n for c, n in BARE if c == "black"]), 3.2032),
        ("h_number_red", bits([n for c, n in BARE if c == "red"]), 2.7909),
    ],
)
def test_fact_by_counting_cards(name: str, by_counting: float, in_the_series: float) -> None:
    assert FACTS[name].value == pytest.approx(by_counting, abs=1e-12)
    assert f"{FACTS[name].value:.4f}" == f"{in_the_series:.4f}"
    assert FACTS[name].unit == "bits"


def test_chosen_facts() -> None:
    assert list(chosen_deck_facts("shared", "h_both")) == ["shared", "h_both"]
    with pytest.raises(KeyError):
        chosen_deck_facts("h_nothing")


def test_the_independent_deck_has_the_same_margins_and_whole_cards() -> None:
    assert independent_joint().sum(axis=0) == pytest.approx(deck_joint().sum(axis=0))
    assert independent_joint().sum(axis=1) == pytest.approx(deck_joint().sum(axis=1))
    assert (CARDS * independent_joint()).tolist() == pytest.approx(np.array([[4.0] * 5 + [6.0] * 5] * 2))


def test_drawn_cards_come_as_often_as_there_are_cards() -> None:
    n = 40_000
    drawn = draw_cards(np.random.default_rng(3), n)
    share = np.zeros((2, NUMBERS))
    np.add.at(share, (drawn[:, 0], drawn[:, 1] - 1), 1 / n)
    assert share == pytest.approx(deck_joint(), abs=5 * math.sqrt(0.09 / n))


# ---- the picture -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ARRANGEMENTS)
def test_areas_are_true_in_every_arrangement(name: str) -> None:
    deck = CardDeck(deck_joint()).shift(0.3 * RIGHT + 0.2 * UP)
    ARRANGEMENTS[name](deck)
    drawn = areas(deck)
    assert drawn / drawn.sum() == pytest.approx(deck_joint(), abs=1e-9)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, 12), min_size=8, max_size=8).filter(lambda w: sum(w[:4]) > 0 and sum(w[4:]) > 0))
def test_areas_are_true_for_any_joint(counts: list[int]) -> None:
    joint = np.array(counts, dtype=float).reshape(2, 4) / sum(counts)
    deck = CardDeck(joint)
    for arrange in ARRANGEMENTS.values():
        drawn = areas(arrange(deck))
        assert drawn / drawn.sum() == pytest.approx(joint, abs=1e-9)


def test_home_is_a_chart_of_cards() -> None:
    deck = CardDeck(deck_joint())
    for (colour, n), count in zip(deck.all_cells, card_counts().ravel(), strict=True):
        pile = deck.pile(colour, n)
        assert len(pile.points) == 16 * count
        assert pile.height == pytest.approx(count * CARD_HEIGHT)
        assert pile.get_x() == pytest.approx(deck.numbers[BLACK][n - 1].get_x())
        assert np.sign(pile.get_y() - deck.numbers[BLACK][n - 1].get_y()) == (1 if colour == BLACK else -1)
        assert deck.tip(colour, n)[1] == pytest.approx(pile.get_top()[1] if colour == BLACK else pile.get_bottom()[1])


@pytest.mark.parametrize("colour", [BLACK, RED])
def test_a_colour_alone_is_renormalised_by_one_ruler(colour: int) -> None:
    """Percents are as high as at home: of the one colour alone, the piles show p(number | colour)."""
    deck = CardDeck(deck_joint()).given_colour(colour)
    conditional = deck_joint()[colour] / deck_joint()[colour].sum()
    assert [pile.height for pile in deck.cells[colour]] == pytest.approx(100 * CARD_HEIGHT * conditional)
    assert areas(deck)[1 - colour] == pytest.approx(np.zeros(10), abs=1e-12)
    assert all(pile.get_stroke_opacity() == 0 for pile in deck.cells[1 - colour])


def test_columns_and_rows_show_margins_and_conditionals() -> None:
    deck, joint = CardDeck(deck_joint()), deck_joint()
    deck.stack()
    tops = [max(deck.pile(c, n).get_top()[1] for c in (BLACK, RED)) for n in range(1, 11)]
    feet = {round(float(deck.pile(RED, n).get_bottom()[1]), 9) for n in range(1, 11)}
    assert len(feet) == 1
    assert np.array(tops) - feet.pop() == pytest.approx(100 * CARD_HEIGHT * joint.sum(axis=0))
    deck.cut_by_colour()
    for c, n in deck.all_cells:
        assert deck.pile(c, n).width == pytest.approx(10 * CARD_WIDTH * joint[c, n - 1] / joint[c].sum())
    deck.cut_by_number()
    for c, n in deck.all_cells:
        share = joint[c, n - 1] / joint[:, n - 1].sum()
        assert deck.pile(c, n).height == pytest.approx(16 * CARD_HEIGHT * share)


@pytest.mark.parametrize("arrange", [*ARRANGEMENTS.values(), *(lambda d, c=c: d.given_colour(c) for c in (BLACK, RED))])
def test_every_arrangement_stays_on_the_stage_and_beside_what_is_said(arrange: Any) -> None:
    deck = arrange(CardDeck(deck_joint()))
    seen = [part for part in deck.family_members_with_points() if part is not deck.base]
    assert min(part.get_left()[0] for part in seen) >= SAFE_LEFT - 0.01
    assert max(part.get_right()[0] for part in seen) < BESIDE_DECK[0] < BESIDE_DECK[1] <= SAFE_RIGHT
    assert min(part.get_bottom()[1] for part in seen) >= SAFE_BOTTOM
    assert max(part.get_top()[1] for part in seen) <= SAFE_TOP - 0.9
    shown = [n for row in deck.numbers for n in row if n[0].get_fill_opacity() > 0]
    for a, b in product(shown, shown):
        overlap = abs(a.get_x() - b.get_x()) < (a.width + b.width) / 2 and abs(a.get_y() - b.get_y()) < a.height
        assert a is b or not overlap


def test_cards_come_and_go_with_the_weights() -> None:
    deck = CardDeck(deck_joint())
    half = (deck_joint() + independent_joint()) / 2
    deck.set_weights(half)
    assert deck.weights == pytest.approx(half)
    assert areas(deck) / areas(deck).sum() == pytest.approx(half, abs=1e-9)
    assert len(deck.pile(BLACK, 1).points) == 16 * 6  # five cards and a half
    change = deck.reweigh(deck_joint())
    change.begin()
    change.interpolate(1.0)
    assert deck.weights == pytest.approx(deck_joint())


def test_light_and_tint() -> None:
    deck = CardDeck(deck_joint())
    plain = deck.pile(RED, 4).get_fill_color()
    assert deck.column(3) == ((BLACK, 3), (RED, 3))
    deck.highlight(*deck.column(3))
    assert deck.pile(RED, 3).get_fill_color() == plain != deck.pile(RED, 4).get_fill_color()
    deck.tint([[WASTE] * 10] * 2)
    assert deck.pile(BLACK, 3).get_fill_color() == WASTE != deck.pile(BLACK, 4).get_fill_color()
    deck.highlight().tint()
    assert deck.pile(RED, 4).get_fill_color() == plain


def test_what_is_taken_out_lies_where_it_was() -> None:
    deck = CardDeck(deck_joint())
    lifted = deck.lift(*deck.row(RED))
    for copy, pile in zip(lifted, deck.cells[RED], strict=True):
        assert copy is not pile
        assert copy.get_center() == pytest.approx(pile.get_center())
    top, foot = deck.card(BLACK, 1), deck.card(BLACK, 1, 0)
    assert top.get_top()[1] == pytest.approx(deck.tip(BLACK, 1)[1])
    assert top.get_y() - foot.get_y() == pytest.approx(6 * CARD_HEIGHT)
    with pytest.raises(IndexError):
        deck.card(RED, 1, 1)
    shadow = deck.shadow(independent_joint())
    for (colour, n), outline in zip(deck.all_cells, shadow, strict=True):
        assert outline.height == pytest.approx(100 * CARD_HEIGHT * independent_joint()[colour, n - 1])


def test_a_deck_refuses_what_is_no_joint_of_two_colours() -> None:
    with pytest.raises(ProbabilityError, match="two colours"):
        CardDeck([0.5, 0.5])
    with pytest.raises(ProbabilityError, match="sums to"):
        CardDeck([[0.5, 0.5], [0.5, 0.5]])
    with pytest.raises(ProbabilityError, match="10 numbers"):
        CardDeck(deck_joint()).set_weights([[0.5], [0.5]])


def test_verbs_go_with_animate() -> None:
    deck = CardDeck(deck_joint())
    goal = CardDeck(deck_joint()).cut_by_colour().highlight((RED, 7))
    move = deck.animate.cut_by_colour().highlight((RED, 7)).build()
    move.begin()
    move.interpolate(1.0)
    move.finish()
    for pile, there in zip(deck.cells[BLACK] + deck.cells[RED], goal.cells[BLACK] + goal.cells[RED], strict=True):
        assert pile.points == pytest.approx(there.points)
    assert all(a.get_top()[1] >= b.get_top()[1] - 1e-9 for a, b in pairwise(deck.cells[BLACK]))


def test_red_cards_are_no_waste_and_both_kinds_can_be_told_in_grey() -> None:
    assert contrast(WASTE, FACES[RED]) > 1.5
    assert contrast(FACES[RED], FACES[BLACK]) > 3
    assert contrast(FACES[RED], GROUND) > 2.9
    assert contrast(EDGES[BLACK], GROUND) > 4.5
    assert len(Pip(BLACK).points) != len(Pip(RED).points)


def test_a_card_shows_only_what_is_known() -> None:
    full, colour_only, number_only = PlayingCard(RED, 7), PlayingCard(RED, None), PlayingCard(None, 7)
    assert len(full) == 3
    assert len(colour_only) == len(number_only) == 2
    assert number_only.face.get_fill_color() != full.face.get_fill_color() == colour_only.face.get_fill_color()


@pytest.mark.parametrize("arrange", [CardDeck.stack, CardDeck.cut_by_colour, CardDeck.cut_by_number])
def test_no_pile_collapses_on_the_way(arrange: Any) -> None:
    """Cards keep their order and some size half-way between two arrangements."""
    deck = CardDeck(deck_joint())
    before, after = areas(deck), areas(arrange(CardDeck(deck_joint())))
    move = arrange(deck.animate).build()
    move.begin()
    move.interpolate(0.5)
    assert (areas(deck) > 0.5 * np.minimum(before, after)).all()
