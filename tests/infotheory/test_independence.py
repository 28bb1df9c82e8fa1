"""The product of the margins, the logarithms of true over believed, and correlation: closed forms, NumPy, and laws."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

import infotheory as it

Array = NDArray[np.float64]

weights = st.one_of(st.just(0.0), st.floats(1e-9, 1), st.integers(1, 5).map(float))
joints = st.tuples(st.integers(1, 4), st.integers(1, 4)).flatmap(
    lambda shape: (
        st.lists(weights, min_size=math.prod(shape), max_size=math.prod(shape))
        .filter(any)
        .map(lambda values: it.normalize(values).reshape(shape))
    )
)


@given(joints)
def test_product_keeps_the_margins_and_shares_nothing(joint: Array) -> None:
    product = it.product_of_margins(joint)
    assert product == pytest.approx(np.outer(joint.sum(axis=1), joint.sum(axis=0)))
    assert it.mutual_information(product) == pytest.approx(0, abs=1e-12)
    assert it.product_of_margins(product) == pytest.approx(product)


def test_product_of_three() -> None:
    xor = np.array([[[0.25, 0], [0, 0.25]], [[0, 0.25], [0.25, 0]]])
    assert it.product_of_margins(xor) == pytest.approx(np.full((2, 2, 2), 1 / 8))


@given(joints)
def test_mean_of_the_logarithms_is_mutual_information(joint: Array) -> None:
    logs = it.log_ratio_to_independence(joint)
    mean = float((joint[joint > 0] * logs[joint > 0]).sum())
    assert mean == pytest.approx(it.mutual_information(joint), abs=1e-9)
    assert mean == pytest.approx(it.kl_divergence(joint, it.product_of_margins(joint)), abs=1e-9)
    by_hand = it.entropy(joint.sum(axis=1)) + it.entropy(joint.sum(axis=0)) - it.entropy(joint.ravel())
    assert mean == pytest.approx(by_hand, abs=1e-9)


@given(joints)
def test_logarithm_is_what_the_dictionary_of_the_product_charges_too_much(joint: Array) -> None:
    product, possible = it.product_of_margins(joint), joint > 0
    too_much = it.surprise(product[possible]) - it.surprise(joint[possible])
    assert it.log_ratio_to_independence(joint)[possible] == pytest.approx(too_much, abs=1e-9)


def test_cells_that_never_come() -> None:
    logs = it.log_ratio_to_independence([[0.5, 0.0, 0.0], [0.25, 0.25, 0.0]])
    assert logs[0, 1] == -math.inf
    assert np.isnan(logs[:, 2]).all()
    assert logs[1, 1] == pytest.approx(1.0)


def test_logarithms_in_nats() -> None:
    joint = [[0.4, 0.1], [0.1, 0.4]]
    assert it.log_ratio_to_independence(joint, base=math.e) == pytest.approx(
        np.array([[math.log(1.6), math.log(0.4)], [math.log(0.4), math.log(1.6)]])
    )


def test_tiny_margins_do_not_underflow() -> None:
    tiny = 1e-200
    joint = np.array([[1 - tiny, 0.0], [0.0, tiny]])
    assert it.log_ratio_to_independence(joint)[1, 1] == pytest.approx(math.log2(1 / tiny))


@given(st.integers(0, 10_000))
def test_correlation_of_a_counted_sample_is_that_of_numpy(seed: int) -> None:
    random = np.random.default_rng(seed)
    x_values, y_values = random.normal(size=4), random.normal(size=3)
    i, j = random.integers(0, 4, 200), random.integers(0, 3, 200)
    i[:3], j[:3] = [0, 1, 2], [0, 1, 2]
    counts = np.zeros((4, 3))
    np.add.at(counts, (i, j), 1)
    expected = np.corrcoef(x_values[i], y_values[j])[0, 1]
    assert it.correlation(counts / 200, x_values, y_values) == pytest.approx(expected, abs=1e-9)


def test_correlation_of_a_line_and_of_a_constant() -> None:
    assert it.correlation(np.eye(3) / 3, [0, 1, 2], [5, 3, 1]) == pytest.approx(-1)
    assert math.isnan(it.correlation([[0.5, 0.5]], [1], [0, 1]))


def test_correlation_needs_a_value_for_each_row_and_column() -> None:
    with pytest.raises(it.ProbabilityError, match="2 by 3"):
        it.correlation(np.full((2, 2), 0.25), [0, 1], [0, 1, 2])
    with pytest.raises(it.ProbabilityError):
        it.correlation([[0.5, 0.9]], [0], [0, 1])
