"""Loudness and true peak of a sound (ITU-R BS.1770-4, EBU R 128)."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyloudnorm
from numpy.typing import NDArray

from narration.limiter import true_peaks

SAMPLE_RATE = 48_000
_BLOCK = 0.4

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
