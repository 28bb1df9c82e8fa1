"""What a clip is called, and what it cannot be: told before anything is rendered."""

from __future__ import annotations

from dataclasses import replace

import pytest
from click.testing import CliRunner

import render
from film.clip.style import FORMATS, ClipStyle, Format
from film.errors import BadUsage

PLAIN = ClipStyle()


@pytest.mark.parametrize(
    ("style", "theme", "name"),
    [
        (PLAIN, "dark", "kraft@budget.mp4"),
        (PLAIN, "light", "kraft@budget.light.mp4"),
        (ClipStyle("webm", transparent=True), "dark", "kraft@budget.transparent.webm"),
        (ClipStyle("mov", transparent=True), "light", "kraft@budget.light.transparent.mov"),
        (ClipStyle("mp4", silent=True), "dark", "kraft@budget.silent.mp4"),
        (ClipStyle("mp4", silent=True, loop=True), "dark", "kraft@budget.loop.mp4"),
        (ClipStyle("gif", silent=True), "dark", "kraft@budget.gif"),
        (ClipStyle("gif", loop=True), "dark", "kraft@budget.loop.gif"),
        (ClipStyle("webp", aspect="1:1"), "dark", "kraft@budget.1x1.webp"),
        (ClipStyle("frames", aspect="9:16", transparent=True), "light", "kraft@budget.light.9x16.transparent.frames"),
    ],
)
def test_a_name_says_what_is_not_usual(style: ClipStyle, theme: str, name: str) -> None:
    assert style.file_name("kraft@budget", theme) == name  # type: ignore[arg-type]


def test_different_clips_have_different_names() -> None:
    names: dict[str, ClipStyle] = {}
    for format_ in FORMATS:
        for flags in range(8):
            try:
                style = ClipStyle(format_, transparent=bool(flags & 1), silent=bool(flags & 2), loop=bool(flags & 4))
            except BadUsage:
                continue
            other = names.setdefault(style.file_name("a", "dark"), style)
            # A picture has no sound to leave out, and a video that loops never has any.
            assert replace(other, silent=style.silent) == style


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("kraft@budget", "--transparent"), "an MP4 can't be transparent; use --format webm or mov"),
        (("kraft@budget", "--format", "gif", "--transparent"), "use --format webp, webm or mov"),
        (("kraft@budget", "--format", "png", "--loop"), "a single picture can't loop"),
        (("kraft@budget", "--format", "webm", "--loop"), "narration can't loop; add --silent for WEBM"),
        (("kraft@budget", "--format", "avi"), "'avi' is not one of"),
        (("kraft@budget", "--aspect", "4:3"), "'4:3' is not one of"),
        (("kraft@budget", "--theme", "pink"), "'pink' is not one of"),
        (("krafd@budget",), "did you mean 'kraft'?"),
        (("kraft@budgte",), "'kraft' has no beat 'budgte'; did you mean 'budget'?"),
        (("kraft@zzz*",), "no beat of 'kraft' matches 'zzz*'"),
        ((), "Missing argument"),
    ],
)
def test_what_cannot_be_had_is_told_in_one_line(arguments: tuple[str, ...], told: str) -> None:
    result = CliRunner().invoke(render.main, ["clip", *arguments])
    assert result.exit_code == 2
    assert told in result.output.splitlines()[-1]


@pytest.mark.parametrize("format_", FORMATS)
def test_help_tells_every_format(format_: Format) -> None:
    told = CliRunner().invoke(render.main, ["clip", "--help"]).output
    assert any(line.split()[:1] == [format_] for line in told.splitlines())
