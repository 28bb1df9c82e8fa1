r"""The marks inside a script's prose, found by one pass over the text.

`[cue_name]`, `[pause 0.8]`, `[shown](spoken form)` and `{fact:format}`; a backslash makes the character after
it plain. Offsets count characters from the start of the file. What is wrong is reported and left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from narration.script_problem import Page

#: The longest pause; a longer one is a slip of the finger.
LONGEST_PAUSE = 60.0

NAME = re.compile(r"[a-z][a-z0-9_]*")

_PUNCTUATION = re.escape("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
# Possessive repeats never backtrack: the time is linear in the length of any text.
_PIECE = re.compile(
    rf"(?P<space>\s++)|\\(?P<escaped>[{_PUNCTUATION}])|(?P<text>[^\s\\\[\]{{}}*_`]++|\\)"
    r"|(?P<style>\*++|_++|`++)|(?P<open>[\[{])|(?P<stray>[\]}])"
)
_PART = re.compile(
    rf"(?P<space>\s++)|\\(?P<escaped>[{_PUNCTUATION}])|(?P<text>[^\s\\{{}}]++|\\)|(?P<open>\{{)|(?P<stray>\}})"
)
_BRACKET = re.compile(r"\[((?:[^\[\]\\]|\\.)*+)\]", re.DOTALL)
_VALUE = re.compile(r"\{([^{}\[\]]*+)\}")
_PARENTHESES = re.compile(r"\\.|[()\[]", re.DOTALL)
_PAUSE = re.compile(r"pause +([0-9]+(?:\.[0-9]+)?|\.[0-9]+)")
# How much of an unclosed mark to skip, so that its rest is not reported a second time.
_UNCLOSED_BRACKET = re.compile(r"\[(?:pause[ 0-9.,]*+|\w*+)")
_UNCLOSED_VALUE = re.compile(r"\{[\w:,.+%]*+")
_STYLES = {"*": "emphasis", "_": "emphasis", "`": "inline code"}
#: A style further apart than this is two stray characters.
_LONGEST_STYLED = 200


@dataclass(frozen=True, slots=True)
class Space:
    """White space."""

    offset: int


@dataclass(frozen=True, slots=True)
class Text:
    """Characters as they stand, without white space."""

    text: str
    offset: int


@dataclass(frozen=True, slots=True)
class ValueMark:
    """`{name:spec}`."""

    name: str
    spec: str
    offset: int


Part = Space | Text | ValueMark


@dataclass(frozen=True, slots=True)
class SpokenForm:
    """`[shown](spoken)`."""

    shown: tuple[Part, ...]
    spoken: tuple[Part, ...]
    offset: int


@dataclass(frozen=True, slots=True)
class CueMark:
    """`[name]`."""

    name: str
    offset: int


@dataclass(frozen=True, slots=True)
class PauseMark:
    """`[pause seconds]`."""

    seconds: float
    offset: int


Mark = Part | SpokenForm | CueMark | PauseMark


def scan(text: str, base: int, page: Page) -> Iterator[Mark]:
    """The marks of *text*, which starts at offset *base* of the page."""
    scanner = _Scanner(text, base, page)
    while scanner.at < len(text) and not page.full:
        yield from scanner.next_marks()


class _Scanner:
    """Reads marks at a position and moves on."""

    def __init__(self, text: str, base: int, page: Page) -> None:
        self.text, self.base, self.page = text, base, page
        self.at = 0
        self.style_end = -1

    def next_marks(self) -> Iterator[Mark]:
        piece = _PIECE.match(self.text, self.at)
        assert piece is not None, "the alternatives cover every character"
        here, start = self.base + self.at, self.at
        if piece["open"] == "[":
            yield from self._bracket(here)
        elif piece["open"]:
            yield from self._value(here)
        else:
            self.at = piece.end()
            if piece["space"]:
                yield Space(here)
            elif piece["stray"]:
                self._stray(piece["stray"], here)
            elif piece["style"]:
                self._style(piece["style"], start)
            else:
                yield _text(piece, here)

    def _value(self, here: int) -> Iterator[Mark]:
        mark = _VALUE.match(self.text, self.at)
        if mark is None:
            unclosed = _UNCLOSED_VALUE.match(self.text, self.at)
            assert unclosed is not None
            self.at = unclosed.end()
            self.page.report(here, "'{' is never closed", r"write {name:format}, or \{ for the character")
            return
        self.at = mark.end()
        name, _, spec = mark[1].partition(":")
        if name:
            yield ValueMark(name, spec, here)
        else:
            self.page.report(here, f"{_brief(mark[0])} names no fact", "write {name} or {name:format}")

    def _bracket(self, here: int) -> Iterator[Mark]:
        mark = _BRACKET.match(self.text, self.at)
        if mark is None:
            unclosed = _UNCLOSED_BRACKET.match(self.text, self.at)
            assert unclosed is not None
            self.at = unclosed.end()
            remedy = r"write [cue], [pause 0.8] or [shown](spoken), or \[ for the character"
            self.page.report(here, "'[' is never closed", remedy)
        elif self.text.startswith("(", mark.end()):
            yield from self._spoken_form(mark, here)
        else:
            self.at = mark.end()
            yield from self._cue_or_pause(mark[1], here)

    def _spoken_form(self, mark: re.Match[str], here: int) -> Iterator[Mark]:
        start = self.at = mark.end() + 1
        end = self._closing_parenthesis(start)
        if end is None:
            what = f"{_brief(mark[0])}( is never closed"
            self.page.report(here, what, "write ')' after the spoken form, which holds no '['")
            return
        self.at = end + 1
        if here > self.base and self.text[mark.start() - 1] == "!":
            self.page.report(here - 1, "an image in a script", "prose only: show it in the scene")
        shown = tuple(_parts(mark[1], here + 1, self.page))
        spoken = tuple(_parts(self.text[start:end], self.base + start, self.page))
        if all(isinstance(part, Space) for part in shown):
            self.page.report(here, "a spoken form that shows nothing", "write [shown](spoken)")
        else:
            yield SpokenForm(shown, spoken, here)

    def _closing_parenthesis(self, start: int) -> int | None:
        depth = 1
        for found in _PARENTHESES.finditer(self.text, start):
            if found[0] == "[":
                return None
            depth += {"(": 1, ")": -1}.get(found[0], 0)
            if depth == 0:
                return found.start()
        return None

    def _cue_or_pause(self, content: str, here: int) -> Iterator[Mark]:
        if content.lower().startswith("pause") and not content[5:6].isalnum() and content[5:6] != "_":
            pause = _PAUSE.fullmatch(content)
            seconds = float(pause[1]) if pause else 0.0
            if 0 < seconds <= LONGEST_PAUSE:
                yield PauseMark(seconds, here)
            else:
                remedy = f"write [pause 0.8], in seconds, more than 0 and at most {LONGEST_PAUSE:.0f}"
                self.page.report(here, f"[{_brief(content)}] is no pause", remedy)
        elif NAME.fullmatch(content):
            yield CueMark(content, here)
        else:
            cue = f"[{name_like(content)}]"
            remedy = f"write {cue} for a cue, [shown](spoken) for a spoken form, or \\[ for the character"
            self.page.report(here, f"[{_brief(content)}] is no cue name", remedy)

    def _stray(self, character: str, here: int) -> None:
        opening = {"]": "[", "}": "{"}[character]
        remedy = f"open it with '{opening}', or write \\{character} for the character"
        self.page.report(here, f"'{character}' closes nothing", remedy)

    def _style(self, run: str, start: int) -> None:
        if start == self.style_end:
            return
        # The closing run belongs to the same mistake.
        self.style_end = self.text.find(run, self.at, self.at + _LONGEST_STYLED)
        kind = _STYLES[run[0]]
        remedy = f"captions are plain: leave out '{run[0]}', or write [shown](spoken)"
        self.page.report(self.base + start, f"{kind} ('{_brief(run)}') in a script", remedy)


def _parts(text: str, base: int, page: Page) -> Iterator[Part]:
    """The text and values on either side of a spoken form."""
    at = 0
    while at < len(text):
        piece = _PART.match(text, at)
        assert piece is not None, "the alternatives cover every character"
        if piece["open"]:
            scanner = _Scanner(text, base, page)
            scanner.at = at
            yield from (mark for mark in scanner._value(base + at) if isinstance(mark, ValueMark))
            at = scanner.at
            continue
        if piece["space"]:
            yield Space(base + at)
        elif piece["stray"]:
            _Scanner(text, base, page)._stray("}", base + at)
        else:
            yield _text(piece, base + at)
        at = piece.end()


def _text(piece: re.Match[str], offset: int) -> Text:
    if piece["escaped"]:
        return Text(piece["escaped"], offset + 1)
    return Text(piece["text"], offset)


def name_like(text: str) -> str:
    """A lower-case name made from *text*: "The Wall!" gives the_wall."""
    words = re.findall(r"[a-z0-9]+", text[:40].lower())
    name = "_".join(words)
    return name if NAME.fullmatch(name) else f"at_{name}" if name else "name"


def _brief(text: str) -> str:
    line = " ".join(text[:60].split())
    return line if len(text) <= 40 else line[:37] + "..."
