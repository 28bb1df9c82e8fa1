"""``render.py deck``: what it refuses before it renders, and whole runs on a small project."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from PIL import Image, ImageColor
from pptx import Presentation

import render
from scenes.programme import concepts
from scenes.stage.theme import LIGHT

from ..project_copy import copy_project


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("krafd",), "no concept 'krafd'; did you mean 'kraft'?"),
        (("kraft@budgte",), "'kraft' has no beat 'budgte'; did you mean 'budget'?"),
        (("kraft", "--to", "key"), "'key' is not one of 'html', 'pptx', 'pdf'"),
        (("kraft", "--silent", "--auto-advance"), "--silent waits for the speaker"),
        ((), "Missing argument"),
    ],
)
def test_bad_usage_is_told_in_a_line_before_anything_renders(
    arguments: tuple[str, ...], told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("film.deck_work.clips_of", lambda *_: pytest.fail("it rendered"))
    result = CliRunner().invoke(render.main, ["deck", *arguments])
    assert result.exit_code == 2
    (line,) = [line for line in result.output.splitlines() if line.startswith("Error")]
    assert told in line


def test_too_many_films_for_a_name_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("film.deck_work.clips_of", lambda *_: pytest.fail("it rendered"))
    result = CliRunner().invoke(render.main, ["deck", "*"])
    assert result.exit_code == 1
    assert result.output == f"Error: a deck of {len(concepts())} films would have too long a name; make several decks\n"


@pytest.mark.slow
def test_decks_are_made_once_and_again_when_something_is_missing(tmp_path: Path) -> None:
    project = copy_project(tmp_path / "project")
    ask = ("deck", "blink", "steady", "--to", "pptx", "--to", "html", "--to", "pdf", "-ql", "--fallback", "silence")
    first = project.run(*ask)
    assert first.returncode == 0, first.stderr
    films = project.root / "films"
    stem = re.escape(str(films / "blink+steady"))
    assert re.fullmatch(
        rf"Open {stem}\.pptx \(5 slides, \d\.\d MB\)\n"
        rf"Open {stem}\.deck/index\.html \(5 slides, \d\.\d MB\)\n"
        rf"Open {stem}\.pdf \(3 pages, \d\.\d MB\)\n",
        first.stdout,
    )
    made = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in films.rglob("*") if path.is_file()}
    again = project.run(*ask)
    assert again.stdout == first.stdout
    assert {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in made} == made

    for path in (films / "blink+steady.pptx", films / "blink+steady.deck" / "clips" / "blink-open.mp4"):
        path.unlink()
    (films / "blink+steady.pdf").write_bytes(b"damaged")
    mended = project.run(*ask)
    assert mended.stdout == first.stdout
    assert {path: path.read_bytes() for path in films.rglob("*") if path.is_file()} == {
        path: content for path, (content, _) in made.items()
    }

    live = project.run("deck", "blink@open,shut", "--silent", "--to", "pptx", "-ql", "--fallback", "silence")
    assert live.returncode == 0, live.stderr
    slides = Presentation(str(films / "blink@open,shut.silent.pptx")).slides
    assert [slide.shapes.title.text_frame.text for slide in slides if slide.shapes.title] == [
        "The film blink",
        "The eye is shut",
        "The eye is open",
    ]


@pytest.mark.slow
def test_the_theme_is_that_of_clips_and_titles(tmp_path: Path) -> None:
    project = copy_project(tmp_path / "project")
    made = project.run("deck", "steady", "--theme", "light", "-ql", "--fallback", "silence", ENTROPY_THEME="")
    assert made.returncode == 0, made.stderr
    folder = project.root / "films" / "steady.light.deck"
    assert f"--ground: {LIGHT.ground};" in (folder / "index.html").read_text(encoding="utf-8")
    with Image.open(folder / "posters" / "steady-gaze.png") as poster:
        shown = poster.convert("RGB").getpixel((0, 0))
    assert isinstance(shown, tuple)
    assert max(abs(a - b) for a, b in zip(shown, ImageColor.getrgb(LIGHT.ground), strict=True)) <= 2
