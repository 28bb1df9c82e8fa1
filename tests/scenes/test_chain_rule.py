"""The film `chain_rule`: each number by a second route, and its pictures true to them."""

from __future__ import annotations

import math
from collections import Counter
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from scipy import stats

from infotheory import AdaptiveModel, model_surprise, running_average
from scenes.messages.chain_rule import ChainRule
from scenes.messages.chain_rule_facts import (
    DRAWN,
    KNOWN,
    LINE_WORDS,
    all_facts,
    dealt,
    last_page,
    page_surprises,
    receipts,
)
from scenes.messages.chain_rule_pictures import NARROW, OneBar, Receipt, Strangers, receipts_of_card
from scenes.messages.chain_rule_text import BEFORE, STAGE_LENGTH, Hidden, LetterLine, PageBill, Stair
from scenes.novel import ALPHABET, novel_letters, novel_text
from scenes.stage.contract import contract_problems
from scenes.stage.theme import PROBABILITY, SAFE_LEFT, SAFE_RIGHT

FACTS = all_facts()
CARDS = np.array([[7] * 5 + [3] * 5, [1] * 5 + [9] * 5])  # as SERIES.md has them, in a hundred


def bits(weights: np.ndarray) -> float:
    """Entropy by SciPy's statistics, which the math module does not use."""
    return float(stats.entropy(np.ravel(weights), base=2))


def shown(name: str, spec: str) -> Decimal:
    return Decimal(FACTS.shown(name, spec))


# ---- cards ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("h_colour", bits(CARDS.sum(axis=1)), "1.0000"),
        ("h_number", bits(CARDS.sum(axis=0)), "3.2929"),
        ("h_both", bits(CARDS), "3.9971"),
        ("h_number_given_colour", (bits(CARDS[0]) + bits(CARDS[1])) / 2, "2.9971"),
        ("h_colour_given_number", float(CARDS.sum(axis=0) @ stats.entropy(CARDS, base=2)) / 100, "0.7042"),
        ("h_apart", bits(CARDS.sum(axis=1)) + bits(CARDS.sum(axis=0)), "4.2929"),
        ("shared", bits(CARDS.sum(axis=1)) + bits(CARDS.sum(axis=0)) - bits(CARDS), "0.2958"),
    ],
)
def test_entropies_of_the_deck_by_a_second_route(name: str, value: float, told: str) -> None:
    assert FACTS.number(name) == pytest.approx(value)
    assert FACTS.shown(name, ".4f") == told


def test_one_bar_is_cut_two_ways_as_displayed() -> None:
    both = shown("h_both", ".4f")
    assert shown("h_colour", ".4f") + shown("h_number_given_colour", ".4f") == both
    assert shown("h_number", ".4f") + shown("h_colour_given_number", ".4f") == both
    assert shown("h_colour", ".4f") + shown("h_number", ".4f") == both + shown("shared", ".4f")


def test_the_black_three_in_two_orders() -> None:
    counts = {name: FACTS[name].value for name in ("n_cards", "n_black", "n_three", "n_card")}
    assert counts == {"n_cards": CARDS.sum(), "n_black": CARDS[0].sum(), "n_three": CARDS[:, 2].sum(), "n_card": 7}
    by_colour = Fraction(50, 100) * Fraction(7, 50)
    by_number = Fraction(8, 100) * Fraction(7, 8)
    assert by_colour == by_number == Fraction(7, 100)
    assert FACTS.number("s_card") == pytest.approx(-math.log2(by_colour))
    for first, second in (("s_colour", "s_number_then"), ("s_colour_then", "s_number")):
        assert FACTS.number(first) + FACTS.number(second) == pytest.approx(FACTS.number("s_card"))
        assert shown(first, ".4f") + shown(second, ".4f") == shown("s_card", ".4f")


def test_receipts_agree_card_by_card() -> None:
    every = np.array([[colour, number] for colour in (0, 1) for number in range(1, 11)])
    paid = receipts(every)
    assert paid.sum(axis=2)[:, 0] == pytest.approx(paid.sum(axis=2)[:, 1])
    assert paid.sum(axis=2)[:, 0] == pytest.approx(-np.log2(CARDS.ravel() / 100))
    drawn = receipts(np.array([DRAWN]))[0].ravel()
    names = ("s_colour", "s_number_then", "s_colour_then", "s_number")
    assert drawn == pytest.approx([FACTS.number(name) for name in names])


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_average_receipts_settle_at_the_entropies(seed: int) -> None:
    cards = dealt(np.random.default_rng(seed))
    averages = running_average(receipts(cards))
    assert tuple(cards[0]) == DRAWN
    assert averages[1] == pytest.approx(receipts(cards[:2]).mean(axis=0))
    names = ("h_colour", "h_number_given_colour", "h_colour_given_number", "h_number")
    assert averages[-1].ravel() == pytest.approx([FACTS.number(name) for name in names], abs=0.04)
    assert averages[:, 0].sum(axis=1) == pytest.approx(averages[:, 1].sum(axis=1))


# ---- letters -------------------------------------------------------------------------------------


def test_steps_of_the_stair_by_blocks() -> None:
    """H(next | k known) is the entropy of k + 1 letters less that of k, counted on the text read as a loop."""
    text = novel_letters()
    loop = text + text[:KNOWN]
    blocks = [bits(np.array([*Counter(zip(*(loop[i:] for i in range(n)), strict=False)).values()])) for n in (1, 2, 3)]
    counts = Counter(loop[i : i + KNOWN + 1] for i in range(len(text)))
    blocks.append(bits(np.array([*counts.values()])))
    steps = [FACTS.number(f"step_{k}") for k in range(KNOWN + 1)]
    assert steps == pytest.approx(np.diff([0.0, *blocks]).tolist(), abs=2e-3)
    assert all(a > b for a, b in pairwise(steps))
    assert FACTS["blocks"].value == len(counts)
    assert FACTS["once"].value == sum(count == 1 for count in counts.values())


def test_the_line_before_the_blank_stands_in_the_novel() -> None:
    assert BEFORE + "fee" in novel_letters()


def test_the_last_page_is_the_novels_end_and_was_not_counted() -> None:
    page = last_page()
    assert page.before + page.letters == novel_letters()
    assert page.letters not in page.before
    assert novel_text().endswith("I asked for coffee.\n")
    assert page.letters.endswith(page.line)
    assert page.line == "i went in and had a look round i asked for coffee "
    assert len(page.line.split()) == LINE_WORDS
    assert FACTS.number("share") == pytest.approx(len(page.letters) / len(novel_letters()))
    assert FACTS["letters"].value == len(page.letters)


def test_the_pages_letters_cost_as_much_as_the_page() -> None:
    assert FACTS.number("page_bits") == pytest.approx(FACTS.number("page_surprise"))
    assert FACTS.shown("page_bits", ".0f") == FACTS.shown("page_surprise", ".0f")
    assert FACTS.number("page_bits") == pytest.approx(FACTS.number("letters") * FACTS.number("fresh_3"))


def test_prices_of_the_page_by_plain_counting() -> None:
    """The model written out again: counts before the page, four imagined letters shared as one letter less would."""
    page = last_page()
    counts: Counter[tuple[int, str]] = Counter()
    text = page.before
    loop = text + text[: KNOWN + 1]
    for n in range(KNOWN + 2):
        counts.update((n, loop[i : i + n]) for i in range(len(text)))
    history, prices = text[-KNOWN:], []
    for letter in page.letters:
        chance = 1 / len(ALPHABET)
        for n in range(KNOWN + 1):
            context = history[KNOWN - n :]
            chance = (counts[n + 1, context + letter] + 4 * chance) / (counts[n, context] + 4)
        prices.append(-math.log2(chance))
        history = (history + letter)[-KNOWN:]
    assert page_surprises() == pytest.approx(np.array(prices))


def test_what_the_film_says_of_the_fresh_page() -> None:
    """The first three steps agree within a tenth of a bit; the last one was too good to be true."""
    gaps = [FACTS.number(f"fresh_{k}") - FACTS.number(f"step_{k}") for k in range(KNOWN + 1)]
    assert max(abs(gap) for gap in gaps[:-1]) < 0.1
    assert gaps[-1] > 0.25
    # A model that learns letters alone while it reads the page cannot do as well as three letters before it.
    alone = model_surprise([ALPHABET.index(letter) for letter in last_page().letters], AdaptiveModel(len(ALPHABET)))
    assert FACTS.number("page_bits") < alone


# ---- pictures ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def bill() -> PageBill:
    return PageBill(FACTS, float(LetterLine().bits.sum()))


def test_receipts_are_equally_long() -> None:
    colour, number = receipts_of_card(FACTS)
    ends = [receipt.bar.bar.segments.get_right()[0] for receipt in (colour, number)]
    assert ends[0] == pytest.approx(ends[1])
    assert colour.bar.bar.segments[0].width == pytest.approx(NARROW)

    def parts(receipt: Receipt) -> list[int]:
        return [len(step.family_members_with_points()) for step in receipt.steps()]

    assert sum(parts(colour)) == len(colour.product.family_members_with_points())
    assert min(parts(colour) + parts(number)) > 0


def test_spans_of_the_one_bar_meet_at_the_cuts() -> None:
    one = OneBar(FACTS)
    for spans, pieces in ((one.above, one.by_colour), (one.below, one.by_number)):
        assert spans[0][0].get_right() == pytest.approx(spans[1][0].get_left())
        assert [span[0].width / one.bar.unit for span in spans] == pytest.approx(pieces)
    assert sum(one.by_colour) == pytest.approx(sum(one.by_number))
    assert one.bar.bar.segments.get_left()[0] > SAFE_LEFT
    assert one.bar.bar.segments.get_right()[0] < SAFE_RIGHT


def test_steps_of_the_stair_are_true_to_scale_and_fill_the_chain() -> None:
    stair = Stair(FACTS)
    steps = [FACTS.number(f"step_{k}") for k in range(KNOWN + 1)]
    heights = [column.height for column in stair.columns]
    assert np.array(heights) / heights[0] == pytest.approx(np.array(steps) / steps[0])
    chain = stair.chain()
    assert chain.pieces == pytest.approx(steps)
    assert chain.bar.segments.width == pytest.approx(STAGE_LENGTH)


def test_a_second_column_stands_beside_the_narrow_one() -> None:
    stair = Stair(FACTS)
    stair.make_room()
    column, _ = stair.beside(2, FACTS.number("step_2"), "1", PROBABILITY)
    assert column.get_left()[0] == pytest.approx(stair.columns[2].get_right()[0])
    assert column.get_bottom()[1] == pytest.approx(stair.columns[2].get_bottom()[1])
    assert column.height == pytest.approx(stair.columns[2].height)


def test_the_hidden_page_has_its_share_of_the_novel() -> None:
    hidden = Hidden(FACTS)
    whole = hidden.counted.width + hidden.page.width
    assert hidden.page.width / whole == pytest.approx(FACTS.number("share"))


def test_columns_over_the_line_are_the_prices_of_its_letters() -> None:
    line = LetterLine()
    assert line.text == last_page().line
    assert line.bits == pytest.approx(page_surprises()[-len(line.text) :])
    line.show_first(len(line.text))
    heights = np.array([column.height for column in line.columns])
    tall = line.bits > 0.1
    assert heights[tall] / heights.max() == pytest.approx(line.bits[tall] / line.bits.max())
    line.show_first(10.5)
    assert line.columns[10].height == pytest.approx(heights[10] / 2)
    assert line.columns[11].height < 0.01
    window = (line.window.get_left()[0], line.window.get_right()[0])
    middles = [column.get_x() for column in line.columns[7:10]]
    assert window[0] < min(middles) < max(middles) < window[1]
    assert line.end_to_end().total == pytest.approx(line.bits.sum())


def test_the_pages_bill_fills_the_stage_when_all_is_read(bill: PageBill) -> None:
    bill.show_first(0)
    assert bill.bar.total == 0
    half = len(bill.surprises) // 2
    bill.show_first(half)
    assert bill.bar.total == pytest.approx(page_surprises()[:half].sum())
    bill.show_first(len(bill.surprises))
    assert bill.bar.bar.segments.width == pytest.approx(STAGE_LENGTH)
    assert [row[0].shown for row in bill.rows] == [FACTS.shown("letters", ",d"), FACTS.shown("page_bits", ",.0f")]
    assert bill.line.get_right()[0] == pytest.approx(bill.bar.bar.segments.get_right()[0])


def test_what_the_strangers_might_have_to_pay() -> None:
    strangers = Strangers(FACTS)
    colour, number = strangers.bar.pieces
    more = strangers.more[0].width / strangers.bar.unit
    assert colour == pytest.approx(FACTS.number("h_colour"))
    assert number + more == pytest.approx(FACTS.number("h_number"), abs=0.01)


def test_script_and_scene_agree() -> None:
    script = ChainRule.read_script()
    assert contract_problems(ChainRule, script) == ()
    assert 220 <= sum(len(beat.spoken.split()) for beat in script.beats) <= 400
