"""The command line: what it says and its exit codes, above all when something is wrong."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import render
from commands.by_name import COMMANDS

from .project_copy import BLINK, BLINK_METHODS, STEADY, STEADY_METHODS, Project, copy_project


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return copy_project(tmp_path / "project")


def said(result: Result) -> str:
    """All that a command printed."""
    return result.output


def run(*arguments: str) -> Result:
    """The command line in this process."""
    return CliRunner().invoke(render.main, list(arguments))


# ---- quick answers -------------------------------------------------------------------------------


def test_every_command_helps_with_an_example() -> None:
    assert run("--help").exit_code == 0
    for name in COMMANDS:
        result = run(name, "--help")
        assert result.exit_code == 0
        assert f"Example: render.py {name}" in said(result)


def test_list_names_every_film() -> None:
    result = run("list")
    assert result.exit_code == 0
    assert {"kraft", "surprise"} <= set(said(result).split())


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("scene", "zzzzzz"), "no concept 'zzzzzz'; there are: "),
        (("check", "nothing"), "no concept 'nothing'"),
        (("chapter", "entrapy"), "no part 'entrapy'; did you mean 'entropy'?"),
        (("site", "entrapy"), "no part 'entrapy'; did you mean 'entropy'?"),
        (("site", "kraft"), "'kraft' is a film, no part: render.py scene kraft"),
        (("serve", "--port", "0"), "0 is not in the range"),
        (("narrate", "--recording", __file__), "a recording belongs to one beat or one film"),
        (("scene",), "Missing argument"),
        (("scene", "kraft", "-q", "x"), "'x' is not one of 'l', 'm', 'h', 'p', 'k'"),
        (("scene", "kraft", "-j", "0"), "0 is not in the range"),
        (("-ql", "scene", "kraft"), "write options after 'scene', not before it"),
    ],
)
def test_bad_usage_is_told_with_exit_code_2(arguments: tuple[str, ...], told: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert told in said(result)
    assert "Traceback" not in said(result)


Raise = Callable[[BaseException], None]


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> Raise:
    """Let the first step of every rendering command raise."""

    def raises(error: BaseException) -> None:
        def fails(*_: object) -> None:
            raise error

        for step in ("video_work.checked_films", "picture_work.keys_of", "check_work.preflight"):
            monkeypatch.setattr(f"film.{step}", fails)

    return raises


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (
            ImportError("libcairo.so.2: cannot open shared object file", name="cairo._cairo"),
            r"libcairo\.so\.2: .*; something that rendering needs is missing: run `make setup`, which installs it",
        ),
        (OSError("cannot load library 'libpango.so'"), "libpango.*run `make setup`"),
        (OSError(28, "No space left on device", "x.mp4"), r"no space left on the disk \(free .* MB in .*\); make room"),
        (PermissionError(13, "Permission denied", "films/x"), "films/x: Permission denied; mend that and run again"),
        (
            RuntimeError("boom\nand more"),
            r"test_render_cli\.py:\d+: RuntimeError: boom; this was not foreseen, --debug",
        ),
        (
            ZeroDivisionError(),
            r"test_render_cli\.py:\d+: ZeroDivisionError: no reason given; this was not foreseen, --debug",
        ),
    ],
)
@pytest.mark.parametrize("command", [("scene", "kraft"), ("chapter",), (), ("site",), ("check",), ("still", "kraft")])
def test_failures_are_one_line_with_a_remedy(
    failing: Raise, error: Exception, told: str, command: tuple[str, ...]
) -> None:
    failing(error)
    result = run(*command)
    assert result.exit_code == 1
    (line,) = said(result).splitlines()
    assert re.search(told, line)


def test_debug_shows_the_traceback(failing: Raise) -> None:
    failing(RuntimeError("boom"))
    result = run("scene", "kraft", "--debug")
    assert result.exit_code == 1
    assert "Traceback (most recent call last)" in said(result)
    assert said(result).splitlines()[-1].startswith("Error: ")


def test_ctrl_c_ends_in_one_line(failing: Raise) -> None:
    failing(KeyboardInterrupt())
    result = run("scene", "kraft")
    assert result.exit_code == 130
    assert said(result) == "Stopped; finished clips are kept, and the next run goes on from there\n"


def test_a_missing_system_library(project: Project) -> None:
    stand_in = project.root / "stand_in" / "cairo"
    stand_in.mkdir(parents=True)
    (stand_in / "__init__.py").write_text(
        "raise ImportError('libcairo.so.2: cannot open shared object file: No such file', name='cairo._cairo')\n"
    )
    for command in ((), ("storyboard",)):
        result = project.run(*command, PYTHONPATH=str(stand_in.parent))
        assert result.returncode == 1
        (line,) = result.stderr.splitlines()
        assert line.startswith("Error: libcairo.so.2: cannot open shared object file")
        assert line.endswith("run `make setup`, which installs it")


def test_missing_packages(project: Project) -> None:
    """A stranger runs render.py with a Python that has nothing installed."""
    command = [sys.executable, "-S", "-I", str(project.root / "render.py"), "list"]
    result = subprocess.run(command, cwd=project.root, capture_output=True, text=True)
    assert result.returncode == 1
    assert result.stderr == (
        "render.py: Python packages are missing here; run `make setup`, then .venv/bin/python render.py\n"
    )


def test_a_slip_in_a_scene_is_told_with_what_was_meant(project: Project) -> None:
    project.write("steady", STEADY, STEADY_METHODS.replace("self.add(", "self.adda("))
    result = project.run("still", "steady", "-ql")
    assert result.returncode == 1
    (line,) = result.stderr.splitlines()
    assert re.search(
        r"scenes/trial/steady\.py:16: AttributeError: .*'adda' \(did you mean 'add'\?\); mend the scene", line
    )


def test_any_python_finds_the_projects_own(project: Project) -> None:
    """``./render.py`` is called with the system's Python, which may have some of the packages and not all."""
    own = project.root / ".venv" / "bin" / "python"
    own.parent.mkdir(parents=True)
    own.write_text(f'#!/bin/sh\n[ "$1" = "{project.root}/render.py" ] && shift && echo "own: $*"\n')
    own.chmod(0o755)
    assert "own" not in project.run("list").stdout, "this is no environment yet"
    (own.parents[1] / "pyvenv.cfg").touch()
    result = project.run("list", "two words")
    assert (result.returncode, result.stdout) == (0, "own: list two words\n")


def test_check_tells_every_mistake_with_its_place(project: Project) -> None:
    """And nothing renders while there is one."""
    project.write("blink", BLINK.replace("[now]", "[nw] {bits:.2f}") + "\n## shut\nAgain.\n", BLINK_METHODS)
    project.write("steady", STEADY, STEADY_METHODS + "\n    def stare(self, beat: Beat) -> None: ...\n")
    for command in (("check",), ("chapter", "-ql")):
        result = project.run(*command)
        assert result.returncode == 1
        lines = result.stderr.removeprefix("Error: ").splitlines()
        places = [re.match(r".*/(\w+\.(?:md|py):\d+:\d+): .+; .+", line) for line in lines]
        assert [place and place[1] for place in places] == ["blink.md:3:10", "blink.md:8:4", "steady.py:18:5"]
    assert project.clips() == []


def test_check_lists_narration_that_is_not_ready(project: Project) -> None:
    project.film("blink").speak()
    project.film("steady").speak()
    result = project.run("check")
    assert (result.returncode, result.stderr) == (0, "")
    agreed, looked = result.stdout.splitlines()
    assert agreed == "2 films, 3 beats: scripts and scenes agree; 3 takes are ready"
    assert looked.endswith("moments looked at: 0 errors, 0 warnings")
    project.write("blink", BLINK.replace("shut again", "shut"), BLINK_METHODS)
    shutil.rmtree(project.film("steady").concept.takes_path)
    assert project.run("check", "--strict").returncode == 1
    result = project.run("check")
    assert result.returncode == 0, "a draft voice stands in; only --strict asks for takes"
    stale, missing, *_, summary, _ = result.stdout.splitlines()
    assert re.fullmatch(
        r"blink@open: .*open\.json: the script has changed since .*`render\.py narrate blink@open`", stale
    )
    assert re.fullmatch(r"steady@gaze: .*gaze\.opus: there is no take yet; .*narrate steady@gaze`", missing)
    assert summary.endswith("1 takes are ready")
