"""What a beat says, composed from marks: caption words with their spoken forms, cues and pauses."""

from __future__ import annotations

import dataclasses
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import accumulate

from narration.fact import FactError, Facts
from narration.marks import CueMark, Mark, Part, PauseMark, Space, SpokenForm, Text, ValueMark
from narration.number_format import Wording
from narration.script_problem import Page, Place
from narration.spoken_text import (
    OPENING,
    is_dash,
    said,
    script_words,
    typed_digits,
    typed_number,
    unspeakable,
)

#: A caption line; a token is never broken, so it has to fit on one.
LONGEST_TOKEN = 42
#: What a title card, a player's list of chapters and a heading can show.
LONGEST_TITLE = 100


@dataclass(frozen=True, slots=True)
class Token:
    """One caption word as shown, punctuation attached, and what is said for it ("H(X)," and "H of X,")."""

    shown: str
    spoken: str
    place: Place
    paragraph: int


@dataclass(frozen=True, slots=True)
class Cue:
    """A moment that the picture waits for."""

    name: str
    place: Place


@dataclass(frozen=True, slots=True)
class Pause:
    """A silence in the narration."""

    seconds: float
    place: Place


Item = Token | Cue | Pause


def compose(marks: Iterable[Mark], page: Page, facts: Facts, paragraph: int) -> list[Item]:
    """The tokens, cues and pauses of a paragraph; what is wrong is reported to the page."""
    composer = _Composer(page, facts, paragraph)
    for mark in marks:
        composer.add(mark)
    return composer.finish()


def plain_title(marks: Iterable[Mark], page: Page, facts: Facts) -> str:
    """A title as shown: values and shown forms filled in, no cues or pauses."""
    shown: list[str] = []
    for mark in marks:
        if isinstance(mark, (CueMark, PauseMark)):
            page.report(mark.offset, "a cue or pause in a title", "move it into the prose of a beat")
        elif isinstance(mark, SpokenForm):
            shown += (written.shown for written in _written(mark.shown, page, facts))
        else:
            shown += (written.shown for written in _written((mark,), page, facts))
    return " ".join("".join(shown).split())


@dataclass(frozen=True, slots=True)
class _Written:
    """A piece of a word; a literal piece has one character of the file for each of its own."""

    shown: str
    spoken: str
    offset: int
    literal: bool


def _written(parts: Iterable[Part], page: Page, facts: Facts, *, check_digits: bool = True) -> Iterator[_Written]:
    for part in parts:
        if isinstance(part, Space):
            yield _Written(" ", " ", part.offset, literal=False)
        elif isinstance(part, Text):
            if check_digits:
                _report_shown(part, page)
            yield _Written(part.text, part.text, part.offset, literal=True)
        else:
            wording = _value(part, page, facts)
            yield _Written(wording.shown, wording.spoken, part.offset, literal=False)


def _report_shown(part: Text, page: Page) -> None:
    for index, digits in typed_digits(part.text):
        page.report(part.offset + index, *typed_number(digits))
    for index, character in enumerate(part.text):
        if not character.isprintable():
            what = f"the invisible character U+{ord(character):04X}"
            page.report(part.offset + index, what, "delete it")


def _value(mark: ValueMark, page: Page, facts: Facts) -> Wording:
    try:
        return facts.wording(mark.name, mark.spec)
    except FactError as error:
        page.report(mark.offset, error.what, error.remedy)
        return Wording("x", "x")  # stands in for the value; the script is refused anyway


@dataclass(slots=True)
class _Word:
    """A word under construction, and the cues and pauses met inside it."""

    offset: int
    shown: list[str] = field(default_factory=list)
    spoken: list[_Written] = field(default_factory=list)
    typed: bool = True
    begun: bool = False  # whether something to say has been read
    followers: list[tuple[int, Cue | Pause]] = field(default_factory=list)

    @property
    def raw(self) -> str:
        """What is said, before quotes and brackets are dropped."""
        return "".join(piece.spoken for piece in self.spoken)


class _Composer:
    """Glues the marks of one paragraph to words."""

    def __init__(self, page: Page, facts: Facts, paragraph: int) -> None:
        self.page, self.facts, self.paragraph = page, facts, paragraph
        self.items: list[Item] = []
        self.word: _Word | None = None
        self.last: int | None = None  # where the latest token stands in items
        self.opening: _Word | None = None  # punctuation that waits for the word after it

    def add(self, mark: Mark) -> None:
        if isinstance(mark, Space):
            self._end_word()
        elif isinstance(mark, CueMark):
            self._add_moment(Cue(mark.name, self.page.place(mark.offset)), mark.offset)
        elif isinstance(mark, PauseMark):
            self._add_moment(Pause(mark.seconds, self.page.place(mark.offset)), mark.offset)
        elif isinstance(mark, SpokenForm):
            shown = list(_written(mark.shown, self.page, self.facts))
            spoken = list(_written(mark.spoken, self.page, self.facts, check_digits=False))
            self._add_pieces(mark.offset, shown, spoken, typed=False)
        else:
            pieces = list(_written((mark,), self.page, self.facts, check_digits=False))
            self._add_pieces(mark.offset, pieces, pieces, typed=isinstance(mark, Text))

    def _add_moment(self, moment: Cue | Pause, offset: int) -> None:
        if self.word is not None and self.word.begun:
            self.word.followers.append((offset, moment))
        else:
            self.items.append(moment)

    def _add_pieces(self, offset: int, shown: list[_Written], spoken: list[_Written], *, typed: bool) -> None:
        if self.word is None:
            self.word = _Word(offset)
        says_something = not typed or any(script_words(piece.spoken) for piece in spoken)
        if self.word.followers and says_something:
            inside = self.word.followers.pop(0)
            self.page.report(inside[0], "a cue or pause inside a word", "put it before or after the word, with a space")
        self.word.shown += (piece.shown for piece in shown)
        self.word.spoken += spoken
        self.word.typed = self.word.typed and typed
        self.word.begun = self.word.begun or says_something

    def _end_word(self) -> None:
        word, self.word = self.word, None
        if word is None:
            return
        shown, raw = " ".join("".join(word.shown).split()), word.raw
        readable = self._report_unspeakable(word, raw)
        if not readable or script_words(raw):
            self._emit(word.offset, shown, said(raw))
        elif word.typed:
            self._attach(word, shown, raw)
        else:
            self.page.report(word.offset, f"{shown!r} says no word", "write what is said: [shown](spoken)")
        self.items += (moment for _, moment in word.followers)

    def _report_unspeakable(self, word: _Word, raw: str) -> bool:
        """Whether the voice can read the word; what it cannot is reported at its own place."""
        problems = sorted(unspeakable(raw))
        ends = list(accumulate(len(piece.spoken) for piece in word.spoken))
        values: set[int] = set()
        for index, what, remedy in problems:
            at = bisect_right(ends, index)
            piece = word.spoken[at]
            if piece.literal:
                self.page.report(piece.offset + index - ends[at] + len(piece.spoken), what, remedy)
            elif at not in values:
                values.add(at)
                what = f"what the value says, {piece.spoken[:40]!r}, holds something no voice can read"
                self.page.report(piece.offset, what, "choose another format or write [{name}](spoken form)")
        return not problems

    def _emit(self, offset: int, shown: str, spoken: str) -> None:
        if self.opening is not None:
            mark, self.opening = self.opening, None
            gap = " " if is_dash("".join(mark.shown)) else ""
            shown, offset = "".join(mark.shown) + gap + shown, mark.offset
        if len(shown) > LONGEST_TOKEN:
            self._report_long(offset, shown)
        self.last = len(self.items)
        self.items.append(Token(shown, spoken, self.page.place(offset), self.paragraph))

    def _report_long(self, offset: int, shown: str) -> None:
        what = f"{shown[:20] + '...'!r} has {len(shown)} characters, and a caption line holds {LONGEST_TOKEN}"
        self.page.report(offset, what, "split it with a space, for a caption never breaks inside a token")

    def _attach(self, word: _Word, shown: str, raw: str) -> None:
        """Punctuation by itself belongs to the word before it; an opening one, to the word after it."""
        if self.last is None or all(character in OPENING for character in shown):
            if self.opening is None:
                self.opening = word
            else:
                self.opening.shown.append(shown)
            return
        token = self.items[self.last]
        assert isinstance(token, Token)
        attached = token.shown + (" " if is_dash(shown) else "") + shown
        if len(attached) > LONGEST_TOKEN:
            self._report_long(word.offset, attached)
            return
        spoken = f"{token.spoken} —" if is_dash(shown) else token.spoken + _closing(raw)
        self.items[self.last] = dataclasses.replace(token, shown=attached, spoken=spoken)

    def finish(self) -> list[Item]:
        self._end_word()
        if self.opening is not None:
            self.page.report(
                self.opening.offset,
                "punctuation without a word",
                "write the words that belong to it, or delete it",
            )
        return self.items


def _closing(raw: str) -> str:
    """What is spoken of punctuation after a word."""
    return "".join(character for character in raw.replace("…", "...") if character in ".,;:?!")
