"""What counts as a distribution, how a mistake is named, and the exact and joint views of one."""

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import infotheory as it


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ([0.5, -0.1, 0.6], r"p\[1\] = -0\.1 is negative"),
        ([0.5, 1.2], r"p\[1\] = 1\.2 is above 1"),
        ([0.5, float("nan")], r"p\[1\] = nan is not finite"),
        ([[0.5, 0.5], [float("inf"), 0.0]], r"p\[1, 0\] = inf is not finite"),
        ([0.5, 0.4], r"p sums to 0\.9, not to 1 \(tolerance 1e-06\)"),
        ([], "p is empty"),
        (["half", 0.5], "p is no array of real numbers"),
        ([[0.5], [0.25, 0.25]], "p is no array of real numbers"),
    ],
)
def test_a_bad_pmf_is_refused_with_the_place(values: list[Any], message: str) -> None:
    with pytest.raises(it.ProbabilityError, match=message):
        it.check_pmf(values)
    assert issubclass(it.ProbabilityError, ValueError)


@pytest.mark.parametrize(("axis", "slice_name"), [(-1, r"rows\[1, :\]"), (0, r"rows\[:, 0\]")])
def test_the_slice_that_does_not_sum_to_one_is_named(axis: int, slice_name: str) -> None:
    rows = np.array([[0.5, 0.5], [0.3, 0.5]])
    with pytest.raises(it.ProbabilityError, match=slice_name + r" sums to 0\.8"):
        it.check_pmf(rows, axis=axis, name="rows")


def test_the_tolerance_is_a_boundary() -> None:
    it.check_pmf([0.5, 0.5 + 5e-7])
    with pytest.raises(it.ProbabilityError):
        it.check_pmf([0.5, 0.5 + 2e-6])
    with pytest.raises(it.ProbabilityError):
        it.check_pmf([0.5, 0.5 + 5e-7], tolerance=1e-9)


def test_a_single_precision_softmax_passes() -> None:
    logits = np.random.default_rng(1).normal(0, 4, 10_000).astype(np.float32)
    soft = np.exp(logits) / np.exp(logits).sum()
    assert soft.dtype == np.float32
    assert it.check_pmf(soft).dtype == np.float64


def test_arguments_are_left_alone() -> None:
    p = np.array([0.25, 0.75])
    it.entropy(p)
    it.normalize(p)
    assert p.tolist() == [0.25, 0.75]


@pytest.mark.parametrize("weights", [[0, 0], [], [1, -1], [1, float("inf")]])
def test_weights_that_have_no_distribution(weights: list[float]) -> None:
    with pytest.raises(it.ProbabilityError):
        it.normalize(weights)


def test_normalize_survives_huge_weights() -> None:
    assert it.normalize([1e308, 1e308]).tolist() == [0.5, 0.5]


@given(st.integers(0, 2000), st.integers(1, 2000))
def test_simple_fractions_survive_being_floats(numerator: int, denominator: int) -> None:
    assert it.exact_fraction(numerator / denominator) == Fraction(numerator, denominator)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_an_exact_fraction_rounds_to_its_float(number: float) -> None:
    assert float(it.exact_fraction(number)) == number


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=30).filter(any))
def test_an_exact_pmf_sums_to_exactly_one(weights: list[int]) -> None:
    total = sum(weights)
    pmf = it.exact_pmf([weight / total for weight in weights])
    assert sum(pmf) == 1
    assert [float(entry) for entry in pmf] == pytest.approx([weight / total for weight in weights])


def test_an_exact_pmf_keeps_fractions_and_refuses_tables() -> None:
    thirds = [Fraction(1, 3)] * 3
    assert it.exact_pmf(thirds) == tuple(thirds)
    with pytest.raises(it.ProbabilityError, match="flat"):
        it.exact_pmf([[0.5, 0.5]])  # type: ignore[list-item]
    with pytest.raises(it.ProbabilityError, match=r"p\[0\] = nan"):
        it.exact_pmf([float("nan"), 1.0])


def test_a_margin_has_its_axes_in_the_order_asked_for() -> None:
    joint = it.normalize(np.random.default_rng(2).random((2, 3, 4)))
    assert np.allclose(it.marginal(joint, (2, 0)), np.einsum("ijk->ki", joint))
    assert np.allclose(it.marginal(joint, -1), np.einsum("ijk->k", joint))
    assert it.marginal(joint, ()) == pytest.approx(1)
    with pytest.raises(np.exceptions.AxisError):
        it.marginal(joint, 3)


def test_conditionals_are_pmfs_and_undefined_where_nothing_happens() -> None:
    joint = np.array([[0.2, 0.3, 0.5], [0.0, 0.0, 0.0]])
    rows = it.conditional_pmf(joint, given=0)
    assert rows[0].tolist() == [0.2, 0.3, 0.5]
    assert np.isnan(rows[1]).all()
    assert np.allclose(it.conditional_pmf(joint, given=1)[0], 1)
