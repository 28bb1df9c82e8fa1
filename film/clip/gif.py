"""GIF: one palette for the whole clip, flat colours without dithering, and delays that add up to the true duration."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from film.drawing.lossless_stream import Shown
from film.reporting import report

COLOURS = 256
TICKS = 100  # GIF counts hundredths of a second
MOST_RATE = 34  # frames a second; browsers slow down what is shown for less than two hundredths
_EXACT = 64  # colours that are kept as they are: those that cover most
_MOST_SAMPLED = 1 << 16  # colours that the others are chosen from
_UNKNOWN, _AT_ONCE = -1, 4096

Packed = NDArray[np.uint32]  # red, green and blue in one number


def write_gif(shown: Callable[[], Iterator[Shown]], frames: int, frame_rate: int, target: Path, *, loop: bool) -> None:
    """Write *frames* at *frame_rate* of what *shown* yields, twice: once to choose the colours.

    Pictures are opaque. Without *loop* it plays once.
    """
    step = -(-frame_rate // MOST_RATE)
    palette = shared_palette(shown())
    options = {"fflags": "+bitexact", "loop": "0" if loop else "-1"}
    parts = list(_timed(shown(), frames, frame_rate, step, pixels=False))
    options["final_delay"] = str(parts[-1].end - parts[-1].start)
    with av.open(target, "w", format="gif", options=options) as container:
        stream: Any = None
        find = _Nearest(palette)
        for number, part in enumerate(_timed(shown(), frames, frame_rate, step), start=1):
            if stream is None:
                stream = container.add_stream("gif", rate=TICKS)
                stream.height, stream.width = part.pixels.shape[:2]
                stream.pix_fmt = "pal8"
                stream.time_base = stream.codec_context.time_base = Fraction(1, TICKS)
            indexed: Any = find(part.pixels), _opaque(palette)  # what PyAV takes for pal8, and does not declare
            frame = av.VideoFrame.from_ndarray(indexed, format="pal8")
            frame.pts, frame.time_base = part.start, Fraction(1, TICKS)
            for packet in stream.encode(frame):
                packet.duration = part.end - part.start
                container.mux(packet)
            report(number, len(parts))


@dataclass(frozen=True, slots=True)
class _Part:
    """A picture, and from which tick to which it is shown."""

    pixels: NDArray[np.uint8]
    start: int
    end: int


def _timed(shown: Iterator[Shown], frames: int, frame_rate: int, step: int, *, pixels: bool = True) -> Iterator[_Part]:
    """The pictures of every *step*-th frame, each once; the last one ends with the clip."""
    nothing = np.zeros((0, 0, 4), np.uint8)
    done, before = 0, None
    for picture in shown:
        first = -(-done // step) * step  # the first frame of those that are taken
        if first < done + picture.count:
            start = round(Fraction(first * TICKS, frame_rate))
            if before is not None:
                yield _Part(before[0], before[1], start)
            before = (picture.pixels if pixels else nothing), start
        done += picture.count
    assert before is not None, "a clip shows something"
    yield _Part(before[0], before[1], round(Fraction(frames * TICKS, frame_rate)))


def shared_palette(shown: Iterator[Shown]) -> NDArray[np.uint8]:
    """At most 256 colours, shape (n, 3): those that cover most as they are, and means of the others (median cut)."""
    counts: Counter[int] = Counter()
    for picture in shown:
        colours, areas = np.unique(_packed(picture.pixels), return_counts=True)
        counts.update(dict(zip(colours.tolist(), areas.tolist(), strict=True)))
    # Equal areas are ordered by colour, so that the palette depends on nothing else.
    ranked = [colour for colour, _ in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))]
    exact, others = ranked[:_EXACT], ranked[_EXACT:_MOST_SAMPLED]
    if len(ranked) <= COLOURS:
        exact, others = ranked, []
    palette = _unpacked(np.array(exact, np.uint32))
    if others:
        image = Image.fromarray(_unpacked(np.array(others, np.uint32))[np.newaxis])
        means = image.quantize(COLOURS - _EXACT, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        palette = np.concatenate([palette, np.array(means.getpalette(), np.uint8).reshape(-1, 3)[: COLOURS - _EXACT]])
    return palette


class _Nearest:
    """Finds the palette's entry next to each colour, once for each colour."""

    def __init__(self, palette: NDArray[np.uint8]) -> None:
        self._palette = palette.astype(np.int32)
        self._entries = np.full(1 << 24, _UNKNOWN, np.int16)

    def __call__(self, pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
        packed = _packed(pixels)
        found = self._entries[packed]
        new = np.unique(packed[found == _UNKNOWN])
        for start in range(0, len(new), _AT_ONCE):
            part = new[start : start + _AT_ONCE]
            away = (_unpacked(part).astype(np.int32)[:, np.newaxis] - self._palette[np.newaxis]) ** 2
            self._entries[part] = away.sum(axis=2).argmin(axis=1)
        return (self._entries[packed] if len(new) else found).astype(np.uint8)


def _packed(pixels: NDArray[np.uint8]) -> Packed:
    red, green, blue = (pixels[..., channel].astype(np.uint32) for channel in range(3))
    return (red * np.uint32(1 << 16) + green * np.uint32(1 << 8) + blue).astype(np.uint32)


def _unpacked(packed: Packed) -> NDArray[np.uint8]:
    return np.stack([packed >> 16, packed >> 8 & 255, packed & 255], axis=-1).astype(np.uint8)


def _opaque(palette: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The palette as the encoder wants it: 256 entries of alpha, red, green, blue."""
    made = np.zeros((COLOURS, 4), np.uint8)
    made[:, 0] = 255
    made[: len(palette), 1:] = palette
    return made
