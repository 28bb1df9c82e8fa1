"""Loudness and true peak of a sound (ITU-R BS.1770-4, EBU R 128), and a limiter that keeps to a peak."""

from __future__ import annotations

import functools
import os
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import pyloudnorm
from numpy.typing import NDArray
from scipy.ndimage import minimum_filter1d, uniform_filter1d
from scipy.signal import resample_poly

SAMPLE_RATE = 48_000
OVERSAMPLING = 4
_BLOCK = 0.4
_CHUNK = 1 << 20
_MARGIN = 256
_HOLD = round(0.015 * SAMPLE_RATE)

Samples = NDArray[np.floating[Any]]


def integrated_loudness(samples: Samples) -> float:
    """Gated loudness in LUFS of *samples*, shape (n,) or (n, channels), at 48 kHz; -inf for silence.

    Sounds shorter than one gating block of 400 ms are measured as that block, the rest of it silent.
    """
    if not np.any(samples):
        return -np.inf
    missing = int(_BLOCK * SAMPLE_RATE) - len(samples)
    if missing > 0:
        samples = np.concatenate([samples, np.zeros((missing, *samples.shape[1:]), samples.dtype)])
    with np.errstate(divide="ignore"):
        return float(pyloudnorm.Meter(SAMPLE_RATE).integrated_loudness(samples))


def true_peak(samples: Samples) -> float:
    """Highest true peak in dBTP over all channels of *samples*, (n,) or (n, channels); -inf for silence.

    The signal between the samples is estimated by four-fold oversampling (ITU-R BS.1770-4, annex 2).
    """
    channels = samples.reshape(len(samples), -1).T
    if all(np.array_equal(channels[0], other) for other in channels[1:]):
        channels = channels[:1]  # narration is the same on both
    peak = max((float(true_peaks(channel).max(initial=0)) for channel in channels), default=0.0)
    return float(20 * np.log10(peak)) if peak > 0 else -np.inf


def limiter_gain(peaks: NDArray[np.float32], ceiling: float) -> NDArray[np.float32]:
    """The gain, shape (n,), that keeps a sound with *peaks* (see :func:`true_peaks`) below *ceiling* in dBTP.

    It looks 15 ms ahead and behind, so it falls before a peak arrives and changes too slowly to be heard as
    distortion: a moving minimum, then two moving means whose joint width is that of the minimum.
    """
    gain = np.maximum(peaks, np.float32(1e-9))
    np.divide(np.float32(10 ** (ceiling / 20)), gain, out=gain)
    np.minimum(gain, 1, out=gain)
    minimum_filter1d(gain, 2 * _HOLD + 1, output=gain)
    for _ in range(2):
        uniform_filter1d(gain, _HOLD + 1, output=gain)
    return np.minimum(gain, 1, out=gain)


def true_peaks(channel: Samples) -> NDArray[np.float32]:
    """Largest magnitude from each sample of (n,) up to the next, four times oversampled, chunk by chunk."""
    envelope = np.empty(len(channel), np.float32)

    def measure(start: int) -> None:
        stop = min(start + _CHUNK, len(channel))
        left = min(start, _MARGIN)
        piece = np.asarray(channel[start - left : stop + _MARGIN], np.float32)
        fine = np.abs(resample_poly(piece, OVERSAMPLING, 1))[left * OVERSAMPLING :]
        # Strided maxima: ten times as fast as .max(axis=1) over so short an axis.
        phases = (fine[phase::OVERSAMPLING][: stop - start] for phase in range(OVERSAMPLING))
        envelope[start:stop] = functools.reduce(np.maximum, phases)

    with ThreadPoolExecutor(os.cpu_count()) as threads:  # NumPy and SciPy let go of the interpreter meanwhile
        list(threads.map(measure, range(0, len(channel), _CHUNK)))
    return envelope
