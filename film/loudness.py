"""Loudness and true peak of a sound (ITU-R BS.1770-4, EBU R 128)."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyloudnorm
from numpy.typing import NDArray
from scipy.signal import lfilter

from narration.true_peaks import highest_peak

SAMPLE_RATE = 48_000
_BLOCK = 0.4
_CHUNK = 1 << 20

Samples = NDArray[np.floating[Any]]


def integrated_loudness(samples: Samples, factor: float = 1.0) -> float:
    """Gated loudness in LUFS of *samples* times *factor*, at 48 kHz; -inf for silence.

    *samples* have shape (n,) or (n, channels). Sounds shorter than one gating block of 400 ms are measured as that
    block, the rest of it silent.
    """
    if not np.any(samples):
        return -np.inf
    missing = int(_BLOCK * SAMPLE_RATE) - len(samples)
    if missing > 0:
        samples = np.concatenate([samples, np.zeros((missing, *samples.shape[1:]), samples.dtype)])
    meter = pyloudnorm.Meter(SAMPLE_RATE)
    weighting: dict[str, Any] = {name: _InChunks(stage) for name, stage in meter._filters.items()}
    meter._filters = {"factor": _Factor(factor)} | weighting
    with np.errstate(divide="ignore"):
        return float(meter.integrated_loudness(samples))


class _Factor:
    """A stage before pyloudnorm's filters, which work on a copy of the sound."""

    def __init__(self, factor: float) -> None:
        self.factor = factor

    def apply_filter(self, samples: Samples) -> Samples:
        """In place."""
        samples *= samples.dtype.type(self.factor)
        return samples


class _InChunks:
    """One of pyloudnorm's filters, applied chunk by chunk: it would make three copies in double precision."""

    def __init__(self, stage: Any) -> None:
        self.stage = stage

    def apply_filter(self, samples: Samples) -> Samples:
        """In place; the same samples."""
        state = np.zeros(max(len(self.stage.a), len(self.stage.b)) - 1)
        for start in range(0, len(samples), _CHUNK):
            chunk = samples[start : start + _CHUNK]
            filtered, state = lfilter(self.stage.b, self.stage.a, chunk, zi=state)
            chunk[:] = self.stage.passband_gain * filtered
        return samples


def true_peak(samples: Samples) -> float:
    """Highest true peak in dBTP over all channels of *samples*, (n,) or (n, channels); -inf for silence.

    The signal between the samples is estimated by four-fold oversampling (ITU-R BS.1770-4, annex 2).
    """
    channels = samples.reshape(len(samples), -1).T
    if all(np.array_equal(channels[0], other) for other in channels[1:]):
        channels = channels[:1]  # narration is the same on both
    peak = max(map(highest_peak, channels), default=0.0)
    return float(20 * np.log10(peak)) if peak > 0 else -np.inf
