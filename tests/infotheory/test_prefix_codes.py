"""Kraft's budget, prefix codes from lengths, and sending messages."""

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

import infotheory as it

lengths_lists = st.lists(st.integers(0, 7), min_size=1, max_size=12)
codes = st.lists(st.text("01", max_size=4), max_size=6)


def test_the_clever_dictionary_overspends_and_the_good_one_fits() -> None:
    assert it.kraft_sum(["0", "1", "01", "11"]) == Fraction(3, 2)
    assert it.kraft_sum(["0", "10", "110", "111"]) == 1
    assert it.kraft_sum(["0", "00"]) == Fraction(3, 4)
    assert not it.is_prefix_free(["0", "00"])
    assert it.is_prefix_free(["0", "10"])
    assert it.kraft_terms(["0", "10", 3]) == [Fraction(1, 2), Fraction(1, 4), Fraction(1, 8)]


@given(lengths_lists, st.integers(2, 5))
def test_the_kraft_sum_is_the_sum_of_its_terms(lengths: list[int], size: int) -> None:
    assert it.kraft_sum(lengths, size) == sum(it.kraft_terms(lengths, size))


def test_the_kraft_sum_is_exact_where_floats_are_not() -> None:
    lengths = [*range(1, 200), 199]
    assert it.kraft_sum(lengths) == 1
    assert it.kraft_sum([*lengths, 2000]) == 1 + Fraction(1, 2**2000)
    assert it.kraft_sum([1, 1, 1], alphabet_size=3) == 1
    assert it.kraft_sum([]) == 0


@pytest.mark.parametrize("bad", [[1, -1], [1.5], [None]])
def test_a_length_that_is_none(bad: list[int]) -> None:
    with pytest.raises(it.CodeError, match="codeword or its length"):
        it.kraft_sum(bad)


@pytest.mark.parametrize("size", [1, 0])
def test_an_alphabet_needs_two_digits(size: int) -> None:
    with pytest.raises(it.CodeError):
        it.kraft_sum([1], size)


@given(codes)
def test_prefix_free_means_no_word_begins_another(words: list[str]) -> None:
    pairs = [(a, b) for i, a in enumerate(words) for j, b in enumerate(words) if i != j]
    assert it.is_prefix_free(words) == (not any(b.startswith(a) for a, b in pairs))
    conflict = it.prefix_conflict(words)
    assert conflict is None or conflict in pairs


@given(lengths_lists, st.sampled_from(["01", "abc", "ACGT", "".join(map(chr, range(200, 300)))]))
def test_kraft_and_its_converse(lengths: list[int], alphabet: str) -> None:
    if it.kraft_sum(lengths, len(alphabet)) > 1:
        with pytest.raises(it.CodeError, match="above the budget of 1"):
            it.canonical_prefix_code(lengths, alphabet)
        return
    code = it.canonical_prefix_code(lengths, alphabet)
    assert [len(word) for word in code] == lengths
    assert set("".join(code)) <= set(alphabet)
    assert it.is_prefix_free(code)


def test_no_prefix_code_exists_when_the_budget_is_overspent() -> None:
    # Every choice of words of lengths 1, 2, 2, 2 is tried.
    words = [["".join(w) for w in product("01", repeat=n)] for n in (1, 2, 2, 2)]
    assert not any(it.is_prefix_free(choice) for choice in product(*words))


def test_canonical_words_count_upwards() -> None:
    assert it.canonical_prefix_code([2, 1, 3, 3]) == ["10", "0", "110", "111"]
    assert it.canonical_prefix_code([1, 1, 2, 2, 2], "xyz") == ["x", "y", "zx", "zy", "zz"]
    assert it.canonical_prefix_code([0]) == [""]
    assert it.canonical_prefix_code([]) == []


@pytest.mark.parametrize("alphabet", ["", "0", "010"])
def test_a_bad_alphabet(alphabet: str) -> None:
    with pytest.raises(it.CodeError, match="code alphabet"):
        it.canonical_prefix_code([1], alphabet)


@given(st.data())
def test_messages_come_back(data: st.DataObject) -> None:
    lengths = data.draw(st.lists(st.integers(1, 6), min_size=1, max_size=8).filter(lambda ls: it.kraft_sum(ls, 3) <= 1))
    code = dict(enumerate(it.canonical_prefix_code(lengths, "abc")))
    message = data.draw(st.lists(st.sampled_from(sorted(code)), max_size=30))
    assert it.decode_message(it.encode_message(message, code), code) == message


def test_decoding_says_what_is_wrong() -> None:
    code = {"a": "0", "b": "10"}
    with pytest.raises(it.CodeError, match="symbol 'c' at place 1"):
        it.encode_message("ac", code)
    with pytest.raises(it.CodeError, match="ends within a codeword: '1'"):
        it.decode_message("01", code)
    with pytest.raises(it.CodeError, match="no codeword begins at digit 1"):
        it.decode_message("011", code)
    with pytest.raises(it.CodeError, match="'0' begins codeword '00'"):
        it.decode_message("0", {"a": "0", "b": "00"})
    with pytest.raises(it.CodeError, match="empty codeword"):
        it.decode_message("", {"a": ""})


def test_expected_length_counts_digits_an_outcome() -> None:
    die = [0.4, 0.2, 0.2, 0.2]
    assert it.expected_length(die, ["00", "01", "10", "11"]) == 2
    assert it.expected_length(die, [2, 3, 3, 3]) == pytest.approx(2.6)
    with pytest.raises(it.CodeError, match="3 codewords"):
        it.expected_length(die, ["0", "10", "11"])
