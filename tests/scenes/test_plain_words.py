"""Words are only words: Typst reads nothing in them as markup, code, a file or a package."""

from __future__ import annotations

import pytest
import typst
from hypothesis import example, given, settings
from hypothesis import strategies as st

from scenes.stage.theme import FONT_FOLDER
from scenes.stage.typeset import Words, escape

PAYLOADS = [
    '#read("/etc/passwd")',
    '#include "/etc/passwd"',
    '#import "@preview/cetz:0.3.0": *',
    '#eval("1 + 1")',
    "#panic()",
    "#{1}",
    "#[x]",
    "]#x[",
    "{{ a : b }}",
    "\\u{41}",
    "a \\",
    "$x^2$",
    "`raw` ```x```",
    "*b* _i_",
    "<label> @ref",
    "// gone",
    "/* gone */",
    "= heading",
    "- item",
    "+ item",
    "/ term: what",
    "1. one",
    "12. twelve",
    "https://example.org",
    "a~b a--b a---b a...b -? 'a' \"b\"",
]
FONTS = typst.Fonts(font_paths=[str(FONT_FOLDER)])
HEAD = '#set page(width: auto, height: auto, margin: 0pt)\n#set text(font: "Inter")\n'


def drawn(source: str) -> bytes:
    """The picture of a Typst source."""
    picture = typst.compile((HEAD + source).encode(), format="svg", font_paths=FONTS)
    assert isinstance(picture, bytes)
    return picture


def as_string(text: str) -> str:
    """The same text as a string of Typst's language, which has no markup."""
    return '#"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


@settings(max_examples=150, deadline=None)
@given(st.text("#$*_`<>@[]=~/-+'\"\\{}()|:;.,!?%&^1 aé", min_size=1, max_size=12).map(lambda s: " ".join(s.split())))
@example("1. one")
@example("...")
def test_words_are_drawn_letter_by_letter(text: str) -> None:
    if text:
        assert drawn(escape(text)) == drawn(as_string(text))


@pytest.mark.parametrize("text", PAYLOADS)
def test_what_would_be_code_is_drawn_as_it_stands(text: str) -> None:
    assert drawn(escape(text)) == drawn(as_string(text))


def test_words_with_code_in_them_are_made() -> None:
    text = '#read("/etc/passwd") {{ a : b }} $x$ \\'
    assert len(Words(text)) == sum(not letter.isspace() for letter in text)
