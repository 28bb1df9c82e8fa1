"""Peaks that are worked out only where they matter are those of the whole sound, to the bit."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.signal import resample_poly

from narration import true_peaks
from narration.limiter import limit, limiter_gain
from narration.true_peaks import TruePeaks, highest_peak

Sound = NDArray[np.floating[Any]]


def oversampled(channel: Sound) -> NDArray[np.float32]:
    """The definition: all of the sound at four times the rate, and the largest of each four."""
    if not len(channel):
        return np.zeros(0, np.float32)
    fine = np.abs(resample_poly(np.asarray(channel, np.float32), 4, 1))
    peaks: NDArray[np.float32] = fine.reshape(-1, 4).max(axis=1)
    return peaks


@st.composite
def sounds(draw: st.DrawFn) -> Sound:
    """Of up to seven blocks: hums that swell, noise, steps and what alternates, which lies highest between samples."""
    generator = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    n = draw(st.integers(0, 7 * true_peaks._BLOCK))
    time = np.arange(n)
    kinds = {
        "hum": np.sin(time * draw(st.floats(0.001, np.pi))),
        "noise": generator.standard_normal(n),
        "steps": np.sign(np.sin(time / draw(st.floats(0.3, 400)))),
        "clicks": (generator.random(n) < 0.004) * generator.standard_normal(n),
    }
    sound = kinds[draw(st.sampled_from(sorted(kinds)))] * np.sin(time / draw(st.floats(10, 2000))) ** 2
    level, kind = draw(st.sampled_from([1e-20, 0.01, 0.9])), draw(st.sampled_from([np.float32, np.float64]))
    return np.asarray(level * sound, kind)


@settings(deadline=None, max_examples=150)
@given(sound=sounds(), part=st.floats(0, 1.2))
def test_peaks_above_a_level_are_those_of_the_whole(sound: Sound, part: float) -> None:
    expected = oversampled(sound)
    level = part * float(expected.max(initial=0.0))
    peaks = TruePeaks(sound)
    for asked in (level, level / 2):  # twice, as the gain rises
        found = peaks.above(asked)
        high = expected > asked
        assert np.array_equal(found[high], expected[high])
        assert np.all((found == expected) | (found == 0))
    assert np.array_equal(TruePeaks(sound).above(0.0), expected)
    assert highest_peak(sound) == expected.max(initial=0.0)


@settings(deadline=None, max_examples=100)
@given(sound=sounds())
def test_no_peak_exceeds_its_bound(sound: Sound) -> None:
    bounds = np.repeat(true_peaks._bounds(sound), true_peaks._BLOCK)[: len(sound)]
    assert np.all(oversampled(sound) <= bounds)


@pytest.mark.parametrize("length", [1, 2, 511, 512, 513, 65_535, 65_536, 65_537, 131_072, 200_001])
def test_no_chunk_shows(length: int) -> None:
    sound = np.random.default_rng(length).standard_normal(length).astype(np.float32)
    assert np.array_equal(TruePeaks(sound).above(0.0), oversampled(sound))
    assert highest_peak(sound) == oversampled(sound).max()


def test_quiet_places_are_not_worked_out() -> None:
    sound = 0.1 * np.sin(np.arange(100_000) / 20)
    sound[50_000:50_100] *= 8
    found = TruePeaks(sound).above(0.3)
    assert found.max() == oversampled(sound).max()
    assert 100 < np.count_nonzero(found) < 5 * true_peaks._BLOCK


@settings(deadline=None, max_examples=30)
@given(sound=sounds(), factor=st.floats(0.5, 8), ceiling=st.floats(-12, 0))
def test_limiting_with_the_peaks_that_matter_is_limiting_with_all(sound: Sound, factor: float, ceiling: float) -> None:
    sound, raise_by = sound.astype(np.float32), np.float32(factor)
    everywhere = sound * raise_by * limiter_gain(oversampled(sound) * raise_by, ceiling)
    assert np.abs(limit(sound, TruePeaks(sound), raise_by, ceiling) - everywhere).max(initial=0) < 1e-6
