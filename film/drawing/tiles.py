"""Which parts of a frame have to be drawn again, counted in square tiles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from film.drawing.display_list import Box

SIDE = 32  # pixels; even, so that a tile holds whole pixels of 4:2:0 colour


class Tiles:
    """A set of tiles of a frame of *width* x *height* pixels."""

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        self._marked = np.zeros((-(-height // SIDE), -(-width // SIDE)), dtype=bool)

    def __bool__(self) -> bool:
        return bool(self._marked.any())

    def clear(self) -> None:
        """Mark no tile."""
        self._marked[:] = False

    def mark(self, boxes: Iterable[Box]) -> None:
        """Mark every tile that one of *boxes* touches."""
        for left, top, right, bottom in boxes:
            if left < right and top < bottom:
                self._marked[top // SIDE : (bottom - 1) // SIDE + 1, left // SIDE : (right - 1) // SIDE + 1] = True

    def mark_all(self) -> None:
        """Mark the whole frame."""
        self._marked[:] = True

    def mark_as(self, other: Tiles) -> None:
        """Mark what *other* has marked, too."""
        self._marked |= other._marked

    @property
    def share(self) -> float:
        """How much of the frame is marked, 0 to 1."""
        return float(self._marked.mean())

    def touches(self, box: Box) -> bool:
        """Whether a marked tile lies under *box*."""
        left, top, right, bottom = box
        if left >= right or top >= bottom:
            return False
        marked = self._marked[top // SIDE : (bottom - 1) // SIDE + 1, left // SIDE : (right - 1) // SIDE + 1]
        return bool(marked.any())

    def rectangles(self) -> Iterator[Box]:
        """The marked tiles as rectangles that do not overlap: runs in a row, joined with the same run below."""
        open_runs: dict[tuple[int, int], int] = {}
        for row in range(len(self._marked) + 1):
            runs = set(self._runs(row))
            for run in [run for run in open_runs if run not in runs]:
                yield self._pixels(run, open_runs.pop(run), row)
            for run in runs:
                open_runs.setdefault(run, row)

    def _runs(self, row: int) -> list[tuple[int, int]]:
        # Searching bytes is quicker than NumPy for so short a line.
        line = self._marked[row].tobytes() + b"\0" if row < len(self._marked) else b""
        runs = []
        start = line.find(1)
        while start >= 0:
            end = line.find(0, start)
            runs.append((start, end))
            start = line.find(1, end)
        return runs

    def _pixels(self, run: tuple[int, int], top: int, bottom: int) -> Box:
        left, right = run
        return left * SIDE, top * SIDE, min(right * SIDE, self.width), min(bottom * SIDE, self.height)
