"""A sound brought to a loudness, its true peaks kept below a ceiling (ITU-R BS.1770-4) by a look-ahead limiter."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import minimum_filter1d, uniform_filter1d

from narration.audio import SAMPLE_RATE, loudness
from narration.true_peaks import TruePeaks

_CHUNK = 1 << 15
_ROUNDING = 1e-6  # by which the arithmetic of float32 may exceed a ceiling
_HOLD = round(0.015 * SAMPLE_RATE)
_REACH = 2 * _HOLD  # samples on either side that a gain depends on: the minimum's, and half of each mean's
_ROUNDS = 3  # the limiter takes some loudness away, which the next round gives back


def limited(samples: NDArray[np.float32], target: float, ceiling: float) -> NDArray[np.float32]:
    """*samples* (mono, 48 kHz) at *target* LUFS, their true peak at most *ceiling* dBTP. Silence stays silence.

    Unlike :func:`narration.audio.levelled`, a few high peaks do not keep the rest quiet.
    """
    step = target - (loudness(samples) if samples.any() else float("-inf"))
    if not np.isfinite(step):
        return samples
    gain, found, peaks = 0.0, samples, TruePeaks(samples)
    for _ in range(_ROUNDS):
        gain += step
        found = limit(samples, peaks, np.float32(10 ** (gain / 20)), ceiling)
        step = target - loudness(found)
    return found


def limiter_gain(peaks: NDArray[np.float32], ceiling: float) -> NDArray[np.float32]:
    """The gain, shape (n,), that keeps a sound with *peaks* (see :class:`TruePeaks`) below *ceiling* in dBTP.

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


def limit(sound: NDArray[np.float32], peaks: TruePeaks, factor: np.float32, ceiling: float) -> NDArray[np.float32]:
    """*sound*, shape (n,) and with those *peaks*, times *factor*, and then below *ceiling* in dBTP.

    It is ``sound * factor * limiter_gain(peaks * factor, ceiling)``, wherever that is no gain of 1.
    """
    found, safe = sound * factor, float(10 ** (ceiling / 20)) * (1 - _ROUNDING)
    too_high = peaks.above(safe / float(factor))
    for start in range(0, len(found), _CHUNK):
        begin, stop = max(0, start - _REACH), min(start + _CHUNK, len(found))
        if peaks.most(begin, stop + _REACH) * factor > safe:
            gain = limiter_gain(too_high[begin : stop + _REACH] * factor, ceiling)
            found[start:stop] *= gain[start - begin : stop - begin]
    return found
