"""Jobs rendered by the test's own process."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from film.piece import Clip, Piece
from film.scene_job import SceneJob, render_pieces


def render_clip(job: SceneJob, folder: Path) -> Clip:
    """The clip of *job*; its pieces lie in *folder*."""
    pieces: list[Piece] = []

    def keep(name: str, fill: Callable[[Path], None]) -> None:
        place = folder / name
        place.mkdir(parents=True)
        fill(place)
        pieces.append(Piece(place))

    work = folder / "work"
    work.mkdir(parents=True)
    render_pieces(job, work, keep)
    return Clip(tuple(pieces))
