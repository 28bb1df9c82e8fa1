"""Which parts of a frame have to be drawn again, counted in square tiles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from film.drawing.display_list import Box

SIDE = 32  # pixels; even, so that a tile holds whole pixels of 4:2:0 colour


class Tiles:
    """A set of tiles of a frame of *width* x *height* pixels."""

    # The tiles are the bits of one number, row by row: a few machine words, where an array would cost a call each time.

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        self._columns, self._rows = -(-width // SIDE), -(-height // SIDE)
        self._marked = 0

    def __bool__(self) -> bool:
        return self._marked != 0

    def clear(self) -> None:
        """Mark no tile."""
        self._marked = 0

    def mark(self, boxes: Iterable[Box]) -> None:
        """Mark every tile that one of *boxes* touches."""
        for box in boxes:
            self._marked |= self._under(box)

    def mark_all(self) -> None:
        """Mark the whole frame."""
        self._marked = (1 << self._columns * self._rows) - 1

    def mark_as(self, other: Tiles) -> None:
        """Mark what *other* has marked, too."""
        self._marked |= other._marked

    @property
    def share(self) -> float:
        """How much of the frame is marked, 0 to 1."""
        return self._marked.bit_count() / (self._columns * self._rows)

    def touches(self, box: Box) -> bool:
        """Whether a marked tile lies under *box*."""
        return self._marked & self._under(box) != 0

    def _under(self, box: Box) -> int:
        left, top, right, bottom = box
        if left >= right or top >= bottom:
            return 0
        tiles = (left // SIDE, top // SIDE, (right - 1) // SIDE + 1, (bottom - 1) // SIDE + 1)
        return _block(*tiles, self._columns, self._rows)

    def rectangles(self) -> Iterator[Box]:
        """The marked tiles as rectangles that do not overlap: runs in a row, joined with the same run below."""
        open_runs: dict[tuple[int, int], int] = {}
        for row in range(self._rows + 1):
            runs = list(_runs(self._marked >> row * self._columns & (1 << self._columns) - 1))
            for run in [run for run in open_runs if run not in runs]:
                yield self._pixels(run, open_runs.pop(run), row)
            for run in runs:
                open_runs.setdefault(run, row)

    def _pixels(self, run: tuple[int, int], top: int, bottom: int) -> Box:
        left, right = run
        return left * SIDE, top * SIDE, min(right * SIDE, self.width), min(bottom * SIDE, self.height)


@cache
def _block(left: int, top: int, right: int, bottom: int, columns: int, rows: int) -> int:
    """The tiles from *left* and *top* to before *right* and *bottom*, in a frame of *columns* x *rows*."""
    line = max(0, (1 << max(0, min(right, columns))) - (1 << max(left, 0)))
    return sum(line << row * columns for row in range(max(top, 0), min(bottom, rows)))


def _runs(line: int) -> Iterator[tuple[int, int]]:
    """Where marked tiles stand side by side in a row: the first, and the one after the last."""
    while line:
        lowest = line & -line
        rest = line + lowest  # the carry runs through the run
        end = rest & -rest
        yield lowest.bit_length() - 1, end.bit_length() - 1
        line = rest ^ end
