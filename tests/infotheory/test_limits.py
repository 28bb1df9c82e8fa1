"""Large alphabets and long sequences: still exact, still in time."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest

import infotheory as it
from infotheory.probability import FloatArray
from tests.fuzz.hang import limited

FACES = 10_000


@pytest.fixture(scope="module")
def die() -> FloatArray:
    """A die of very many faces, no two alike."""
    weights: FloatArray = np.random.default_rng(3).random(FACES) + 0.01
    return it.normalize(weights)


def test_codes_of_a_large_die_keep_kraft_and_the_entropy(die: FloatArray) -> None:
    entropy = it.entropy(die)
    assert entropy == pytest.approx(-sum(math.log2(p) * p for p in die), rel=1e-12)
    with limited():
        huffman, shannon = it.huffman_code(die), it.shannon_code(die)
    assert it.kraft_sum(huffman) == 1
    assert it.kraft_sum(shannon) <= 1
    assert it.is_prefix_free(huffman)
    assert it.is_prefix_free(shannon)
    best = it.expected_length(die, huffman)
    assert entropy <= best <= it.expected_length(die, shannon) < entropy + 1


def test_unique_decodability_of_large_codes(die: FloatArray) -> None:
    huffman = it.huffman_code(die)
    backwards = [word[::-1] for word in huffman]
    with limited():
        assert it.is_uniquely_decodable(huffman)
        assert it.is_uniquely_decodable(backwards), "read from the end it is a prefix code"
        # A word and the two that it is made of: one more string of digits, read in two ways.
        spoilt = [*huffman, huffman[0] + huffman[1]]
        found = it.find_ambiguity(spoilt)
    assert found is not None
    first, second = ("".join(spoilt[i] for i in reading) for reading in (found.first, found.second))
    assert found.first != found.second
    assert first == second == found.string


def test_equal_codewords_by_the_thousand() -> None:
    with limited():
        assert it.find_ambiguity(["01"] * 5000 + ["1"]) == it.Ambiguity("01", (0,), (1,))


@pytest.mark.parametrize("n", [10**5, 10**6])
def test_a_million_tosses(n: int) -> None:
    p, epsilon = 0.3, 0.01
    with limited():
        total = np.exp2(it.log2_binomial_pmf(np.arange(n + 1), n, p)).sum()
        found = it.typical_set(n, p, epsilon)
    assert total == pytest.approx(1, abs=1e-6)
    # The probability by the normal approximation, and the bounds of Cover and Thomas, theorem 3.1.2.
    sigma = math.sqrt(n * p * (1 - p))
    low, high = (found.ones[0] - 0.5 - n * p) / sigma, (found.ones[-1] + 0.5 - n * p) / sigma
    assert found.probability == pytest.approx(
        (math.erf(high / math.sqrt(2)) - math.erf(low / math.sqrt(2))) / 2, abs=1e-3
    )
    entropy = it.entropy([p, 1 - p])
    assert n * (entropy - epsilon) + math.log2(found.probability) - 1 <= found.log2_size <= n * (entropy + epsilon)


def test_exact_size_agrees_with_its_logarithm_where_it_is_large() -> None:
    n, p, epsilon = 20_000, Fraction(1, 3), Fraction(1, 50)
    with limited():
        exact = it.typical_set_size(n, p, epsilon)
    assert math.log2(exact) == pytest.approx(it.typical_set(n, p, epsilon).log2_size, abs=1e-6)
