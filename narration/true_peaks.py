"""True peaks of a sound, which lie between its samples too (ITU-R BS.1770-4, annex 2): exact where they matter.

Oversampling takes long, and few places of a sound come near its peaks. So what it can reach at most is told first,
block by block, from the samples and how they bend; only what may exceed what is asked for is oversampled.
"""

from __future__ import annotations

import functools
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray
from scipy.signal import firwin, upfirdn

OVERSAMPLING = 4
_TAPS = 10  # samples on either side that a value between them depends on
_BLOCK = 512
_CHUNK = 128 * _BLOCK  # what is worked on at once, small enough for a processor's cache
_ROUNDING = 1e-5  # by which the arithmetic of float32 may exceed a bound

Samples = NDArray[np.floating[Any]]
Blocks = NDArray[np.bool_]
T = TypeVar("T")


class TruePeaks:
    """Largest magnitudes from each sample of *channel*, shape (n,), up to the next, four times oversampled."""

    def __init__(self, channel: Samples) -> None:
        self._channel = channel
        self._bounds = _bounds(channel)
        self._known = np.zeros(len(self._bounds), np.bool_)
        self._envelope = np.zeros(len(channel), np.float32)

    def most(self, start: int, stop: int) -> float:
        """What no peak from *start* to *stop*, and none of some samples before and after them, exceeds."""
        return float(self._bounds[start // _BLOCK : -(-stop // _BLOCK)].max(initial=0.0))

    def above(self, level: float) -> NDArray[np.float32]:
        """The peaks, shape (n,), wherever they exceed *level*; elsewhere the peak, or 0 if it was never needed."""

        def keep(start: int, stop: int) -> None:
            self._envelope[start:stop] = _peaks(self._channel, start, stop)

        needed = (self._bounds > level) & ~self._known
        _in_runs(keep, needed, len(self._channel))
        self._known |= needed
        return self._envelope


def highest_peak(channel: Samples) -> float:
    """The largest of all peaks of *channel*, shape (n,); 0 for no sound."""

    def highest(start: int, stop: int) -> float:
        return float(_peaks(channel, start, stop).max())

    bounds = _bounds(channel)
    likely = bounds == bounds.max(initial=0.0)
    found = max(_in_runs(highest, likely, len(channel)), default=0.0)
    return max([found, *_in_runs(highest, (bounds > found) & ~likely, len(channel))])


def _bounds(channel: Samples) -> NDArray[np.float64]:
    """What no peak of each block exceeds."""
    count = -(-len(channel) // _BLOCK)
    largest, bent = np.zeros((2, count))
    for start in range(0, len(channel), _CHUNK):
        stop = min(start + _CHUNK, count * _BLOCK)
        around = _cut(channel, start - 1, stop + 1)
        blocks = np.s_[start // _BLOCK : stop // _BLOCK]
        largest[blocks] = _largest(around[1:-1])
        bent[blocks] = _largest(np.diff(np.diff(around)))
    if count:  # before and after it the sound is silent, which bends it
        bent[0], bent[-1] = max(bent[0], abs(channel[0])), max(bent[-1], abs(channel[-1]))
    by_size, by_bend = _most()
    bounds: NDArray[np.float64] = by_size * _with_neighbours(largest) + by_bend * _with_neighbours(bent)
    return bounds * (1 + _ROUNDING)


def _largest(samples: Samples) -> Samples:
    """The largest magnitude of each block."""
    blocks = samples.reshape(-1, _BLOCK)
    largest: Samples = np.maximum(blocks.max(axis=1), -blocks.min(axis=1))
    return largest


def _with_neighbours(values: NDArray[np.float64]) -> NDArray[np.float64]:
    padded = np.pad(values, 1)
    return np.maximum(np.maximum(padded[:-2], padded[2:]), values)


@functools.cache
def _filter() -> NDArray[np.float32]:
    """That of :func:`scipy.signal.resample_poly`, which designs it anew for each call."""
    taps = firwin(2 * _TAPS * OVERSAMPLING + 1, 1 / OVERSAMPLING, window=("kaiser", 5.0))
    return np.asarray(taps, np.float32) * OVERSAMPLING


@functools.cache
def _most() -> tuple[float, float]:
    """By what a peak is bounded: so often the largest sample, plus so often the largest second difference, around it.

    A value between two samples is that of a straight line, plus a weighted sum of second differences. Summed twice, the
    taps of the filter that are not the line's are these weights.
    """
    places = np.arange(-_TAPS, _TAPS + 2)
    taps = np.pad(_filter().astype(np.float64), 2 * OVERSAMPLING)
    sizes, bends = [], []
    for phase in range(OVERSAMPLING):
        weights = taps[(_TAPS + 2) * OVERSAMPLING + phase - OVERSAMPLING * places]
        right = float((weights * places).sum())
        left = float(weights.sum()) - right
        weights[places == 0] -= left
        weights[places == 1] -= right
        sizes.append(abs(left) + abs(right))
        bends.append(float(np.abs(np.cumsum(np.cumsum(weights))).sum()))
    return max(sizes), max(bends)


def _peaks(channel: Samples, start: int, stop: int) -> NDArray[np.float32]:
    """The peaks from *start* to *stop*."""
    piece = np.asarray(_cut(channel, start - _TAPS, stop + _TAPS + 1), np.float32)
    first = 2 * _TAPS * OVERSAMPLING  # half of the filter's delay is that of its taps, half that of the cut
    fine = np.abs(upfirdn(_filter(), piece, OVERSAMPLING)[first : first + (stop - start) * OVERSAMPLING])
    # Strided maxima: ten times as fast as .max(axis=1) over so short an axis.
    return functools.reduce(np.maximum, (fine[phase::OVERSAMPLING] for phase in range(OVERSAMPLING)))


def _cut(channel: Samples, begin: int, end: int) -> Samples:
    """The samples from *begin* to *end*, with silence before and after the sound."""
    inside = channel[max(begin, 0) : max(end, 0)]
    before = max(-begin, 0)
    after = end - begin - before - len(inside)
    return np.pad(inside, (before, after)) if before or after else inside


def _in_runs(work: Callable[[int, int], T], blocks: Blocks, length: int) -> list[T]:
    """What *work* makes of the starts and ends of all runs of *blocks*, as samples of a sound of this *length*."""
    runs = list(_runs(blocks, length))
    with ThreadPoolExecutor(os.cpu_count()) as threads:  # NumPy and SciPy let go of the interpreter meanwhile
        return list(threads.map(lambda run: work(*run), runs))


def _runs(blocks: Blocks, length: int) -> Iterator[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(np.pad(blocks.astype(np.int8), 1))) * _BLOCK
    for first, end in zip(edges[::2].tolist(), np.minimum(edges[1::2], length).tolist(), strict=True):
        for start in range(first, end, _CHUNK):
            yield start, min(start + _CHUNK, end)
