"""The numbers of `intuition` by a second route, and its pictures true to them."""

from __future__ import annotations

import heapq
import itertools
import math
import re
from collections import Counter
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from manim import VMobject

from narration.fact import Facts
from scenes.entropy.intuition import RATE_BIN, RATES, Intuition
from scenes.entropy.intuition_dictionaries import (
    CLEVER,
    CLEVER_MESSAGE,
    COUNTS,
    SENTENCE,
    TRIED,
    counted_first,
    fixed_code,
    random_lengths,
    random_rates,
)
from scenes.entropy.intuition_novel import (
    EQUALS,
    LONG,
    OFTEN,
    ZEBRA,
    equal_count,
    lines_after,
    novel_paragraphs,
    places_of,
)
from scenes.entropy.intuition_pictures import (
    LINE_WORDS,
    PAGE_LINES,
    Cells,
    CutMessage,
    EqualWords,
    NovelPages,
    Pile,
    RateLine,
    Spelling,
    lines_of,
)
from scenes.novel import novel_text
from scenes.stage.frequency_chart import FrequencyChart
from scenes.stage.theme import STAGE_WIDTH
from scenes.stage.word_tile import SentenceTiles, WordTile, words_of

# The sentence's words, counted without the stage: every full stop dropped, then cut at blanks.
BY_HAND = Counter(SENTENCE.replace(".", "").split())
# The novel's words, counted without the stage: cut at blanks, whatever is no letter stripped from both ends.
NOVEL = Counter(re.sub(r"^[^a-z]+|[^a-z]+$", "", word) for word in novel_text().lower().split())


@pytest.fixture(scope="module")
def facts() -> Facts:
    return Intuition.compute_facts()


def huffman_total(counts: list[int]) -> int:
    """Huffman's total without codewords: the sum of all weights that merging makes."""
    heap, total = sorted(counts), 0
    while len(heap) > 1:
        merged = heapq.heappop(heap) + heapq.heappop(heap)
        total += merged
        heapq.heappush(heap, merged)
    return total


def test_the_sentence(facts: Facts) -> None:
    assert facts["words"].value == BY_HAND.total() == 20
    assert facts["distinct"].value == len(BY_HAND) == 18
    assert BY_HAND == COUNTS
    assert {word for word, count in BY_HAND.items() if count == facts["twice"].value} == {"I", "coffee"}
    assert list(COUNTS)[:3] == ["I", "coffee", "asked"]


def test_the_clever_dictionary_reads_in_ten_ways(facts: Facts) -> None:
    assert CLEVER_MESSAGE == "010111"
    codewords = list(CLEVER.values())
    trials = (t for n in range(1, 7) for t in itertools.product(codewords, repeat=n))
    assert facts["ways"].value == sum("".join(trial) == CLEVER_MESSAGE for trial in trials) == 10
    assert facts["clever_bits"].value == 6


def test_words_that_come_equally_often(facts: Facts) -> None:
    assert {NOVEL[word] for word in EQUALS} == {facts["each"].value} == {9}
    assert len({len(word) for word in EQUALS}) == len(EQUALS)  # they differ in spelling, which is not to matter


@pytest.mark.parametrize("words", [("coffee", "zebra"), ("giraffe", "gnu")])
def test_words_that_do_not_are_refused(words: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="choose others"):
        equal_count(words)


def test_the_novel_is_counted_as_by_hand(facts: Facts) -> None:
    assert facts["story"].value == NOVEL.total() == sum(map(len, novel_paragraphs())) == 7350
    counts = [NOVEL[word] for word in (OFTEN, LONG, ZEBRA)]
    assert [facts[name].value for name in ("often", "long", "once")] == counts == [24, 9, 1]
    assert [len(places_of(word)) for word in (OFTEN, LONG, ZEBRA)] == counts


def test_places_are_where_the_words_stand() -> None:
    words = novel_text().lower().split()
    for word in (OFTEN, LONG, ZEBRA):
        assert all(word in words[place] for place in places_of(word))


def test_the_bits_of_the_novels_words(facts: Facts) -> None:
    total = math.log2(7350)
    expected = {"story": total, "zebra": total, "often": total - math.log2(24), "long": total - math.log2(9)}
    for name, bits in expected.items():
        assert facts.number(f"bits_{name}") == pytest.approx(bits)
    shown = [facts.shown(f"bits_{name}", ".2f") for name in expected]
    assert shown == ["12.84", "12.84", "8.26", "9.67"]


def test_rounded_words_are_true(facts: Facts) -> None:
    """The script says "almost" of what lies a little below, and "about" of what lies near."""
    for name in ("story", "zebra"):
        assert 0 < round(facts.number(f"bits_{name}")) - facts.number(f"bits_{name}") < 0.25
    for name in ("often", "long"):
        assert abs(round(facts.number(f"bits_{name}")) - facts.number(f"bits_{name}")) < 0.4
    assert facts["once"].value == 1  # "There is only one", "Zebra comes once"


def test_the_sentence_opens_the_novel() -> None:
    lines = lines_after(SENTENCE, lines=3, width=40)
    assert len(lines) == 3
    assert all(len(line) <= 40 for line in lines)
    assert (" ".join([SENTENCE, *lines])) in " ".join(novel_text().split())
    with pytest.raises(ValueError, match="is to open it"):
        lines_after("I asked for tea.", lines=3, width=40)


def test_fixed_length(facts: Facts) -> None:
    assert 2 ** (len(fixed_code()[0]) - 1) < len(COUNTS) <= 2 ** len(fixed_code()[0])
    assert (facts["fixed_bits"].value, facts["fixed_total"].value, facts["fixed_rate"].value) == (5, 100, 5.0)


def test_the_counted_dictionary_is_as_short_as_huffmans(facts: Facts) -> None:
    assert facts["huffman_total"].value == huffman_total(list(BY_HAND.values())) == 84
    assert facts.number("huffman_rate") == pytest.approx(84 / 20)
    assert facts.shown("huffman_rate", ".1f") == "4.2"


def test_the_counted_dictionary_can_be_read_back(facts: Facts) -> None:
    code = counted_first(COUNTS.values())
    assert not any(b.startswith(a) for a, b in itertools.permutations(code, 2))
    assert facts["readings"].value == 1
    lengths = [len(word) for word in code]
    assert lengths == sorted(lengths)
    assert Counter(lengths) == {3: 2, 4: 8, 5: 8}
    assert [facts[f"{name}_bits"].value for name in ("short", "middle", "long")] == [3, 4, 5]


def test_the_floor(facts: Facts) -> None:
    floor = sum(count / 20 * math.log2(20 / count) for count in BY_HAND.values())
    assert facts.number("floor") == pytest.approx(floor)
    assert facts.shown("floor", ".4f") == "4.1219"
    assert facts.number("floor") < facts.number("huffman_rate") < facts.number("fixed_rate")


def test_the_myth_is_refuted(facts: Facts) -> None:
    """The longer of the two words tells less."""
    assert (facts["letters_long"].value, facts["letters_zebra"].value) == (10, 5)
    assert facts.number("bits_long") < facts.number("bits_zebra")


@pytest.mark.parametrize("seed", range(5))
def test_dictionaries_at_random_are_full_prefix_codes(seed: int) -> None:
    lengths = random_lengths(np.random.default_rng(seed), 18)
    assert len(lengths) == 18
    assert sum(Fraction(1, 2**length) for length in lengths) == 1


def test_no_dictionary_at_random_beats_huffman(facts: Facts) -> None:
    rates = random_rates(np.random.default_rng(3), COUNTS.values())
    assert len(rates) == TRIED
    assert rates.min() >= facts.number("huffman_rate") - 1e-9
    assert rates.min() < facts.number("fixed_rate") < rates.max()


# ---- pictures ------------------------------------------------------------------------------------


def test_words_of_a_sentence() -> None:
    assert words_of(SENTENCE) == SENTENCE.replace(".", "").split()
    assert words_of("Don't: a well-kept word!") == ["Don't", "a", "well-kept", "word"]


def test_a_sentence_falls_apart_into_tiles_that_do_not_touch() -> None:
    sentence = SentenceTiles("A sip of coffee. No syrup.", width=4)
    assert [tile.word for tile in sentence.tiles] == ["A", "sip", "of", "coffee", "No", "syrup"]
    assert all(tile.box.get_fill_opacity() == 0 for tile in sentence.tiles)
    sentence.apart(gap=0.2)
    assert all(tile.box.get_fill_opacity() == 1 for tile in sentence.tiles)
    assert all(mark.get_fill_opacity() == 0 for mark in sentence.marks)
    for one, other in itertools.combinations([tile.box for tile in sentence.tiles], 2):
        beside = abs(one.get_x() - other.get_x()) - (one.width + other.width) / 2
        above = abs(one.get_y() - other.get_y()) - (one.height + other.height) / 2
        assert max(beside, above) >= 0.2 - 1e-6


def test_tiles_carry_their_words_on_one_line() -> None:
    flat, deep = WordTile("sum"), WordTile("gypsy")
    assert flat.label.baseline == pytest.approx(deep.label.baseline)


def test_an_upright_tile_turns_words_but_no_single_letter() -> None:
    word, letter = (WordTile(text, width=1.4, upright=True) for text in ("coffee", "I"))
    assert word.box.height == pytest.approx(1.4)
    assert word.label.height > word.label.width
    assert letter.label.height > letter.label.width  # an I stands as it is read


def test_columns_are_as_high_as_their_words_are_frequent() -> None:
    chart = FrequencyChart({"a": 1, "b": 3, "c": 2}, tile_height=0.5)
    assert list(chart.counts) == ["b", "c", "a"]
    tops = {word: column.get_top()[1] for word, column in chart.columns.items()}
    assert tops["b"] - tops["c"] == pytest.approx(0.5)
    assert tops["c"] - tops["a"] == pytest.approx(0.5)
    assert all(chart.columns[word].get_x() == pytest.approx(chart.foot(word)[0]) for word in chart.counts)


def test_a_chart_of_many_puts_several_tiles_in_a_row() -> None:
    chart = FrequencyChart({"a": 100, "b": 50}, tile_height=0.2, per_row=10, column_width=2)
    assert [len(column) for column in chart.columns.values()] == [100, 50]
    assert chart.columns["a"].height - chart.columns["b"].height == pytest.approx(5 * 0.2)


def test_only_the_counted_tiles_can_be_gathered() -> None:
    chart = FrequencyChart({"a": 2, "b": 1})
    assert chart.gather([WordTile("a"), WordTile("b"), WordTile("a")], run_time=1).run_time == 1
    with pytest.raises(ValueError, match="not those that the chart counts"):
        chart.gather([WordTile("a"), WordTile("b"), WordTile("b")], run_time=1)
    with pytest.raises(ValueError, match="at least one"):
        FrequencyChart({"a": 0})


def test_a_message_is_cut_where_the_reading_ends_a_codeword() -> None:
    message = CutMessage(CLEVER_MESSAGE, CLEVER)
    assert [cut.get_fill_opacity() for cut in message.cut((0, 1, 2, 3)).cuts] == [1, 1, 0, 1, 0]
    assert [cut.get_fill_opacity() for cut in message.cut((2, 2, 3)).cuts] == [0, 1, 0, 1, 0]
    assert [label.text for label in message.words((2, 2, 3))] == ["for", "for", "coffee"]


def dashes(shapes: list[VMobject]) -> int:
    return sum(len(shape.get_subpaths()) for shape in shapes)


def test_the_pages_have_a_dash_for_every_word() -> None:
    pages = NovelPages(map(len, novel_paragraphs()))
    assert dashes(pages.words) == NOVEL.total()
    assert dashes(pages.lit(places_of(OFTEN))) == NOVEL[OFTEN]
    assert STAGE_WIDTH - 0.1 < pages.width <= STAGE_WIDTH
    for page in pages.pages:  # no word hangs over its page
        sheet, words = page
        assert words.width < sheet.width
        assert words.height < sheet.height
        assert max(abs(words.get_center() - sheet.get_center())) < sheet.height / 2


def test_the_lit_word_lies_on_its_dash() -> None:
    pages = NovelPages(map(len, novel_paragraphs())).shift(np.array([1.0, -2.0, 0.0]))
    (zebra,) = pages.lit(places_of(ZEBRA))
    middles = [np.mean(path, axis=0) for words in pages.words for path in words.get_subpaths()]
    (place,) = places_of(ZEBRA)
    assert np.allclose(zebra.get_center(), middles[place], atol=0.02)
    near = np.argmin([np.linalg.norm(middle - zebra.get_center()) for middle in middles])
    assert near == place


@given(st.lists(st.integers(1, 3 * LINE_WORDS), min_size=1, max_size=30))
def test_every_paragraph_starts_a_line_and_no_two_words_share_a_spot(paragraphs: list[int]) -> None:
    spots = lines_of(paragraphs)
    assert len(set(spots)) == len(spots) == sum(paragraphs)
    assert spots == sorted(spots)
    starts = itertools.accumulate([0, *paragraphs[:-1]])
    assert all(spots[start][1] == 0 for start in starts)
    assert max(column for _, column in spots) < LINE_WORDS
    assert {line for line, _ in spots} == set(range(spots[-1][0] + 1))  # no line is left out


def test_the_last_page_is_not_empty() -> None:
    pages = NovelPages([1] * (PAGE_LINES + 1))
    assert [dashes([words]) for words in pages.words] == [PAGE_LINES, 1]


def test_equal_words_differ_in_nothing_but_their_spelling() -> None:
    picture = EqualWords(("end", "window"), count=9, shown="9", foot=np.array([1.0, -1.0, 0.0]))
    one, other = picture.columns
    assert [[tile.word for tile in column.tiles] for column in picture.columns] == [["end"] * 9, ["window"] * 9]
    assert (one.width, one.height, one.get_y()) == pytest.approx((other.width, other.height, other.get_y()))
    assert one.get_bottom()[1] > picture.names[0].get_top()[1]
    cover = picture.cover()
    cover.begin()
    cover.interpolate(1)
    tiles = [*picture.names, *one.tiles, *other.tiles]
    assert all(glyph.get_fill_opacity() == 0 for tile in tiles for glyph in tile.label.family_members_with_points())


@given(st.floats(0.1, 13), st.floats(0.1, 1))
def test_cells_are_as_long_as_their_bits(bits: float, share: float) -> None:
    cells = Cells(bits, side=0.5)
    assert sum(box.width for box in cells.boxes) == pytest.approx(0.5 * bits)
    assert sum(cell.width for cell in cells.filled(share * bits)) == pytest.approx(0.5 * share * bits)
    left = cells.boxes[0].get_left()[0]
    assert cells.filled(share * bits)[-1].get_right()[0] - left == pytest.approx(0.5 * share * bits)


def test_letters_and_bits_have_cells_of_one_width() -> None:
    spelling = Spelling(LONG, bits=9.5)
    assert spelling.letters.width == pytest.approx(len(LONG) * Spelling.SIDE, abs=0.02)
    assert spelling.cells.width == pytest.approx(9.5 * Spelling.SIDE, abs=0.02)
    assert spelling.letters.get_left()[0] == pytest.approx(spelling.cells.get_left()[0], abs=0.02)


def test_the_pile_stands_on_its_rates_and_within_the_line() -> None:
    rates = random_rates(np.random.default_rng(3), COUNTS.values())
    assert RATES[0] < rates.min()
    line = RateLine(*RATES, {4: "4"}, width=10)
    pile = Pile(line, rates, bin_width=RATE_BIN, unit=0.01)
    assert pile.get_left()[0] == pytest.approx(line.at(rates.min() - 0.45 * RATE_BIN)[0], abs=1e-6)
    tallest = Counter(np.rint(rates / RATE_BIN)).most_common(1)[0][1]
    assert pile.height == pytest.approx(0.01 * tallest)
    assert len(pile.show_first(10).get_subpaths()) <= 10
