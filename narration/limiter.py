"""A sound brought to a loudness, its true peaks kept below a ceiling (ITU-R BS.1770-4) by a look-ahead limiter."""

from __future__ import annotations

import functools
import os
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import minimum_filter1d, uniform_filter1d
from scipy.signal import resample_poly

from narration.audio import SAMPLE_RATE, loudness

OVERSAMPLING = 4
_CHUNK = 1 << 20
_MARGIN = 256
_HOLD = round(0.015 * SAMPLE_RATE)
_ROUNDS = 3  # the limiter takes some loudness away, which the next round gives back

Samples = NDArray[np.floating[Any]]


def limited(samples: NDArray[np.float32], target: float, ceiling: float) -> NDArray[np.float32]:
    """*samples* (mono, 48 kHz) at *target* LUFS, their true peak at most *ceiling* dBTP. Silence stays silence.

    Unlike :func:`narration.audio.levelled`, a few high peaks do not keep the rest quiet.
    """
    step = target - (loudness(samples) if samples.any() else float("-inf"))
    if not np.isfinite(step):
        return samples
    gain, found = 0.0, samples
    for _ in range(_ROUNDS):
        gain += step
        raised = samples * np.float32(10 ** (gain / 20))
        found = raised * limiter_gain(true_peaks(raised), ceiling)
        step = target - loudness(found)
    return found


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
