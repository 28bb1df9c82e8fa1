"""The numbers of `intuition` by a second route, and its pictures true to them."""

from __future__ import annotations

import heapq
import itertools
import math
from collections import Counter
from fractions import Fraction

import numpy as np
import pytest

from narration.fact import Facts
from scenes.entropy.intuition import RATE_BIN, RATES, Intuition
from scenes.entropy.intuition_dictionaries import (
    CANDIDATES,
    CLEVER,
    CLEVER_MESSAGE,
    COUNTS,
    LONG,
    OFTEN,
    SENTENCE,
    STORY,
    TRIED,
    ZEBRA,
    ZEBRA_PLACE,
    counted_first,
    fixed_code,
    random_lengths,
    random_rates,
)
from scenes.entropy.intuition_pictures import CutMessage, Pile, RateLine, Spelling, StoryPages, places_of
from scenes.stage.frequency_chart import FrequencyChart
from scenes.stage.word_tile import SentenceTiles, WordTile, words_of

# The sentence's words, counted without the stage: every full stop dropped, then cut at blanks.
BY_HAND = Counter(SENTENCE.replace(".", "").split())


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


def test_equal_counts_are_equal() -> None:
    assert set(CANDIDATES.values()) == {100}


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


@pytest.mark.parametrize(("fact", "word"), [("often", OFTEN), ("long", LONG), ("zebra", ZEBRA)])
def test_words_of_the_story_halve_it_a_whole_number_of_times(facts: Facts, fact: str, word: tuple[str, int]) -> None:
    # The picture fills whole cells, and the film shows total / count = 2^bits.
    bits = facts.number(f"bits_{fact}")
    assert bits == round(bits)
    assert Fraction(STORY, word[1]) == 2 ** round(bits)


def test_the_myth_swaps_letters_and_bits(facts: Facts) -> None:
    assert (facts["letters_long"].value, facts["bits_long"].value) == (10, 5)
    assert (facts["letters_zebra"].value, facts["bits_zebra"].value) == (5, 10)


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


def test_the_story_has_a_dash_for_every_word_and_one_zebra() -> None:
    pages = StoryPages()
    assert sum(len(page[1].get_subpaths()) for page in pages.pages) == STORY
    often = places_of(np.random.default_rng(1), OFTEN[1])
    assert len(set(often)) == OFTEN[1]
    assert ZEBRA_PLACE not in often
    assert sum(len(dashes.get_subpaths()) for dashes in pages.lit(often)) == OFTEN[1]
    (zebra,) = pages.shift(np.array([1.0, -2.0, 0.0])).lit([ZEBRA_PLACE])
    third = pages.pages[2]
    assert third.get_left()[0] < zebra.get_x() < third.get_right()[0]
    assert third.get_bottom()[1] < zebra.get_y() < third.get_top()[1]


def test_letters_and_bits_have_cells_of_one_width() -> None:
    long, short = Spelling(LONG[0], bits=5), Spelling(ZEBRA[0], bits=10)
    assert long.letters.width == pytest.approx(short.cells.width, abs=0.05)
    assert long.cells.width == pytest.approx(short.letters.width, abs=0.05)


def test_the_pile_stands_on_its_rates_and_within_the_line() -> None:
    rates = random_rates(np.random.default_rng(3), COUNTS.values())
    assert RATES[0] < rates.min()
    line = RateLine(*RATES, {4: "4"}, width=10)
    pile = Pile(line, rates, bin_width=RATE_BIN, unit=0.01)
    assert pile.get_left()[0] == pytest.approx(line.at(rates.min() - 0.45 * RATE_BIN)[0], abs=1e-6)
    tallest = Counter(np.rint(rates / RATE_BIN)).most_common(1)[0][1]
    assert pile.height == pytest.approx(0.01 * tallest)
    assert len(pile.show_first(10).get_subpaths()) <= 10
