"""A small chapter is published: what lies in its folder is what YouTube takes, and sounds as loud as it wants."""

from __future__ import annotations

import hashlib
import re
from functools import partial
from pathlib import Path

import av
import numpy as np
import pyloudnorm
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageColor

from film.join import open_clip, picture
from film.loudness import true_peak
from film.publishing.caption_rules import caption_problems
from film.publishing.rules import chapter_problems, written_chapters
from narration.audio import SAMPLE_RATE
from scenes.stage.theme import LIGHT

from ..project_copy import BLINK, Project, copy_project
from .test_mix import speech_like

PROGRAMME = """
PROGRAMME = (Part(name="trial", number=1, title="Trial", subtitle="Films", concept_names=({films},)),)
"""
SCRIPT = "## gaze: Nothing moves\n" + "It looks at you and says a word or two about it. " * 3 + "\n"
METHODS = "    def gaze(self, beat: Beat) -> None:\n        self.add(Square().set_fill('#6CB6FF', 1))\n"
NAMES = ("trial.mp4", "trial.srt", "trial.vtt", "thumbnail.png", "title.txt", "description.txt", "tags.txt")

pytestmark = pytest.mark.slow


def plan(project: Project, *films: str) -> None:
    """Have the part made of these films."""
    with (project.root / "scenes" / "programme.py").open("a", encoding="utf-8") as programme:
        programme.write(PROGRAMME.format(films=", ".join(map(repr, films))))


def spoken(level: float, samples: int) -> NDArray[np.float32]:
    """Something like speech, at a level."""
    return speech_like(samples / SAMPLE_RATE, level=level)[:samples]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project of one part with as many films as can be published, spoken at different levels."""
    made = copy_project(tmp_path_factory.mktemp("publish") / "project")
    plan(made, "one", "two", "three")
    for number, name in enumerate(("one", "two", "three")):
        made.write(name, SCRIPT, METHODS)
        level = (0.02, 0.3, 0.9)[number]
        made.film(name).speak(sound=partial(spoken, level))
    return made


@pytest.fixture(scope="module")
def folder(project: Project) -> Path:
    """The published folder, made after the chapter itself."""
    for command in (("chapter",), ("publish",)):
        result = project.run(*command, "trial", "-ql")
        assert result.returncode == 0, result.stderr
    found = project.root / "films" / "publish" / "trial"
    assert re.fullmatch(rf"Open {re.escape(str(found))}/trial\.mp4 \(\d:\d\d, \d\.\d MB\)\n", result.stdout)
    return found


def heard(video: Path) -> NDArray[np.float32]:
    """The sound as a player gives it: (n, 2) at 48 kHz."""
    with av.open(video) as container:
        frames = [frame.to_ndarray().T for frame in container.decode(audio=0)]
    return np.concatenate(frames).astype(np.float32)


def packets(video: Path) -> list[tuple[int | None, str]]:
    """The pictures as they are coded."""
    with open_clip(video) as container:
        stream = picture(video, container)
        return [(p.pts, hashlib.sha256(bytes(p)).hexdigest()) for p in container.demux(stream) if p.dts is not None]


def test_the_folder_holds_what_is_uploaded(folder: Path) -> None:
    assert sorted(path.name for path in folder.iterdir()) == sorted(NAMES)
    with Image.open(folder / "thumbnail.png") as image:
        assert (image.format, image.size) == ("PNG", (1280, 720))
        assert (np.asarray(image.convert("RGB")) == (0x6C, 0xB6, 0xFF)).all(axis=2).mean() > 0.1
    with av.open(folder / "trial.mp4") as container:
        assert container.duration is not None
        duration = container.duration / av.time_base
    description = (folder / "description.txt").read_text(encoding="utf-8")
    assert list(chapter_problems(description, duration)) == []
    assert [title for _, title in written_chapters(description)] == ["The film one", "The film two", "The film three"]
    captions = [(folder / f"trial.{kind}").read_text(encoding="utf-8") for kind in ("srt", "vtt")]
    assert list(caption_problems(captions[0], captions[1], duration)) == []
    assert (folder / "title.txt").read_text() == "Trial · Entropy from First Principles, part 1\n"


def test_loudness_and_true_peak(folder: Path) -> None:
    sound = heard(folder / "trial.mp4")
    assert pyloudnorm.Meter(SAMPLE_RATE).integrated_loudness(sound) == pytest.approx(-14, abs=0.2)
    assert true_peak(sound) <= -1


def test_pictures_are_those_of_the_chapter(project: Project, folder: Path) -> None:
    assert packets(folder / "trial.mp4") == packets(project.root / "films" / "trial.mp4")


def test_a_second_run_makes_nothing(project: Project, folder: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in folder.iterdir()}
    assert project.run("publish", "trial", "-ql").returncode == 0
    assert {path: path.stat().st_mtime_ns for path in folder.iterdir()} == before


def test_the_thumbnail_has_the_theme_of_the_video(project: Project) -> None:
    made = project.run("publish", "trial", "-ql", "--theme", "light", ENTROPY_THEME="")
    assert made.returncode == 0, made.stderr
    with Image.open(project.root / "films" / "publish" / "trial.light" / "thumbnail.png") as image:
        assert image.convert("RGB").getpixel((0, 0)) == ImageColor.getrgb(LIGHT.ground)
        assert (np.asarray(image.convert("RGB")) == (0x6C, 0xB6, 0xFF)).all(axis=2).mean() > 0.1


def test_what_cannot_be_published_is_told_before_anything_renders(project: Project) -> None:
    clips = project.clips()
    plan(project, "blink", "steady")
    short = project.run("publish", "trial", "-ql", "-o", str(project.root / "elsewhere"))
    plan(project, "one", "two", "three")
    assert short.returncode == 1
    told = "trial: chapters: 2, at least 3; a part needs so many films in scenes/programme.py"
    assert short.stderr.splitlines()[-2:] == ["Error: YouTube would not take this:", told]
    unknown = project.run("publish", "trail")
    assert unknown.returncode == 2
    assert "no part 'trail'; did you mean 'trial'?" in unknown.stderr
    assert project.clips() == clips
    assert not (project.root / "elsewhere").exists()


def test_a_film_too_short_for_a_chapter_is_named(project: Project, folder: Path) -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    project.write(
        "two", BLINK.partition("## open")[0], METHODS.replace("gaze", "shut") + '        beat.wait_until("now")\n'
    )
    refused = project.run("publish", "trial", "-ql", "--fallback", "silence")
    assert refused.returncode == 1
    assert re.search(r"trial: chapters: 'The film two' lasts \d s, at least 10; make that film longer", refused.stderr)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
