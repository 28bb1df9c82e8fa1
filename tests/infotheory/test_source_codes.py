"""Huffman, Shannon, Shannon-Fano-Elias and block codes: optimality, bounds and known figures."""

import math
from fractions import Fraction
from functools import cache
from itertools import combinations_with_replacement

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import infotheory as it

DIE = [0.4, 0.2, 0.2, 0.2]
COIN = [0.9, 0.1]
positive_pmfs = st.lists(st.integers(1, 60), min_size=2, max_size=9).map(
    lambda weights: [Fraction(weight, sum(weights)) for weight in weights]
)


@cache
def affordable_lengths(count: int, size: int) -> list[tuple[int, ...]]:
    """All ascending lengths from 1 to ``count`` that fit Kraft's budget."""
    choices = combinations_with_replacement(range(1, count + 1), count)
    return [lengths for lengths in choices if it.kraft_sum(lengths, size) <= 1]


@settings(deadline=None)
@given(st.lists(st.integers(0, 20), min_size=2, max_size=6).filter(any), st.integers(2, 4))
def test_huffman_is_optimal_by_brute_force(weights: list[int], size: int) -> None:
    lengths = it.huffman_lengths(weights, size)
    cost = sum(w * length for w, length in zip(weights, lengths, strict=True))
    falling = sorted(weights, reverse=True)  # the best use of given lengths: short words for likely outcomes
    best = min(
        sum(w * length for w, length in zip(falling, choice, strict=True))
        for choice in affordable_lengths(len(weights), size)
    )
    assert cost == best


@given(positive_pmfs, st.sampled_from(["01", "012", "ACGT", "vwxyz"]))
def test_every_code_is_prefix_free_and_within_its_bound(p: list[Fraction], alphabet: str) -> None:
    floats = [float(entry) for entry in p]
    entropy = it.entropy(floats, base=len(alphabet))
    huffman = it.huffman_code(p, alphabet)
    shannon = it.shannon_code(p, alphabet)
    elias = it.shannon_fano_elias_code(p, alphabet)
    for code, excess in ((huffman, 1), (shannon, 1), (elias, 2)):
        assert it.is_prefix_free(code)
        assert set("".join(code)) <= set(alphabet)
        assert entropy - 1e-9 <= it.expected_length(floats, code) < entropy + excess + 1e-9
    assert it.expected_length(floats, huffman) <= it.expected_length(floats, shannon) + 1e-12
    assert it.codeword_lengths(shannon) == it.shannon_lengths(p, len(alphabet))


@given(positive_pmfs)
def test_a_binary_huffman_code_spends_the_whole_budget(p: list[Fraction]) -> None:
    assert it.kraft_sum(it.huffman_code(p)) == 1


def test_the_die_gains_nothing_alone_and_a_little_in_pairs() -> None:
    assert it.expected_length(DIE, it.huffman_code(DIE)) == pytest.approx(2)
    assert it.expected_length(DIE, it.shannon_code(DIE)) == pytest.approx(2.6)
    assert it.block_code_rate(DIE, 2) == pytest.approx(1.96)


def test_dyadic_probabilities_are_met_exactly() -> None:
    p = [1 / 2, 1 / 4, 1 / 8, 1 / 8]
    for code in (it.huffman_code(p), it.shannon_code(p)):
        assert code == ["0", "10", "110", "111"]
    assert it.expected_length(p, it.huffman_code(p)) == it.entropy(p) == 1.75


def test_the_coffee_sentence_in_84_bits() -> None:
    sentence = "I asked for coffee. I took a sip and realized she added maple syrup in my coffee without asking me."
    words = sentence.replace(".", "").split()
    vocabulary = list(dict.fromkeys(words))
    code = dict(zip(vocabulary, it.huffman_code([words.count(word) for word in vocabulary]), strict=True))
    message = it.encode_message(words, code)
    assert len(message) == 84
    assert it.decode_message(message, code) == words
    assert math.ceil(math.log2(len(vocabulary))) * len(words) == 100


def test_ties_are_broken_the_same_way_and_evenly() -> None:
    assert it.huffman_code([1] * 5) == ["110", "111", "00", "01", "10"]
    # Two sets of lengths are optimal here: (1, 2, 3, 4, 4) and (2, 2, 2, 3, 3), which varies least.
    assert it.huffman_lengths([4, 2, 2, 1, 1]) == [2, 2, 2, 3, 3]


def test_impossible_and_single_outcomes_still_get_codewords() -> None:
    assert it.huffman_code([1.0]) == ["0"]
    assert it.huffman_code([0.0, 1.0, 0.0]) == ["10", "0", "11"]
    assert it.huffman_lengths([1, 1, 1, 1, 1, 1], 4) == [2, 2, 2, 1, 1, 1]


def test_huffman_takes_arrays_and_many_outcomes() -> None:
    p = it.normalize(np.random.default_rng(3).random(5000))
    code = it.huffman_code(p)
    assert it.is_prefix_free(code)
    assert it.entropy(p) <= it.expected_length(p, code) < it.entropy(p) + 1


@pytest.mark.parametrize("bad", [[], [1, -1], [float("nan"), 1], [float("inf")]])
def test_bad_weights_are_refused(bad: list[float]) -> None:
    with pytest.raises(it.ProbabilityError, match="weights"):
        it.huffman_code(bad)


@given(positive_pmfs, st.integers(2, 5))
def test_shannon_lengths_are_surprises_rounded_up(p: list[Fraction], size: int) -> None:
    for entry, length in zip(p, it.shannon_lengths(p, size), strict=True):
        assert Fraction(1, size**length) <= entry < Fraction(1, size ** (length - 1))


def test_shannon_lengths_at_powers_of_the_alphabet() -> None:
    assert it.shannon_lengths([1 / 3] * 3, 3) == [1, 1, 1]
    assert it.shannon_lengths([0.1] * 10, 10) == [1] * 10
    assert it.shannon_lengths([1]) == [0]
    with pytest.raises(it.ProbabilityError, match=r"p\[1\] = 0 has infinite surprise"):
        it.shannon_lengths([1.0, 0.0])


def test_shannon_fano_elias_as_in_the_textbook() -> None:
    # Cover and Thomas, section 5.9, both examples.
    assert it.shannon_fano_elias_code([0.25, 0.5, 0.125, 0.125]) == ["001", "10", "1101", "1111"]
    p = [0.25, 0.25, 0.2, 0.15, 0.15]
    assert it.shannon_fano_elias_code(p) == ["001", "011", "1001", "1100", "1110"]


def test_longer_blocks_help_but_not_steadily() -> None:
    rates = [it.block_code_rate(COIN, n) for n in range(1, 9)]
    assert rates == pytest.approx([1, 0.645, 0.5327, 0.4925, 0.4802, 0.4702, 0.4743, 0.4758], abs=5e-5)
    entropy = it.entropy(COIN)
    assert all(entropy <= rate < entropy + 1 / n for n, rate in enumerate(rates, start=1))


@given(st.integers(1, 19), st.integers(1, 5))
def test_a_block_code_is_huffmans_code_of_the_extension(twentieths: int, n: int) -> None:
    p = [Fraction(twentieths, 20), Fraction(20 - twentieths, 20)]
    extension = it.source_extension(p, n)
    code = it.block_code(p, n)
    assert sum(extension.values()) == 1
    assert list(code) == list(extension) == it.blocks(2, n)
    assert it.is_prefix_free(code.values())
    rate = sum(extension[block] * len(word) for block, word in code.items()) / n
    assert it.block_code_rate(p, n) == float(rate)
    assert list(code.values()) == it.huffman_code(extension.values())


def test_a_ternary_block_code() -> None:
    assert it.block_code_rate([1 / 3] * 3, 2, "abc") == 1


@pytest.mark.parametrize("n", [0, 21])
def test_too_few_or_too_many_blocks(n: int) -> None:
    with pytest.raises(it.CodeError):
        it.block_code(COIN, n)
