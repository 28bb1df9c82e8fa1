"""Couplings keep their margins, and their entropies lie where the theorems say."""

from __future__ import annotations

import dit
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from infotheory import (
    ProbabilityError,
    entropy,
    independent_joint,
    joint_entropy,
    marginal,
    mixed_joint,
    mutual_information,
    normalize,
    partnered_joint,
)

shares = st.floats(0, 1)


@st.composite
def pmfs(draw: st.DrawFn, size: int | None = None) -> NDArray[np.float64]:
    count = draw(st.integers(2, 6)) if size is None else size
    weights = draw(st.lists(st.integers(1, 1000), min_size=count, max_size=count))
    return normalize(weights)


@st.composite
def partners(draw: st.DrawFn) -> tuple[NDArray[np.float64], list[int]]:
    """A pmf and a permutation of its outcomes that exchanges equally likely ones, so that Y is distributed as X."""
    p = draw(pmfs())
    swap = draw(st.permutations(range(len(p))))
    if draw(st.booleans()):
        return p, list(range(len(p)))
    return np.full(len(p), 1 / len(p)), list(swap)


@given(pmfs(), pmfs())
def test_strangers_add_and_tell_nothing(p: NDArray[np.float64], q: NDArray[np.float64]) -> None:
    joint = independent_joint(p, q)
    assert marginal(joint, 0) == pytest.approx(p)
    assert marginal(joint, 1) == pytest.approx(q)
    assert joint_entropy(joint) == pytest.approx(entropy(p) + entropy(q))
    assert mutual_information(joint) == pytest.approx(0, abs=1e-9)


@given(pmfs().flatmap(lambda p: st.tuples(st.just(p), st.permutations(range(len(p))))))
def test_a_partner_costs_nothing(drawn: tuple[NDArray[np.float64], list[int]]) -> None:
    p, partner = drawn
    joint = partnered_joint(p, partner)
    assert marginal(joint, 0) == pytest.approx(p)
    assert marginal(joint, 1)[partner] == pytest.approx(p)
    assert joint_entropy(joint) == pytest.approx(entropy(p))


@given(partners(), shares, shares)
def test_the_way_from_strangers_to_partners(
    drawn: tuple[NDArray[np.float64], list[int]], first: float, second: float
) -> None:
    p, partner = drawn
    strangers, paired = independent_joint(p, p), partnered_joint(p, partner)
    less, more = sorted((first, second))
    one, other = mixed_joint(strangers, paired, less), mixed_joint(strangers, paired, more)
    for axis in (0, 1):
        assert marginal(other, axis) == pytest.approx(p)
    # Concave with its maximum at the strangers, so it only falls.
    assert joint_entropy(other) <= joint_entropy(one) + 1e-9
    assert entropy(p) - 1e-9 <= joint_entropy(other) <= 2 * entropy(p) + 1e-9


def test_mixed_joint_has_the_entropy_that_dit_says() -> None:
    p = [0.3, 0.2, 0.2, 0.3]
    joint = mixed_joint(independent_joint(p, p), partnered_joint(p, [3, 2, 1, 0]), 0.9)
    outcomes = [a + b for a in "ACGT" for b in "ACGT"]
    theirs = dit.Distribution(outcomes, joint.ravel().tolist())
    assert joint_entropy(joint) == pytest.approx(dit.shannon.entropy(theirs))
    assert mutual_information(joint) == pytest.approx(dit.shannon.mutual_information(theirs, [0], [1]))


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: independent_joint([0.5, 0.6], [1.0]), "sums to 1.1"),
        (lambda: independent_joint([1.0], [0.5]), "q sums to 0.5"),
        (lambda: partnered_joint([0.5, 0.5], [0, 0]), "no permutation"),
        (lambda: partnered_joint([0.5, 0.5], [0]), "no permutation"),
        (lambda: mixed_joint([[1.0]], [[0.5, 0.5]], 0.5), "shape"),
        (lambda: mixed_joint([[1.0]], [[1.0]], 1.5), "share = 1.5"),
    ],
)
def test_what_is_no_coupling_is_refused(call: object, message: str) -> None:
    assert callable(call)
    with pytest.raises(ProbabilityError, match=message):
        call()
