"""Notebooks: the tour runs as it is kept, and `%%manim` draws our pictures and our films."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import av
import nbformat
import pytest
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook

from film.quality import Quality
from film.still import stills
from narration.fallback import Fallback
from scenes.programme import ROOT, concept

TOUR = ROOT / "docs" / "infotheory-tour.ipynb"
IMPORTS = f"""
import sys
sys.path.insert(0, {str(ROOT)!r})
from functools import partial
from manim import *
from scenes.entropy.kraft import Kraft
from scenes.stage.code_wall import CodeWall
"""
WALL = """%%manim -ql -v WARNING --progress_bar none Wall
class Wall(Scene):
    def construct(self):
        wall = CodeWall(depth=3)
        self.play(FadeIn(wall), run_time=0.4)
        self.play(wall.choose("0"), run_time=0.4)
"""
MYTH = """%%manim -ql -r 256,144 -v WARNING --progress_bar none Myth
Myth = partial(Kraft, only=frozenset({"myth"}))
"""


def run(notebook: Any, folder: Path) -> Any:
    """Every cell, in a kernel of its own that starts in *folder*; a cell that raises fails the test."""
    resources = {"metadata": {"path": str(folder)}}
    return NotebookClient(notebook, timeout=240, kernel_name="python3", resources=resources).execute()


def outputs(notebook: Any, kind: str) -> list[Any]:
    """What the cells showed as *kind* (a MIME type)."""
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    return [output.data[kind] for cell in cells for output in cell.outputs if kind in output.get("data", {})]


def test_the_tour_is_kept_without_outputs() -> None:
    notebook = nbformat.read(TOUR, as_version=4)  # type: ignore[no-untyped-call]
    nbformat.validate(notebook)
    assert all(not cell.outputs and cell.execution_count is None for cell in notebook.cells if cell.cell_type == "code")


@pytest.mark.slow
def test_the_tour_runs_from_its_own_folder() -> None:
    done = run(nbformat.read(TOUR, as_version=4), TOUR.parent)  # type: ignore[no-untyped-call]
    assert len(outputs(done, "image/svg+xml")) == 3
    assert any("H(N given C)" in shown for shown in outputs(done, "text/markdown"))


@pytest.mark.slow
def test_the_manim_magic_draws_pictures_and_beats(tmp_path: Path) -> None:
    cells = [new_code_cell(text) for text in (IMPORTS, WALL, MYTH)]  # type: ignore[no-untyped-call]
    done = run(new_notebook(cells=cells), tmp_path)  # type: ignore[no-untyped-call]
    assert sum("<video" in shown for shown in outputs(done, "text/html")) == 2
    wall, film = (next((tmp_path / "media").rglob(f"{name}*.mp4")) for name in ("Wall", "Kraft"))
    table = stills(concept("kraft"), tmp_path / "stills", quality=Quality("tiny", 144, 15), fallback=Fallback.ERROR)
    (beat,) = [beat for beat in table.timetable.beats if beat.name == "myth"]
    with av.open(wall) as container:
        assert sum(1 for _ in container.decode(video=0)) == 12
    with av.open(film) as container:
        assert sum(1 for _ in container.decode(video=0)) == beat.end_frame - beat.start_frame
    with av.open(film) as container:
        assert container.streams.audio, "the beat is narrated"
