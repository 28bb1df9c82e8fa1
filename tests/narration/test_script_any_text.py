"""Whatever the text, a script is read or its problems are told; nothing crashes or hangs."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from narration.fact import Fact, Facts
from narration.script import Problem, Script, ScriptErrors, read_script, script_words

HEAD = "# Title\n## wall\n"


def script_or_problems(folder: Path, text: str | bytes) -> tuple[Script | None, tuple[Problem, ...]]:
    file = folder / "any.md"
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    try:
        return read_script(file, Facts(share=Fact(0.4))), ()
    except ScriptErrors as errors:
        return None, errors.problems


SNIPPETS = st.sampled_from(
    [
        *(
            "# T\n",
            "## wall\n",
            "## b_2: c\n",
            "word ",
            "a",
            "[c]",
            "[x](y)",
            "[pause 1]",
            "{share:.2f}",
            "{x}",
            "{{",
        ),
        *(
            "<b>",
            "<!--",
            "-->",
            "- ",
            "> ",
            "1. ",
            "    ",
            "```\n",
            "\n",
            "\n\n",
            "\r",
            "\u2028",
            "\x1c",
            "\0",
            "\\",
        ),
        *"[](){}é*_`—'“5|,!#-",
    ]
)
TEXTS = st.one_of(st.text(max_size=200), st.lists(SNIPPETS, max_size=40).map("".join))
SPEAKABLE = set(string.ascii_letters + "'.,;:?!-— ")


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TEXTS, st.sampled_from(["", "# T\n", HEAD, HEAD + "word "]))
@example("<!--", "")
@example("-->", HEAD)
@example("\\", HEAD)
def test_any_text_is_a_script_or_has_problems(tmp_path: Path, text: str, head: str) -> None:
    script, found = script_or_problems(tmp_path, head + text)
    if script is None:
        assert found
        lines = re.split("\r\n?|\n", (head + text).removeprefix("\ufeff"))
        for problem in found:
            assert 1 <= problem.place.line <= len(lines)
            assert 1 <= problem.place.column <= len(lines[problem.place.line - 1]) + 1
        return
    assert script.title
    for beat in script.beats:
        assert beat.tokens
        assert len(set(beat.cues)) == len(beat.cues)
        for token in beat.tokens:
            assert script_words(token.spoken)
            assert set(token.spoken) <= SPEAKABLE
            assert token.shown == " ".join(token.shown.split())
            assert len(token.shown) <= 42
        assert sum(len(script_words(token.spoken)) for token in beat.tokens) == len(script_words(beat.spoken))


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=200))
def test_any_bytes_are_a_script_or_have_problems(tmp_path: Path, data: bytes) -> None:
    script, found = script_or_problems(tmp_path, data)
    assert (script is None) == bool(found)


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece",
    [
        "[",
        "[a](",
        "{",
        "{x} ",
        "- ",
        "> ",
        "*a ",
        "`",
        "<!--",
        ", ",
        '"[c]',
        "a[c]",
        "\\[",
        "| - ",
        "5 ",
        "a\n",
    ],
)
def test_long_texts_are_read_to_the_end(tmp_path: Path, piece: str) -> None:
    """A quadratic reader would need hours for these."""
    script, found = script_or_problems(tmp_path, HEAD + piece * (900_000 // len(piece)))
    assert script is None
    assert 1 <= len(found) <= 1000
    if piece == "a\n":
        assert [problem.what for problem in found] == ["beat 'wall' lasts about 2885 minutes"]
