"""Whole runs of the command line: what they leave behind when they end well, fail, or are ended."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from .project_copy import BLINK, BLINK_METHODS, STEADY, STEADY_METHODS, Project, copy_project


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return copy_project(tmp_path / "project")


# ---- rendering -----------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_scene_that_raises_leaves_the_others_and_the_finished_video(project: Project) -> None:
    first = project.run("chapter", "-ql", "--fallback", "silence")
    assert first.returncode == 0, first.stderr
    opened = re.fullmatch(r"Open (.*/films/trial\.mp4) \(0:\d\d, \d\.\d MB\)\n", first.stdout)
    assert opened
    finished = {path: path.read_bytes() for path in sorted((project.root / "films").iterdir())}
    assert [path.name for path in finished] == [f"trial.{end}" for end in ("json", "md", "mp4", "srt", "vtt")]
    clips = project.clips()

    project.write("blink", BLINK, BLINK_METHODS.replace("FadeIn(Dot())", "FadeIn(Dot(radius=1 / 0))"))
    project.write("steady", STEADY, STEADY_METHODS.replace("Square()", "Circle()"))
    for debug in ((), ("--debug",)):
        failed = project.run("chapter", "-ql", "--fallback", "silence", *debug)
        assert failed.returncode == 1
        told = [line for line in failed.stderr.splitlines() if "blink.py" in line and line.startswith("Error")]
        assert len(told) == 1
        assert re.search(
            r"scenes/trial/blink\.py:17: in shut: blink@shut,open: ZeroDivisionError: division by zero; mend", told[0]
        )
        assert re.search(r"(1 of 3|0 of 2) pieces are finished and kept", failed.stderr)
        assert ("Traceback" in failed.stderr) == bool(debug)
        assert {path: path.read_bytes() for path in sorted((project.root / "films").iterdir())} == finished
    assert len(project.clips()) == len(clips) + 1  # the changed beat; cards are what they were

    project.write("blink", BLINK, BLINK_METHODS)
    assert project.run("chapter", "-ql", "--fallback", "silence").returncode == 0
    assert len(project.clips()) == len(clips) + 1


@pytest.mark.slow
def test_narration_that_is_not_ready_is_named_and_replaced(project: Project) -> None:
    project.film("blink").speak(seconds_a_word=0.3)
    project.write("blink", BLINK.replace("shut again", "shut"), BLINK_METHODS)
    refused = project.run("scene", "blink", "-ql", "--fallback", "error")
    assert refused.returncode == 1
    assert refused.stderr.splitlines()[0] == "Error: 1 beats have no usable take:"
    assert refused.stderr.splitlines()[1].startswith("blink@open: ")
    assert project.clips() == []
    for fallback, words in (("draft", "a draft voice"), ("silence", "silence")):
        result = project.run("scene", "blink", "-ql", "--fallback", fallback)
        assert result.returncode == 0, result.stderr
        told = [line for line in result.stderr.splitlines() if line.startswith("blink@")]
        assert len(told) == 1
        assert re.fullmatch(rf"blink@open: .*the script has changed.*; {words} stands in", told[0])
        table = json.loads((project.root / "films" / "blink.json").read_text())
        assert [beat["source"] for beat in table["films"][0]["beats"]] == ["take", fallback]
    assert len(project.clips()) == 4


@pytest.mark.slow
def test_stills_storyboards_and_single_beats(project: Project) -> None:
    from PIL import Image

    made = {
        ("scene", "blink@shut", "-ql", "--fallback", "silence"): "blink@shut.mp4",
        ("scene", "-s", "blink@shut", "-ql"): "blink@shut.png",
        ("still", "blink"): "blink.png",
        ("storyboard", "blink"): "blink.storyboard.png",
    }
    for command, name in made.items():
        result = project.run(*command)
        assert result.returncode == 0, result.stderr
        assert f"Open {project.root / 'films' / name}" in result.stdout
    films = project.root / "films"
    with Image.open(films / "blink@shut.png") as picture, Image.open(films / "blink.png") as last:
        assert picture.size == (854, 480)
        assert last.size == (1920, 1080)
        middle = picture.convert("L").getpixel((427, 240))
        assert isinstance(middle, int)
        assert middle > 200  # the dot is there
        assert len(set(last.convert("L").tobytes())) == 1  # and has gone
    table = json.loads((films / "blink@shut.json").read_text())
    assert [beat["name"] for beat in table["films"][0]["beats"]] == ["shut"]


# ---- hard ends -----------------------------------------------------------------------------------


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system that holds next to nothing."""
    folder = tmp_path / "disk"
    folder.mkdir()
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", folder], capture_output=True)
    if made.returncode:
        pytest.skip("only root may mount a small disk")
    yield folder
    subprocess.run(["umount", "-l", folder], check=True)


@pytest.mark.slow
@pytest.mark.parametrize("option", ["--store", "--out"])
def test_a_full_disk(project: Project, tiny_disk: Path, option: str) -> None:
    result = project.run("scene", "blink", "-ql", "--fallback", "silence", option, str(tiny_disk))
    assert result.returncode == 1
    told = [line for line in result.stderr.splitlines() if "no space left on the disk" in line]
    assert len(told) == 1
    assert re.search(r"free \d+\.\d MB in .*make room and run again|about \d+\.\d MB are needed", told[0])
    assert "Traceback" not in result.stderr
    left = [path for path in tiny_disk.rglob("*") if path.is_file()]
    assert not [path for path in left if path.suffix in (".mp4", ".npy", ".png") or "partial" in path.name]
    assert not list(tiny_disk.glob("work-*"))


SLEEPY = BLINK_METHODS.replace('beat.wait_until("now")', "__import__('time').sleep(60); beat.wait_until('now')")


def _started(project: Project) -> subprocess.Popen[str]:
    """A run that is rendering: one film is finished, the other sleeps."""
    project.write("blink", BLINK, SLEEPY)
    process = subprocess.Popen(
        project.command("scene", "blink", "steady", "-ql", "--fallback", "silence"),
        cwd=project.root,
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    for _ in range(600):
        if project.clips() or process.poll() is not None:
            return process
        time.sleep(0.1)
    process.kill()
    raise AssertionError("nothing was rendered in a minute")


def _processes_of(session: int) -> list[int]:
    """The processes that a run started and that still live."""
    living = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if fields[0] != "Z" and int(fields[3]) == session:
            living.append(int(status.parent.name))
    return living


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_a_run_that_is_ended_leaves_no_process_and_keeps_finished_clips(project: Project, how: signal.Signals) -> None:
    with _started(project) as process:
        if how is signal.SIGINT:
            os.killpg(process.pid, how)  # as a terminal does
        else:
            process.send_signal(how)
        _, errors = process.communicate(timeout=30)
    if how is signal.SIGINT:
        assert process.returncode == 130
        assert errors.splitlines()[-1] == "Stopped; finished clips are kept, and the next run goes on from there"
        assert "Traceback" not in errors
    for _ in range(100):
        if not _processes_of(process.pid):
            break
        time.sleep(0.1)
    assert _processes_of(process.pid) == []
    assert len(project.clips()) == 1
    project.write("blink", BLINK, BLINK_METHODS)
    result = project.run("scene", "blink", "steady", "-ql", "--fallback", "silence")
    assert result.returncode == 0, result.stderr
    assert len(project.clips()) == 3
    assert not list((project.root / ".store").glob("work-*"))
