"""The film `conditional`: its numbers by a second route, and its pictures true to them."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable

import numpy as np
import pytest

from scenes.messages.conditional import WORDS_WITH_Q, Conditional
from scenes.messages.conditional_facts import (
    ARRIVED,
    concordance,
    letter_shares,
    pair_table,
    row_entropies,
    running_bill,
    split_row,
)
from scenes.messages.conditional_pictures import (
    BAR_UNIT,
    CONTEXT,
    MYTH_BAR,
    STRIP_CELL,
    LiftedRow,
    MythRow,
    NovelLine,
    RowBars,
    SumBar,
    novel_map,
    total_row,
)
from scenes.messages.deck import draw_cards
from scenes.novel import ALPHABET, novel_letters
from scenes.stage.area_row import AreaRow
from scenes.stage.letter_map import LetterMap
from scenes.stage.theme import PROBABILITY, SAFE_BOTTOM, SAFE_LEFT, SAFE_RIGHT, SAFE_TOP, SECOND

FACTS = Conditional.compute_facts()
STREAM = novel_letters()
PAIRS = Counter(zip(STREAM, STREAM[1:] + STREAM[0], strict=True))


def bits(counts: Iterable[int]) -> float:
    """Entropy of counts, by the definition."""
    drawn = [count for count in counts if count]
    return sum(count / sum(drawn) * math.log2(sum(drawn) / count) for count in drawn)


def after(letter: str) -> list[int]:
    """How often each letter follows this one."""
    return [PAIRS[letter, follows] for follows in ALPHABET]


def followers(context: str) -> Counter[str]:
    """What follows each place where this stands in the text, found by searching for it."""
    loop, found, at = STREAM + STREAM[: len(context)], Counter[str](), -1
    while (at := loop.find(context, at + 1)) >= 0 and at < len(STREAM):
        found[loop[(at + len(context)) % len(STREAM)]] += 1
    return found


# ---- numbers -------------------------------------------------------------------------------------


def test_entropies_of_the_next_letter() -> None:
    assert FACTS["pairs"].value == len(STREAM) == sum(PAIRS.values())
    assert FACTS.number("h_next") == pytest.approx(bits(Counter(STREAM).values()))
    average = sum(STREAM.count(letter) * bits(after(letter)) for letter in ALPHABET) / len(STREAM)
    assert FACTS.number("h_given") == pytest.approx(average)
    assert FACTS.number("h_space") == pytest.approx(bits(after(" ")))
    assert list(row_entropies()) == pytest.approx([bits(after(letter)) for letter in ALPHABET])


def test_row_q() -> None:
    count, with_u = STREAM.count("q"), STREAM.count("qu")
    assert (FACTS["count_q"].value, FACTS["count_qu"].value) == (count, with_u)
    assert FACTS.number("share_u") == pytest.approx(with_u / count)
    assert FACTS.number("share_space") == pytest.approx(STREAM.count("q ") / count)
    assert FACTS.number("h_q") == pytest.approx(bits([with_u, count - with_u]))
    assert FACTS.number("s_u") == pytest.approx(math.log2(len(STREAM) / STREAM.count("u")))
    assert FACTS.number("s_u_given_q") == pytest.approx(math.log2(count / with_u))


def test_shares_of_pairs_that_are_named() -> None:
    assert FACTS.number("share_th") == pytest.approx(STREAM.count("th") / len(STREAM))
    assert FACTS.number("share_e_space") == pytest.approx(STREAM.count("e ") / len(STREAM))


def test_what_is_known_of_a_d() -> None:
    """One answer raises the uncertainty, the other lowers it, and their average is lower than before."""
    everywhere, first = followers("d"), followers(" d")
    later = everywhere - first
    assert FACTS.number("h_d") == pytest.approx(bits(everywhere.values()))
    assert FACTS.number("h_d_first") == pytest.approx(bits(first.values()))
    assert FACTS.number("h_d_later") == pytest.approx(bits(later.values()))
    assert FACTS.number("share_first") == pytest.approx(first.total() / everywhere.total())
    assert FACTS.number("h_d_first") > FACTS.number("h_d") > FACTS.number("h_d_split") > FACTS.number("h_d_later")
    parts = first.total() * bits(first.values()) + later.total() * bits(later.values())
    assert FACTS.number("h_d_split") == pytest.approx(parts / everywhere.total())


def test_what_is_said_of_a_d_is_its_commonest_follower() -> None:
    assert followers("d").most_common(1)[0][0] == " "
    assert followers("d")[" "] > 0.7 * STREAM.count("d")


def test_the_displayed_average_adds_up() -> None:
    shown = {name: float(FACTS.shown(name, spec)) for name, spec in (("share_first", ".3f"), ("share_later", ".3f"))}
    first, later, split = (float(FACTS.shown(name, ".2f")) for name in ("h_d_first", "h_d_later", "h_d_split"))
    assert shown["share_first"] + shown["share_later"] == pytest.approx(1)
    assert shown["share_first"] * first + shown["share_later"] * later == pytest.approx(split, abs=0.005)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("h_number_black", "3.2032"),
        ("h_number_red", "2.7909"),
        ("h_number_given_colour", "2.9971"),
        ("h_number", "3.2929"),
        ("h_both", "3.9971"),
    ],
)
def test_the_deck(name: str, shown: str) -> None:
    assert FACTS.shown(name, ".4f") == shown


def test_knowing_more_lowers_the_average() -> None:
    assert FACTS.number("h_given") < FACTS.number("h_next")
    assert FACTS.number("h_number_given_colour") < FACTS.number("h_number")


def test_the_bill_of_dealt_cards_is_a_running_mean_and_settles() -> None:
    """The same cards, priced one by one from the counts of the deck: 7 of 50 black cards show a 1, and so on."""
    of_fifty = {(0, True): 7, (0, False): 3, (1, True): 1, (1, False): 9}
    cards = draw_cards(np.random.default_rng(1), 40_000)
    bill = running_bill(np.random.default_rng(1), 40_000)
    paid = [math.log2(50 / of_fifty[int(colour), bool(number <= 5)]) for colour, number in cards]
    assert bill[[0, 9, 999]] == pytest.approx([np.mean(paid[:n]) for n in (1, 10, 1000)])
    assert bill[-1] == pytest.approx(FACTS.number("h_number_given_colour"), abs=0.01)


# ---- lines of the novel --------------------------------------------------------------------------


@pytest.mark.parametrize("word", WORDS_WITH_Q)
def test_a_line_is_a_piece_of_the_novel(word: str) -> None:
    before, follows, rest = concordance(word, ARRIVED, CONTEXT)
    assert f"{before}{ARRIVED}{follows}{rest} " in STREAM
    assert follows == (" " if word == ARRIVED else "u")
    assert len(before) <= CONTEXT >= len(rest)
    at = STREAM.index(before + ARRIVED + follows + rest)
    assert at == 0 or STREAM[at - 1] == " "


def test_lines_fit_the_stage_and_hide_what_follows() -> None:
    for word in WORDS_WITH_Q:
        before, follows, rest = concordance(word, ARRIVED, CONTEXT)
        line = NovelLine(before, ARRIVED, follows, rest)
        assert line.width < SAFE_RIGHT - SAFE_LEFT
        assert np.allclose(line.cover.get_center(), line.follows.box.get_center())
        assert line.before.baseline == pytest.approx(line.after.baseline)


def test_a_word_that_is_not_there_has_no_line() -> None:
    with pytest.raises(ValueError, match="no word 'quagga'"):
        concordance("quagga", ARRIVED, CONTEXT)


# ---- areas ---------------------------------------------------------------------------------------


def box_areas(row: AreaRow) -> list[float]:
    """The area of each box that a row draws, by the shoelace rule over its own corners."""
    areas = []
    for outline in row.boxes.get_subpaths():
        x, y = outline[::4, 0], outline[::4, 1]
        areas.append(abs(float(np.sum(x * np.roll(y, -1) - y * np.roll(x, -1)))) / 2)
    return areas


def test_boxes_have_the_area_of_their_value() -> None:
    values = [0.25, 0.0, 1.0, 0.04]
    row = AreaRow(values, cell_width=2.0, cell_height=0.5)
    assert box_areas(row) == pytest.approx([value for value in values if value])
    moved = row.copy().scale(0.5).shift((1, 2, 0)).set_values([0.5, 0, 0, 0])
    assert box_areas(moved) == pytest.approx([0.5 / 4])
    assert np.allclose(moved.boxes.get_center(), moved.cell(0))


@pytest.mark.parametrize("values", [[0.5], [0.5, 1.5], [0.5, -0.1]])
def test_what_is_no_share_of_a_cell_is_refused(values: list[float]) -> None:
    with pytest.raises(ValueError, match="a row of 2 cells"):
        AreaRow([0.1, 0.2], cell_width=1, cell_height=1).set_values(values)


def test_every_pair_has_a_box_as_large_as_its_share() -> None:
    table = novel_map()
    whole = math.fsum(math.fsum(box_areas(row)) for row in table.rows)
    for letter in ALPHABET:
        areas = box_areas(table.row(letter))
        assert [area / whole for area in areas] == pytest.approx([n / len(STREAM) for n in after(letter) if n])
    largest = max(max(box_areas(row)) for row in table.rows)
    cell = table.around("th")
    assert largest == pytest.approx(cell.width * cell.height)


def test_a_pair_is_found_where_its_letters_meet() -> None:
    table = novel_map()
    row, column = table.row_labels[ALPHABET.index("q")], table.column_labels[ALPHABET.index("u")]
    cell = table.around("qu")
    assert cell.get_x() == pytest.approx(column.get_x(), abs=0.02)
    assert cell.get_y() == pytest.approx(row.get_y(), abs=0.04)
    assert table.around_row("q").get_y() == pytest.approx(cell.get_y())
    assert table.get_left()[0] > -1.2
    assert table.get_top()[1] <= SAFE_TOP
    assert total_row(table).get_bottom()[1] >= SAFE_BOTTOM


def test_a_table_must_fit_its_alphabet() -> None:
    with pytest.raises(ValueError, match="for 3 letters"):
        LetterMap(np.eye(2) / 2, "abc")


def test_the_lifted_row_is_the_tables_and_grows_to_a_whole() -> None:
    table = novel_map()
    lifted = LiftedRow(table.largest)
    assert list(lifted.cells.values) == pytest.approx(list(table.row(ARRIVED).values))
    animation = lifted.renormalise()
    animation.begin()
    animation.interpolate(1.0)
    assert sum(box_areas(lifted.cells)) == pytest.approx(STRIP_CELL**2)


# ---- bars ----------------------------------------------------------------------------------------


def area(bars: RowBars) -> float:
    return sum(float(bar.width * bar.height) for bar in bars.bars)


def test_levelling_moves_area_and_loses_none() -> None:
    table = novel_map()
    bars = RowBars(table)
    bars.set_bars(bars.bits, bars.shares)
    for i, bar in enumerate(bars.bars):
        assert bar.width == pytest.approx(row_entropies()[i] * BAR_UNIT)
        assert bar.height == pytest.approx(letter_shares()[i] * table.ground.height)
    before = area(bars)
    animation = bars.become_bars(np.full(len(ALPHABET), bars.mean), bars.shares)
    animation.begin()
    for alpha in (0.3, 0.8, 1.0):
        animation.interpolate(alpha)
        assert area(bars) == pytest.approx(before)
    assert before == pytest.approx(FACTS.number("h_given") * BAR_UNIT * table.ground.height)
    assert bars.mean == pytest.approx(FACTS.number("h_given"))
    assert {round(float(bar.width), 9) for bar in bars.bars} == {round(bars.mean * BAR_UNIT, 9)}


def test_labels_stand_at_their_bars() -> None:
    bars = RowBars(novel_map())
    bars.set_bars(bars.bits, bars.shares)
    roomy = [letter for letter in ALPHABET if bars.has_room(letter)]
    for letter in (*roomy, "q"):
        assert bars.bars[ALPHABET.index(letter)].get_y() == pytest.approx(bars.middle(letter))
    assert ARRIVED not in roomy
    assert " " in roomy


def test_segments_keep_their_order_when_more_is_learnt() -> None:
    first, _ = split_row()
    row = MythRow("after D", pair_table()[ALPHABET.index("d")] / pair_table()[ALPHABET.index("d")].sum(), 0.0)
    space = row.bar.segments[0].width
    assert space == pytest.approx(followers("d")[" "] / STREAM.count("d") * MYTH_BAR)
    animation = row.learn(first / first.sum())
    animation.begin()
    animation.interpolate(1.0)
    assert row.bar.segments[0].width == pytest.approx(0)
    assert row.bar.segments[1].width == pytest.approx(STREAM.count(" do") / STREAM.count(" d") * MYTH_BAR)
    assert sum(row.bar.values) == pytest.approx(1)
    for sign, value in zip(row.bar.labels, row.bar.values, strict=True):
        assert (sign.width < value * MYTH_BAR) or sign.get_fill_opacity() == 0


def test_colour_and_number_fill_one_bar() -> None:
    amounts = [FACTS.number("h_colour"), FACTS.number("h_number_given_colour")]
    sums = SumBar(amounts, ["colour", "number"], [PROBABILITY, SECOND])
    widths = [sums.bar.segments[i].width for i in range(2)]
    assert sum(widths) == pytest.approx(sums.bar.frame.width)
    assert widths[1] / widths[0] == pytest.approx(amounts[1] / amounts[0])
    assert sums.frame_like("number first?")[0].width == pytest.approx(sums.bar.frame.width)
