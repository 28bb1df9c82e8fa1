"""A project whose texts, names and folder try to be commands, markup and terminal codes: nothing of it is obeyed."""

from __future__ import annotations

from pathlib import Path

import av
import pytest
from click.testing import CliRunner

import render

from .project_copy import BLINK_METHODS, Project, copy_project

FOLDER = "a $(touch pwned); `touch pwned` & 'b' \"c\" <d>"
COMMAND = "$(touch pwned)"
HOSTILE_TITLE = r"\#read(\"/etc/passwd\") $(touch pwned) \<b> & \{\{ a : b \}\} \\ --> end"
HOSTILE_FILM = rf"""## shut: {HOSTILE_TITLE}
Now [now] [{COMMAND}](it) opens, [\<b>x\</b>](it) says [-->](so). [`touch_pwned`](It)
[\{{\\an\}}](is) [\#eval(x)](well).

## open: \`touch pwned\`
And now [close] it is shut again.
"""


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return copy_project(tmp_path / FOLDER)


def nothing_was_run(project: Project) -> bool:
    return not [path for path in project.root.parent.rglob("*pwned*") if path != project.root]


@pytest.mark.parametrize(
    "address",
    ["../../etc/passwd", COMMAND, "kraft@../x", f"kraft@{COMMAND}", "\x1b[31mkraft", "kraft@\x1b]0;x\x07", ""],
)
@pytest.mark.parametrize("command", ["scene", "still", "narrate", "check"])
def test_no_address_is_a_path_or_a_command(command: str, address: str) -> None:
    result = CliRunner().invoke(render.main, [command, address])
    assert result.exit_code == 2
    assert "Traceback" not in result.output
    assert "".join(result.output.split("\n")).isprintable()


@pytest.mark.slow
def test_a_script_of_terminal_codes_is_refused_in_plain_text(project: Project) -> None:
    project.write(
        "blink",
        "## shut\nIt [\x1b]0;owned\x07] is \x1b[31mred\x1b[0m.\n## ../../open: \x1b[41mx\nWell.\n",
        BLINK_METHODS,
    )
    result = project.run("check", "blink")
    assert result.returncode == 1
    told = result.stdout + result.stderr
    assert "".join(told.split("\n")).isprintable()
    assert f"{project.root}/narration/en/blink.md:3:4: " in told
    assert "Traceback" not in told
    assert nothing_was_run(project)


@pytest.mark.slow
@pytest.mark.parametrize("fallback", ["draft", "silence"])
def test_a_film_shows_commands_and_markup_as_they_stand(project: Project, fallback: str) -> None:
    project.write("blink", HOSTILE_FILM, BLINK_METHODS)
    result = project.run("scene", "blink", "-ql", "-j", "1", "--fallback", fallback)
    assert result.returncode == 0, result.stdout + result.stderr
    films = project.root / "films"
    title = '#read("/etc/passwd") $(touch pwned) <b> & {{ a : b }} \\ --> end'
    with av.open(films / "blink.mp4") as film:
        assert [chapter["metadata"]["title"] for chapter in film.chapters()] == ["The film blink", "`touch pwned`"]
    assert title in (films / "blink.json").read_text("utf-8").replace('\\"', '"').replace("\\\\", "\\")
    assert COMMAND in (films / "blink.srt").read_text("utf-8")
    assert "&lt;b&gt;x&lt;/b&gt;" in (films / "blink.vtt").read_text("utf-8")
    assert nothing_was_run(project)
