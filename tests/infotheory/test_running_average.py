"""The average so far, against the mean of each beginning."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from infotheory import running_average


def test_shares_of_true_and_false() -> None:
    assert running_average(np.array([True, False, False, True])).tolist() == [1, 0.5, pytest.approx(1 / 3), 0.5]


@given(st.integers(1, 20), st.sampled_from([(), (3,), (2, 2)]), st.integers(0, 2**32 - 1))
def test_each_entry_is_the_mean_of_a_beginning(count: int, shape: tuple[int, ...], seed: int) -> None:
    values = np.random.default_rng(seed).normal(size=(count, *shape))
    averages = running_average(values)
    assert averages.shape == values.shape
    for n in range(1, count + 1):
        assert averages[n - 1] == pytest.approx(values[:n].mean(axis=0))
