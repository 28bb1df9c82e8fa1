"""Counting sequences exactly, and typical sets against enumeration."""

import math
from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom

import infotheory as it

tenths = st.integers(0, 10).map(lambda tenth: tenth / 10)


@given(st.integers(0, 400), st.integers(-5, 405))
def test_log2_binomial_against_integers(n: int, k: int) -> None:
    expected = math.log2(math.comb(n, k)) if 0 <= k <= n else -math.inf
    assert it.log2_binomial(n, k) == pytest.approx(expected, abs=1e-11)


@pytest.mark.parametrize("k", [0, 1, 2, 3000, 999_999, 1_000_000])
def test_log2_binomial_of_a_million_against_integers(k: int) -> None:
    n = 1_000_000
    assert it.log2_binomial(n, k) == pytest.approx(math.log2(math.comb(n, k)), abs=1e-8, rel=1e-15)


@pytest.mark.slow
def test_log2_binomial_of_a_million_at_the_films_bias_against_integers() -> None:
    exact = math.log2(math.comb(1_000_000, 300_000))
    assert it.log2_binomial(1_000_000, 700_000) == pytest.approx(exact, rel=1e-14)


def test_log2_binomial_takes_arrays_and_refuses_bad_numbers() -> None:
    row = it.log2_binomial(4, range(-1, 6))
    assert row.tolist() == pytest.approx([-math.inf, 0, 2, math.log2(6), 2, 0, -math.inf])
    assert it.log2_binomial(np.array([[2], [3]]), [0, 1]).shape == (2, 2)
    with pytest.raises(ValueError, match="k must be whole"):
        it.log2_binomial(3, [0.5])  # type: ignore[list-item]
    with pytest.raises(ValueError, match="negative"):
        it.log2_binomial(-1, 0)


def test_counting_gives_the_entropy() -> None:
    rates = [it.log2_binomial(n, 7 * n // 10) / n for n in (10, 100, 1000, 10_000)]
    assert rates == pytest.approx([0.6907, 0.8460, 0.8761, 0.8806], abs=5e-5)
    assert it.binary_entropy(0.7) == pytest.approx(0.8813, abs=5e-5)
    assert it.log2_binomial(10**6, 7 * 10**5) / 10**6 == pytest.approx(it.binary_entropy(0.7), abs=2e-5)


@given(st.integers(1, 300), tenths)
def test_log2_pmf_agrees_with_scipy_and_sums_to_one(n: int, p: float) -> None:
    logs = it.log2_binomial_pmf(range(n + 1), n, p)
    assert np.exp2(logs) == pytest.approx(binom.pmf(np.arange(n + 1), n, p), abs=1e-13)
    assert np.exp2(logs).sum() == pytest.approx(1)


def test_log2_pmf_where_floats_underflow() -> None:
    assert it.log2_binomial_pmf(0, 10**6, 0.7) == pytest.approx(10**6 * math.log2(0.3))
    assert it.log2_binomial_pmf([-1, 3], 2, 0.5).tolist() == [-math.inf, -math.inf]
    assert it.log2_binomial_pmf(1, 1, 0.0) == -math.inf
    with pytest.raises(it.ProbabilityError):
        it.log2_binomial_pmf(1, 2, 1.5)


def test_the_mass_crowds_around_its_mean_but_not_at_first() -> None:
    masses = [it.probability_near(n, 0.7, 0.01) for n in (10, 100, 1000, 10_000)]
    assert masses == pytest.approx([0.267, 0.256, 0.531, 0.972], abs=5e-4)
    assert it.probability_near(10**6, 0.7, 0.01) == pytest.approx(1)
    assert it.probability_near(3, 0.7, 0.01) == 0


@pytest.mark.parametrize("n", [100, 1000, 10_000, 1_000_000])
def test_the_boundary_belongs_to_the_neighbourhood(n: int) -> None:
    assert it.counts_near(n, 0.7, 0.01) == range(69 * n // 100, 71 * n // 100 + 1)
    assert abs(71 / 100 - 0.7) > 0.01  # which is why floats must not decide


@given(st.integers(1, 200), tenths, st.integers(0, 120))
def test_neighbourhoods_against_fractions(n: int, p: float, hundredths: int) -> None:
    centre, radius = Fraction(str(p)), Fraction(hundredths, 100)
    expected = [k for k in range(n + 1) if abs(Fraction(k, n) - centre) <= radius]
    assert list(it.counts_near(n, p, hundredths / 100)) == expected
    mass = it.probability_near(n, p, hundredths / 100)
    assert mass == pytest.approx(np.sum(binom.pmf(expected, n, p)), abs=1e-12)


def test_a_range_in_the_upper_tail_keeps_its_digits() -> None:
    counts = range(95, 101)
    expected = math.fsum(math.comb(100, k) * 0.5**100 for k in counts)
    assert it.probability_of_counts(counts, 100, 0.5) == pytest.approx(expected, rel=1e-9, abs=0)


@pytest.mark.parametrize(("n", "p", "epsilon"), [(0, 0.5, 0.1), (10, 1.5, 0.1), (10, 0.5, -0.1)])
def test_bad_neighbourhoods_are_refused(n: int, p: float, epsilon: float) -> None:
    with pytest.raises(ValueError, match=r"at least 1|above 1|negative"):
        it.counts_near(n, p, epsilon)
    with pytest.raises(ValueError, match=r"at least 1|above 1|negative"):
        it.typical_set(n, p, epsilon)


@given(st.integers(1, 9), st.integers(1, 9).map(lambda tenth: tenth / 10), st.integers(1, 99))
def test_typical_sets_against_enumeration(n: int, p: float, hundredths: int) -> None:
    epsilon = hundredths / 100 + math.pi * 1e-4  # no sequence lies on the boundary
    entropy = it.binary_entropy(p)
    size, mass = 0, 0.0
    for sequence in product((0, 1), repeat=n):
        probability = math.prod(p if toss else 1 - p for toss in sequence)
        if abs(it.surprise(probability) / n - entropy) <= epsilon:
            size += 1
            mass += probability
    found = it.typical_set(n, p, epsilon)
    assert it.typical_set_size(n, p, epsilon) == size
    assert found.probability == pytest.approx(mass, abs=1e-12)
    assert found.log2_size == pytest.approx(math.log2(size) if size else -math.inf)


def test_the_films_typical_sets() -> None:
    hundred, thousand = it.typical_set(100, 0.7, 0.05), it.typical_set(1000, 0.7, 0.05)
    assert hundred.probability == pytest.approx(0.67, abs=5e-3)
    assert thousand.probability == pytest.approx(0.995, abs=5e-4)
    assert thousand.log2_share == pytest.approx(-79, abs=0.5)
    assert thousand.log2_size == pytest.approx(math.log2(it.typical_set_size(1000, 0.7, 0.05)))


def test_the_most_likely_sequence_is_not_typical() -> None:
    assert 1000 not in it.typical_set(1000, 0.7, 0.05).ones
    assert it.surprise(0.7) == pytest.approx(0.5146, abs=5e-5)


@pytest.mark.parametrize("n", [100, 1000, 100_000, 1_000_000])
def test_size_and_mass_obey_the_aep(n: int) -> None:
    epsilon = 0.05
    found = it.typical_set(n, 0.7, epsilon)
    entropy = it.binary_entropy(0.7)
    assert found.log2_size <= n * (entropy + epsilon)
    assert found.log2_size >= math.log2(found.probability) + n * (entropy - epsilon)


@given(st.integers(1, 60), st.integers(0, 12), st.integers(1, 4))
def test_typical_ties_are_decided_exactly(n: int, twelfths: int, power: int) -> None:
    # With (1-p)/p = 2^power, |k/n - p| * power <= epsilon is a statement about fractions.
    p, epsilon = Fraction(1, 1 + 2**power), Fraction(twelfths, 12)
    expected = [k for k in range(n + 1) if abs(Fraction(k, n) - p) * power <= epsilon]
    assert list(it.typical_counts(n, p, epsilon)) == expected
    mirrored = it.typical_counts(n, 1 - p, epsilon)
    assert list(mirrored) == [n - k for k in reversed(expected)]


def test_coins_without_a_choice() -> None:
    assert it.typical_set(20, 0.5, 0).log2_size == pytest.approx(20)
    for p in (0, 1):
        certain = it.typical_set(20, p, 0.1)
        assert list(certain.ones) == [20 * p]
        assert (certain.log2_size, certain.probability) == (0, 1)
    empty = it.typical_set(3, 0.7, 0.001)
    assert (empty.log2_size, empty.probability, len(empty.ones)) == (-math.inf, 0, 0)
    assert it.typical_set_size(3, 0.7, 0.001) == 0
