"""A sound brought to a loudness, its true peaks kept below a ceiling (ITU-R BS.1770-4) by a look-ahead limiter."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import minimum_filter1d, uniform_filter1d
from scipy.signal import resample_poly

from narration.audio import SAMPLE_RATE, loudness

OVERSAMPLING = 4
_CHUNK = 1 << 20
_MARGIN = 256
_HOLD = round(0.015 * SAMPLE_RATE)
_REACH = 2 * _HOLD  # samples on either side that a gain depends on: the minimum's, and half of each mean's
_ROUNDS = 3  # the limiter takes some loudness away, which the next round gives back

Samples = NDArray[np.floating[Any]]
T = TypeVar("T")


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


def limit(
    sound: NDArray[np.float32], peaks: NDArray[np.float32], factor: np.float32, ceiling: float
) -> NDArray[np.float32]:
    """*sound*, shape (n,) and with those *peaks*, times *factor*, and then below *ceiling* in dBTP.

    It is ``sound * factor * limiter_gain(peaks * factor, ceiling)``, chunk by chunk: SciPy's filters copy all that they
    are given, twice and in double precision.
    """
    found = sound * factor
    for start in range(0, len(found), _CHUNK):
        begin, stop = max(0, start - _REACH), min(start + _CHUNK, len(found))
        gain = limiter_gain(peaks[begin : stop + _REACH] * factor, ceiling)
        found[start:stop] *= gain[start - begin : stop - begin]
    return found


def true_peaks(channel: Samples) -> NDArray[np.float32]:
    """Largest magnitude from each sample of (n,) up to the next, four times oversampled."""
    envelope = np.empty(len(channel), np.float32)

    def keep(start: int) -> None:
        envelope[start : start + _CHUNK] = _peaks_from(channel, start)

    _chunk_by_chunk(keep, len(channel))
    return envelope


def highest_peak(channel: Samples) -> float:
    """The largest of :func:`true_peaks`, without keeping them; 0 for no sound."""
    return max(_chunk_by_chunk(lambda start: float(_peaks_from(channel, start).max()), len(channel)), default=0.0)


def _peaks_from(channel: Samples, start: int) -> NDArray[np.float32]:
    """A chunk of the true peaks of *channel*."""
    stop = min(start + _CHUNK, len(channel))
    left = min(start, _MARGIN)
    piece = np.asarray(channel[start - left : stop + _MARGIN], np.float32)
    fine = np.abs(resample_poly(piece, OVERSAMPLING, 1))[left * OVERSAMPLING :]
    # Strided maxima: ten times as fast as .max(axis=1) over so short an axis.
    phases = (fine[phase::OVERSAMPLING][: stop - start] for phase in range(OVERSAMPLING))
    return functools.reduce(np.maximum, phases)


def _chunk_by_chunk(measure: Callable[[int], T], length: int) -> list[T]:
    """What *measure* makes of the first sample's number of each chunk."""
    with ThreadPoolExecutor(os.cpu_count()) as threads:  # NumPy and SciPy let go of the interpreter meanwhile
        return list(threads.map(measure, range(0, length, _CHUNK)))
