"""Codewords, outcomes and messages as intervals, exactly."""

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

import infotheory as it

COIN = [0.9, 0.1]
pmfs = st.lists(st.integers(1, 30), min_size=1, max_size=5).map(
    lambda weights: [Fraction(weight, sum(weights)) for weight in weights]
)


@st.composite
def intervals(draw: st.DrawFn) -> it.Interval:
    cuts = st.fractions(0, 1, max_denominator=500)
    start, end = sorted(draw(st.lists(cuts, min_size=2, max_size=2, unique=True)))
    return it.Interval(start, end - start)


def test_two_tosses_of_the_coin() -> None:
    parts = it.nested_partition(COIN, 2)
    ends = {block: (str(part.start), str(part.end)) for block, part in parts.items()}
    assert ends == {
        (0, 0): ("0", "81/100"),
        (0, 1): ("81/100", "9/10"),
        (1, 0): ("9/10", "99/100"),
        (1, 1): ("99/100", "1"),
    }


@given(pmfs, st.integers(1, 4))
def test_a_nested_partition_covers_the_unit_interval_without_gaps(p: list[Fraction], n: int) -> None:
    parts = list(it.nested_partition(p, n).values())
    assert parts[0].start == 0
    assert parts[-1].end == 1
    assert all(left.end == right.start for left, right in pairwise(parts))
    assert [part.width for part in parts] == list(it.source_extension(p, n).values())


@given(pmfs, st.data())
def test_a_message_interval_is_its_place_in_the_partition(p: list[Fraction], data: st.DataObject) -> None:
    message = data.draw(st.lists(st.integers(0, len(p) - 1), min_size=1, max_size=4))
    interval = it.message_interval(message, p)
    assert interval == it.nested_partition(p, len(message))[tuple(message)]
    assert it.message_interval(message[:-1], p).contains(interval)


def test_a_long_message_stays_exact() -> None:
    interval = it.message_interval([0] * 1000, COIN)
    assert interval == it.Interval(Fraction(0), Fraction(9, 10) ** 1000)
    assert it.message_interval([], COIN) == it.UNIT


@pytest.mark.parametrize("symbol", [2, -1])
def test_a_symbol_that_is_no_outcome(symbol: int) -> None:
    with pytest.raises(it.CodeError, match="at place 1"):
        it.message_interval([0, symbol], COIN)


@given(st.lists(st.text("012", max_size=4), max_size=6))
def test_prefix_free_means_that_intervals_do_not_overlap(words: list[str]) -> None:
    parts = sorted((it.codeword_interval(word, "012") for word in words), key=lambda part: part.start)
    disjoint = all(a.end <= b.start for i, a in enumerate(parts) for b in parts[i + 1 :])
    assert it.is_prefix_free(words) == disjoint
    assert sum(part.width for part in parts) == it.kraft_sum(words, 3)


def test_codewords_as_intervals() -> None:
    assert it.codeword_interval("") == it.UNIT
    assert it.codeword_interval("110") == it.Interval(Fraction(3, 4), Fraction(1, 8))
    with pytest.raises(it.CodeError, match="digit '2' at place 1"):
        it.codeword_interval("02")


@given(intervals(), st.sampled_from(["01", "abc"]))
def test_settled_digits_are_all_that_can_be_said(interval: it.Interval, alphabet: str) -> None:
    digits = it.settled_digits(interval, alphabet)
    assert it.codeword_interval(digits, alphabet).contains(interval)
    for digit in alphabet:
        assert not it.codeword_interval(digits + digit, alphabet).contains(interval)


@given(intervals())
def test_the_shortest_codeword_within(interval: it.Interval) -> None:
    word = it.shortest_codeword_within(interval)
    assert interval.contains(it.codeword_interval(word))
    assert len(word) < it.surprise(float(interval.width)) + 2 + 1e-9
    shorter = [format(i, f"0{len(word) - 1}b") for i in range(2 ** (len(word) - 1))] if len(word) > 1 else []
    assert not any(interval.contains(it.codeword_interval(other)) for other in shorter)


@pytest.mark.parametrize("bad", [(0, 0), (Fraction(1, 2), 1), (-1, 1)])
def test_an_interval_outside_the_unit_interval(bad: tuple[Fraction, Fraction]) -> None:
    interval = it.Interval(Fraction(bad[0]), Fraction(bad[1]))
    with pytest.raises(it.CodeError, match="no interval of positive width"):
        it.settled_digits(interval)
    with pytest.raises(it.CodeError):
        it.shortest_codeword_within(interval)


def test_an_impossible_outcome_has_an_empty_interval() -> None:
    parts = it.cumulative_partition([0.5, 0.0, 0.5])
    assert parts[1] == it.Interval(Fraction(1, 2), Fraction(0))
    assert parts[2].end == 1
