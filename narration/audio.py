"""Sound as arrays: mono float32 in [-1, 1], resampled, trimmed, faded and levelled."""

from __future__ import annotations

import warnings
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

SAMPLE_RATE = 48_000
# Speech is louder than this, relative to its loudest frame; an engine's silence and a quiet room are below.
SILENCE_DB = -50.0
FRAME = 0.01  # seconds
CEILING = 10 ** (-1 / 20)  # a take's highest sample: -1 dBFS
SHORTEST_METER = 0.4  # seconds, the block of ITU-R BS.1770

Samples = NDArray[np.float32]


def resampled(samples: Samples, rate: int, to: int = SAMPLE_RATE) -> Samples:
    """*samples* at *to* Hz (polyphase, zero delay)."""
    if rate == to:
        return samples
    ratio = Fraction(to, rate)
    from scipy.signal import resample_poly  # loads statistics and half a second; most takes have the right rate

    return np.asarray(resample_poly(samples, ratio.numerator, ratio.denominator), dtype=np.float32)


def sound_bounds(samples: Samples, rate: int = SAMPLE_RATE, *, keep: float, noise: bool = False) -> tuple[int, int]:
    """First sample and end of the sound, with *keep* seconds of the silence around it; (0, 0) for silence.

    With *noise*, silence is what comes within 6 dB of the quietest frames (a recorded room), at most -30 dB
    below the loudest.
    """
    frame = round(FRAME * rate)
    count = -(-len(samples) // frame)
    padded = np.zeros(count * frame, np.float64)
    padded[: len(samples)] = samples
    power = np.mean(np.square(padded.reshape(count, frame)), axis=1)
    peak = float(power.max(initial=0.0))
    threshold = peak * 10 ** (SILENCE_DB / 10)
    if noise and count:
        threshold = max(threshold, min(4 * float(np.percentile(power, 5)), peak * 1e-3))
    loud = np.flatnonzero(power > threshold)
    if not loud.size:
        return 0, 0
    margin = round(keep * rate)
    return max(0, int(loud[0]) * frame - margin), min(len(samples), (int(loud[-1]) + 1) * frame + margin)


def trimmed(samples: Samples, rate: int = SAMPLE_RATE, *, keep: float, noise: bool = False) -> Samples:
    """The part between :func:`sound_bounds`."""
    first, end = sound_bounds(samples, rate, keep=keep, noise=noise)
    return samples[first:end]


def faded(samples: Samples, seconds: float) -> Samples:
    """A copy whose first and last *seconds* rise from and fall to zero (raised cosine)."""
    count = min(round(seconds * SAMPLE_RATE), len(samples) // 2)
    ramp = (0.5 - 0.5 * np.cos(np.pi * (np.arange(count) + 0.5) / max(count, 1))).astype(np.float32)
    out = samples.copy()
    out[:count] *= ramp
    out[len(out) - count :] *= ramp[::-1]
    return out


def loudness(samples: Samples) -> float:
    """Integrated loudness in LUFS (BS.1770, one channel); -inf for silence.

    A sound shorter than a block is repeated to fill one.
    """
    needed = int(np.ceil(SHORTEST_METER * SAMPLE_RATE)) + 1
    if not len(samples):
        return float("-inf")
    filled = np.resize(samples, needed) if len(samples) < needed else samples
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # the logarithm of zero: silence
        import pyloudnorm  # loads half of SciPy

        return float(pyloudnorm.Meter(SAMPLE_RATE).integrated_loudness(filled.astype(np.float64)))


def levelled(samples: Samples, target: float) -> Samples:
    """At *target* LUFS, unless that would lift the highest sample over -1 dBFS. Silence stays silence."""
    measured = loudness(samples) if samples.any() else float("-inf")
    if not np.isfinite(measured):
        return samples
    gain = min(10 ** ((target - measured) / 20), CEILING / float(np.abs(samples).max()))
    return samples * np.float32(gain)
