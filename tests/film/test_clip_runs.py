"""Whole runs of ``clip``: what they leave behind, in which theme and frame, and what they refuse."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from scenes.stage.theme import DARK, LIGHT
from tests.project_copy import Project, copy_project

from .clip_decoding import decoded

WORDY = (
    "## fine: Words\nIt says something.\n\n## large: Large words\nIt says it louder.\n\n## deep: Below\nIt goes down.\n"
)
WORDY_METHODS = """    def fine(self, beat: Beat) -> None:
        from scenes.stage.typeset import Words
        self.words = Words("fine print", size=24)
        self.add(self.words)

    def large(self, beat: Beat) -> None:
        from scenes.stage.typeset import Words
        self.remove(self.words)
        self.add(Words("large", size=60))

    def deep(self, beat: Beat) -> None:
        self.add(Square().move_to(5 * DOWN))
"""
QUICK = ("-ql", "--fallback", "silence")

pytestmark = pytest.mark.slow


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = copy_project(tmp_path / "project")
    made.write("steady", WORDY, WORDY_METHODS)
    return made


def corner(path: Path) -> str:
    """The colour of a clip's first pixel, as the theme writes it."""
    red, green, blue, _ = decoded(path)[0].pixels[0, 0]
    return f"#{red:02X}{green:02X}{blue:02X}"


def test_a_second_run_finds_what_the_first_has_made(project: Project) -> None:
    run = ("clip", "blink@shut", "blink@open", "--format", "webp", "--transparent", *QUICK)
    first = project.run(*run)
    assert first.returncode == 0, first.stderr
    folder = project.root / "films" / "clips"
    names = [f"blink@{beat}.transparent.webp" for beat in ("shut", "open")]
    assert [line.split()[1] for line in first.stdout.splitlines()] == [str(folder / name) for name in names]
    assert sorted(path.name for path in folder.iterdir()) == sorted([*names, *(f"{name}.png" for name in names)])
    before = {path: (path.stat().st_mtime_ns, path.stat().st_ino) for path in folder.iterdir()}
    second = project.run(*run)
    assert second.stdout == first.stdout
    assert "frames" not in second.stderr
    assert project.run("clip", "blink@*", *run[3:]).stdout == first.stdout
    assert {path: (path.stat().st_mtime_ns, path.stat().st_ino) for path in folder.iterdir()} == before

    (folder / names[0]).write_bytes(b"")
    assert project.run(*run).returncode == 0
    assert decoded(folder / names[0])


def test_the_theme_reaches_the_processes_that_draw(project: Project) -> None:
    for options in ((), ("--theme", "light")):
        done = project.run("clip", "steady@large", "--format", "frames", *QUICK, *options, ENTROPY_THEME="")
        assert done.returncode == 0, done.stderr
    folder = project.root / "films" / "clips"
    assert sorted(path.name for path in folder.iterdir()) == ["steady@large.frames", "steady@large.light.frames"]
    assert corner(folder / "steady@large.frames") == DARK.ground
    assert corner(folder / "steady@large.light.frames") == LIGHT.ground
    light = np.asarray(Image.open(folder / "steady@large.light.frames" / "frame0001.png"))
    assert light.min() < 64  # words are dark there


def test_a_frame_of_another_shape_holds_what_can_be_read_in_it(project: Project) -> None:
    made = project.run("clip", "steady@large", "--format", "png", "--aspect", "1:1", *QUICK)
    assert made.returncode == 0, made.stderr
    assert Image.open(project.root / "films" / "clips" / "steady@large.1x1.png").size == (480, 480)
    for address, told in (
        ("steady@fine", "steady@fine does not fit 9:16 at 480x854: the letters of Words('fine print') would be 4."),
        ("steady@deep", "steady@deep does not fit 9:16: Square leaves the picture, and would show; 16:9 works"),
    ):
        refused = project.run("clip", address, "--aspect", "9:16", *QUICK)
        assert refused.returncode == 2
        assert told in refused.stderr.splitlines()[-1]
    assert (
        "without -q it is 1080x1920, which is enough; 16:9 works"
        in project.run("clip", "steady@fine", "--aspect", "9:16", *QUICK).stderr
    )
    assert len(list((project.root / "films" / "clips").iterdir())) == 1
