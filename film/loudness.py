"""Loudness and true peak of a sound (ITU-R BS.1770-4, EBU R 128)."""

from __future__ import annotations

import functools
from typing import Any

import numpy as np
import pyloudnorm
from numpy.typing import NDArray
from scipy.signal import lfilter

from narration.true_peaks import highest_peak

SAMPLE_RATE = 48_000
_BLOCK = 0.4  # seconds
_STEP = 0.25  # of a block, from one to the next
_ABSOLUTE_GATE, _RELATIVE_GATE = -70.0, -10.0  # LUFS, LU
_CHUNK = 1 << 16

Samples = NDArray[np.floating[Any]]


def integrated_loudness(samples: Samples, factor: float = 1.0) -> float:
    """Gated loudness in LUFS of *samples* times *factor*, at 48 kHz; -inf for silence.

    *samples* have shape (n,) or (n, 2). Sounds shorter than one gating block of 400 ms are measured as that block, the
    rest of it silent. It is what pyloudnorm finds, which takes four times as long and copies all that it is given.
    """
    missing = int(_BLOCK * SAMPLE_RATE) - len(samples)
    if missing > 0:
        samples = np.concatenate([samples, np.zeros((missing, *samples.shape[1:]), samples.dtype)])
    starts, ends = _blocks(len(samples))
    edges = np.union1d(starts, ends)
    channels = samples.reshape(len(samples), -1).T
    energies_between = np.sum([_energies(channel, edges) for channel in channels], axis=0)
    summed = np.concatenate([[0.0], np.cumsum(energies_between)])
    energies = summed[np.searchsorted(edges, ends)] - summed[np.searchsorted(edges, starts)]
    return _gated(factor**2 * energies / (_BLOCK * SAMPLE_RATE))


def _blocks(length: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Where the gating blocks of a sound start and end; to the sample as pyloudnorm has them."""
    count = round((length / SAMPLE_RATE - _BLOCK) / (_BLOCK * _STEP)) + 1
    places = np.arange(count) * _STEP
    starts, ends = (_BLOCK * places * SAMPLE_RATE), (_BLOCK * (places + 1) * SAMPLE_RATE)
    return starts.astype(np.intp), np.minimum(ends.astype(np.intp), length)


def _energies(channel: Samples, edges: NDArray[np.intp]) -> NDArray[np.float64]:
    """The weighted energy of *channel* between each edge and the next, shape (len(edges) - 1,)."""
    energies = np.zeros(len(edges) - 1)
    numerator, denominator = _weighting()
    state = np.zeros(len(denominator) - 1)
    for start in range(0, edges[-1], _CHUNK):
        stop = min(start + _CHUNK, edges[-1])
        weighted, state = lfilter(numerator, denominator, channel[start:stop], zi=state)
        first, end = np.searchsorted(edges, start, "right") - 1, np.searchsorted(edges, stop)
        parts = np.maximum(edges[first:end] - start, 0)
        energies[first:end] += np.add.reduceat(np.square(weighted, out=weighted), parts)
    return energies


@functools.cache
def _weighting() -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Both stages of pyloudnorm's K-weighting in one filter."""
    stages = pyloudnorm.Meter(SAMPLE_RATE)._filters.values()
    numerators = [stage.passband_gain * stage.b for stage in stages]
    return functools.reduce(np.convolve, numerators), functools.reduce(np.convolve, [stage.a for stage in stages])


def _gated(powers: NDArray[np.float64]) -> float:
    """The loudness of blocks of these *powers*, without those that are too quiet to count."""
    with np.errstate(divide="ignore"):
        loudness = _in_lufs(powers)
        heard = powers[loudness >= _ABSOLUTE_GATE]
        if not len(heard):
            return -np.inf
        gate = max(float(_in_lufs(heard.mean())) + _RELATIVE_GATE, _ABSOLUTE_GATE)
        return float(_in_lufs(powers[loudness > gate].mean()))


def _in_lufs(power: NDArray[np.float64]) -> NDArray[np.float64]:
    return -0.691 + 10 * np.log10(power)


def true_peak(samples: Samples) -> float:
    """Highest true peak in dBTP over all channels of *samples*, (n,) or (n, channels); -inf for silence.

    The signal between the samples is estimated by four-fold oversampling (ITU-R BS.1770-4, annex 2).
    """
    channels = samples.reshape(len(samples), -1).T
    if all(np.array_equal(channels[0], other) for other in channels[1:]):
        channels = channels[:1]  # narration is the same on both
    peak = max(map(highest_peak, channels), default=0.0)
    return float(20 * np.log10(peak)) if peak > 0 else -np.inf
