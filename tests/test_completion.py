"""Tab in a real shell: commands, options, films and beats, fast because nothing heavy is imported."""

from __future__ import annotations

import os
import pty
import select
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

import render
from commands.shell_scripts import SCRIPTS
from scenes.programme import ROOT, concepts

DOOR = ROOT / "render.py"
BASH = shutil.which("bash")


def completed(*words: str) -> list[str]:
    """What the last word of a command line may become, as a shell asks for it."""
    told = os.environ | {
        "_RENDER_PY_COMPLETE": "bash_complete",
        "COMP_WORDS": " ".join(("render.py", *words)),
        "COMP_CWORD": str(len(words)),
    }
    found = subprocess.run([sys.executable, DOOR], env=told, capture_output=True, text=True, check=True).stdout
    return [line.partition(",")[2] for line in found.splitlines() if line]


def test_films_and_beats_are_completed() -> None:
    assert completed("scene", "kr") == ["kraft"]
    assert completed("still", "kraft@bu") == ["kraft@budget"]
    assert completed("scene", "kraft@wall,bu") == ["kraft@wall,budget"]
    assert completed("scene", "kraft@wall,wa") == []
    assert completed("check", "kraft@bu") == [], "a check takes whole films"
    assert completed("clip", "kraft@bu") == ["kraft@budget"]
    assert completed("watch", "kr") == ["kraft"]
    assert completed("watch", "kraft@bu") == [], "a whole film is watched"
    for command in ("chapter", "publish", "site"):
        assert completed(command, "ent") == ["entropy"]
    assert completed("sti") == ["still"]
    assert completed("still", "zzz@") == []


@pytest.fixture(scope="module")
def heavy() -> str:
    """What completing a beat imports, as Python lists it."""
    told = os.environ | {
        "_RENDER_PY_COMPLETE": "bash_complete",
        "COMP_WORDS": "render.py scene kraft@",
        "COMP_CWORD": "2",
    }
    return subprocess.run(
        [sys.executable, "-X", "importtime", DOOR], env=told, capture_output=True, text=True, check=True
    ).stderr


@pytest.mark.parametrize("package", ["manim", "numpy", "av", "scipy"])
def test_completing_imports_nothing_heavy(heavy: str, package: str) -> None:
    imported = {line.rpartition("|")[2].strip() for line in heavy.splitlines()}
    assert {"commands.json_option", "film.script_outline"} <= imported
    assert package not in imported


@pytest.mark.parametrize("shell", list(SCRIPTS))
def test_every_script_is_read_by_its_shell(shell: str) -> None:
    result = CliRunner().invoke(render.main, ["completion", shell])
    assert result.exit_code == 0
    assert "_RENDER_PY_COMPLETE" in result.output
    program = shutil.which(shell)
    if program is None:
        pytest.skip(f"no {shell} here")
    checked = subprocess.run([program, "-n"], input=result.output, capture_output=True, text=True)
    assert (checked.returncode, checked.stderr) == (0, "")


class Terminal:
    """An interactive bash in a terminal of its own, with the completion script loaded."""

    def __init__(self, folder: Path) -> None:
        assert BASH is not None
        script = folder / "completion.sh"
        script.write_text(SCRIPTS["bash"], encoding="utf-8")
        self.process, self.wire = pty.fork()
        if self.process == 0:
            os.chdir(ROOT)
            settings = {"PS1": "ready> ", "TERM": "dumb", "PATH": os.environ["PATH"], "HOME": str(folder)}
            os.execve(BASH, [BASH, "--norc", "--noprofile", "-i"], settings)
        self.type(f"source {script}; stty cols 400; bind 'set bell-style none'; echo loaded\n")
        self.read_until("\nloaded")

    def type(self, text: str) -> None:
        os.write(self.wire, text.encode())

    def read_until(self, expected: str, seconds: float = 30.0) -> str:
        """All that appears until *expected* does. Fails if it does not."""
        seen, end = "", time.monotonic() + seconds
        while expected not in seen.replace("\r", ""):
            assert time.monotonic() < end, f"{expected!r} never appeared in {seen!r}"
            if select.select([self.wire], [], [], 0.1)[0]:
                seen += os.read(self.wire, 4096).decode(errors="replace")
        return seen

    def end(self) -> None:
        os.close(self.wire)
        os.waitpid(self.process, 0)


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    if BASH is None:
        pytest.skip("no bash here")
    opened = Terminal(tmp_path)
    yield opened
    opened.end()


def test_tab_in_bash(terminal: Terminal) -> None:
    """Called by its path, and by a Python's path; bash itself splits a word at '@'."""
    python = f"{sys.executable} {DOOR}"
    for typed, whole in (
        ("scene kraft@bu", "scene kraft@budget"),
        ("scene kraft@wall,bu", "scene kraft@wall,budget"),
        ("check uncer", "check uncertainty"),
        ("stil", "still"),
    ):
        terminal.type(f"{python} {typed}\t\x01echo is \n")  # then the whole line is printed
        terminal.read_until(f"\nis {python} {whole}")


def test_every_film_is_offered() -> None:
    assert completed("scene", "") == [film.name for film in concepts()]
