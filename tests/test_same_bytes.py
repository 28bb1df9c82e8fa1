"""The same project gives the same bytes: wherever it lies, whoever renders it, with whatever runs them."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from benchmarks.long_run import digests
from scenes.programme import ROOT

from .project_copy import Project, copy_project

BLINK = """## shut: The eye is shut
Now [now] it opens, and [H](H of X) grows.

## open: The eye is open
And now [close] it is shut again. [pause 6]
"""
GAZE = """## gaze: Nothing moves
It looks at you.

## away: It looks away
At something else. [pause 8]
"""
WINK = """## both: As good as a word
It says nothing, for a long time. [pause 9]
"""
# What could differ: words, a formula, a font by its name, sets of strings, chance, parts matched by their looks.
BLINK_METHODS = """    def shut(self, beat: Beat) -> None:
        beat.wait_until("now")
        words = {"entropy", "surprise", "code", "dictionary", "bits"}
        stack = VGroup(*(Words(word) for word in words)).arrange(DOWN)
        dots = [Dot(self.random.uniform(-1, 1, 3)) for _ in words]
        self.play(FadeIn(stack, *dots), run_time=0.4)

    def open(self, beat: Beat) -> None:
        beat.wait_until("close")
        self.play(FadeOut(*self.mobjects), run_time=0.4)
"""
GAZE_METHODS = """    def gaze(self, beat: Beat) -> None:
        formula = Maths("H = sum_x p(x) log_2 1 / p(x) = \u210b \u2603").shift(UP)
        self.add(formula, Typst('#text(font: "Inter")[Here I stand]').next_to(formula, DOWN))
        self.play(TransformMatchingShapes(formula.copy(), Maths("log_2 p(x) H").shift(2 * DOWN)), run_time=0.4)

    def away(self, beat: Beat) -> None:
        self.play(FadeOut(*self.mobjects), run_time=0.4)
"""
WINK_METHODS = "    def both(self, beat: Beat) -> None:\n        self.add(Words('wink'))\n"
FILMS = {"wink": (WINK, WINK_METHODS), "blink": (BLINK, BLINK_METHODS), "steady": (GAZE, GAZE_METHODS)}
# As many films as YouTube wants chapters, each as long as it wants them.
PROGRAMME = f"""
PROGRAMME = (Part(name="trial", number=1, title="Trial", subtitle="Films", concept_names={tuple(FILMS)}),)
"""
TEXTS = "from scenes.stage.typeset import Maths, Words\n"
# Everything that a Manim user's own file could change in a picture; of a trial's films, nobody asked for it.
MANIM_CFG = """[CLI]
background_color = RED
background_opacity = 0.3
upto_animation_number = 1
save_last_frame = True
transparent = True
frame_rate = 7
pixel_height = 90
"""
NOBODY = 65534
WORKER = (sys.executable, "-m", "dask")


@dataclass(frozen=True)
class Someone:
    """Who renders: in a folder and a home of their own, in their own words, with their own rights."""

    project: Project
    home: Path
    variables: Mapping[str, str]
    umask: int = 0o022
    user: int | None = None

    @property
    def environment(self) -> dict[str, str]:
        """All that they have."""
        kept = {name: os.environ[name] for name in ("PATH", "VIRTUAL_ENV") if name in os.environ}
        return kept | {"HOME": str(self.home), "TMPDIR": str(self.home / "tmp")} | dict(self.variables)

    def run(self, *arguments: str) -> None:
        """Run the command line from their own folder."""
        done = subprocess.run(
            self.project.command(*arguments),
            cwd=self.home,
            env=self.environment,
            umask=self.umask,
            user=self.user,
            group=self.user,
            extra_groups=[] if self.user else None,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, f"{arguments}: {done.stderr}"

    def bytes_of(self, name: str) -> dict[str, str]:
        """A hash of every file below a folder in their home."""
        return digests(self.home / name)


def someone(place: Path, name: str, *, umask: int = 0o022, user: int | None = None, **variables: str) -> Someone:
    """A person with a copy of the project below *place*."""
    project = copy_project(place / name / "project")
    with (project.root / "scenes" / "programme.py").open("a", encoding="utf-8") as programme:
        programme.write(PROGRAMME)
    for film, (script, methods) in FILMS.items():
        project.write(film, script, methods)
        source = project.root / "scenes" / "trial" / f"{film}.py"
        source.write_text(TEXTS + source.read_text(encoding="utf-8"), encoding="utf-8")
    home = place / name / "home"
    (home / "tmp").mkdir(parents=True)
    return Someone(project, home, variables, umask, user)


@pytest.fixture(scope="module")
def place() -> Iterator[Path]:
    """A folder that every user can reach, as pytest's are not."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder)
        path.chmod(0o755)
        yield path


@pytest.fixture(scope="module")
def plain(place: Path) -> Someone:
    """One worker, plain words, a home with nothing in it."""
    return someone(place, "plain", PYTHONHASHSEED="0", TZ="UTC", LC_ALL="C")


@pytest.fixture(scope="module")
def expected(plain: Someone) -> dict[str, str]:
    """What the plain one makes."""
    return make_all(plain, workers=1)


def make_all(who: Someone, workers: int) -> dict[str, str]:
    """Make everything that the command line makes of films; return what was made."""
    drawn = ("--store", "store", "-o", "all")
    quickly = ("-ql", "-j", str(workers), *drawn)
    who.run(*quickly)
    who.run("publish", *quickly)
    who.run("deck", "blink", "steady", "--to", "html", "--to", "pptx", "--to", "pdf", *quickly)
    who.run("deck", "blink", "--silent", "--to", "html", "--to", "pptx", *quickly)
    with warm(who):
        for format_ in ("mp4", "webm", "gif", "frames"):
            who.run("clip", "blink@shut", "--format", format_, *quickly)
        for format_ in ("webm", "mov", "webp", "png"):
            who.run("clip", "steady@gaze", "--transparent", "--silent", "--format", format_, *quickly)
        who.run("clip", "wink", "--aspect", "1:1", "--theme", "light", "--format", "webp", "--loop", *quickly, "-qm")
    who.run("still", "*@*", "-qm", *drawn)
    who.run("storyboard", *drawn)
    who.run("storyboard", "blink", "--every", "--store", "store", "-o", "all/every")
    who.run("clips", "-j", str(workers), *drawn)
    return who.bytes_of("all")


@contextlib.contextmanager
def warm(who: Someone) -> Iterator[None]:
    """A server that stays meanwhile: all runs use it."""
    who.run("server", "start", "--minutes", "2")
    try:
        yield
    finally:
        who.run("server", "stop")


def make_chapter(who: Someone, name: str, *options: str) -> dict[str, str]:
    """Make the chapter from nothing; return what was made."""
    who.run("chapter", "-ql", "--store", f"{name}-store", "-o", name, *options)
    made = who.bytes_of(name)
    assert made.keys() == {f"trial.{end}" for end in ("json", "md", "mp4", "srt", "vtt")}
    return made


def german(place: Path) -> dict[str, str]:
    """The variables of somebody who writes commas in numbers; nothing where the system cannot be taught to."""
    made = subprocess.run(["localedef", "-i", "de_DE", "-f", "UTF-8", place / "de_DE.UTF-8"], capture_output=True)
    return {"LC_ALL": "de_DE.UTF-8", "LOCPATH": str(place)} if made.returncode == 0 else {}


def other_user(place: Path) -> int | None:
    """A user who may do nothing, if this one may become that one, and that one can run our Python."""
    if os.getuid() != 0:
        return None
    program = [sys.executable, "-c", "import manim"]
    asked = subprocess.run(
        program, user=NOBODY, group=NOBODY, extra_groups=[], cwd=place, env=os.environ | {"HOME": str(place)}
    )
    return NOBODY if asked.returncode == 0 else None


@pytest.mark.slow
def test_another_user_elsewhere_makes_the_same_bytes(place: Path, expected: dict[str, str]) -> None:
    variables = {"PYTHONHASHSEED": "random", "TZ": "Asia/Kathmandu", "SOURCE_DATE_EPOCH": "1"} | german(place)
    stranger = someone(place, "é tü", umask=0o077, user=other_user(place), **variables)
    for cfg in (stranger.home / "manim.cfg", stranger.home / ".config" / "manim" / "manim.cfg"):
        cfg.parent.mkdir(parents=True, exist_ok=True)
        cfg.write_text(MANIM_CFG)
    fonts = stranger.home / ".local" / "share" / "fonts"
    shutil.copytree(ROOT / "assets" / "fonts", fonts)
    for path in (stranger.home.parent, *stranger.home.parent.rglob("*")):
        if stranger.user is not None:
            os.chown(path, stranger.user, stranger.user)
        os.utime(path, (1e9, 1e9))
    assert make_all(stranger, workers=2) == expected
    assert not {".store", "films"} & {path.name for path in stranger.project.root.iterdir()}


@pytest.mark.slow
def test_a_warm_server_makes_the_same_bytes(plain: Someone, expected: dict[str, str]) -> None:
    with warm(plain):
        made = make_chapter(plain, "warm")
    assert made.items() <= expected.items()


@pytest.mark.slow
def test_a_cluster_makes_the_same_bytes(plain: Someone, expected: dict[str, str], scheduler: str) -> None:
    assert make_chapter(plain, "far", "--scheduler", scheduler).items() <= expected.items()


@pytest.fixture
def scheduler(place: Path) -> Iterator[str]:
    """The address of a cluster of one worker, whose words and home are others."""
    pytest.importorskip("distributed")
    home = place / "worker"
    home.mkdir()
    told = home / "scheduler.json"
    environment = os.environ | {"HOME": str(home), "PYTHONHASHSEED": "7", "TZ": "America/Lima", "TMPDIR": str(home)}
    with contextlib.ExitStack() as stack:
        for command in (
            ("scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(told)),
            ("worker", "--scheduler-file", str(told), "--nthreads", "2", "--local-directory", str(home)),
        ):
            process = subprocess.Popen(
                [*WORKER, *command, "--no-dashboard"],
                cwd=home,
                env=environment,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            stack.callback(process.wait)
            stack.callback(process.terminate)
        while not told.exists():
            time.sleep(0.05)
        address: str = json.loads(told.read_text(encoding="utf-8"))["address"]
        yield address
