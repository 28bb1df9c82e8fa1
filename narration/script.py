"""Narration scripts: one Markdown file per concept, parsed and checked, never executed.

::

    # Prefix codes and the Kraft inequality
    ## wall: A wall of every codeword
    Pick the word {word:bits}. [pick] Everything below it is gone. [pause 0.8] Its length is [ℓ(x)](ell of x).

A heading opens a beat. Inside the prose stand cues, pauses, spoken forms and computed values (see
:mod:`narration.marks`; formats in :mod:`narration.number_format`). HTML comments are ignored.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from narration.fact import Facts
from narration.marks import scan
from narration.prose import LONGEST_TITLE, Cue, Item, Pause, Token, compose, plain_title
from narration.script_problem import Page, Place, Problem, ScriptErrors
from narration.script_source import (
    LONGEST_NAME,
    NOT_PROSE,
    BlockToken,
    block_tokens,
    heading_text,
    name_problem,
    read_source,
    without_markers,
    without_tight_headings,
)
from narration.spoken_text import WORDS_PER_SECOND, script_words

__all__ = [
    "Cue",
    "Item",
    "Pause",
    "Place",
    "Problem",
    "Script",
    "ScriptBeat",
    "ScriptErrors",
    "Token",
    "read_script",
    "script_words",
]

#: Seconds; a beat's sound is held in memory as a whole.
LONGEST_BEAT = 720.0


@dataclass(frozen=True, slots=True)
class ScriptBeat:
    """One beat: a heading of the script and the prose below it."""

    name: str
    title: str
    items: tuple[Item, ...]
    place: Place

    @property
    def tokens(self) -> tuple[Token, ...]:
        """The caption words, in order."""
        return tuple(item for item in self.items if isinstance(item, Token))

    @property
    def cues(self) -> tuple[str, ...]:
        """The names of the cues, in order."""
        return tuple(item.name for item in self.items if isinstance(item, Cue))

    @property
    def caption(self) -> str:
        """The whole text as captions show it."""
        return " ".join(token.shown for token in self.tokens)

    @property
    def spoken(self) -> str:
        """The whole text as it is said."""
        return " ".join(token.spoken for token in self.tokens)


@dataclass(frozen=True, slots=True)
class Script:
    """A checked script."""

    path: Path
    concept: str
    title: str
    beats: tuple[ScriptBeat, ...]

    def beat(self, name: str) -> ScriptBeat:
        """The beat of that name. Raises KeyError, naming the beats there are."""
        for beat in self.beats:
            if beat.name == name:
                return beat
        raise KeyError(f"{self.path} has no beat {name!r}; its beats: {', '.join(b.name for b in self.beats)}")


def read_script(path: Path, facts: Facts) -> Script:
    """Read and check a script, filling in the values from *facts*.

    Raises :class:`ScriptErrors` with every problem found, whatever the file holds.
    """
    source = read_source(path)
    page = Page(path, source.prose)
    if source.unclosed is not None:
        page.report(source.unclosed, "'<!--' is never closed", "write '-->' where the comment ends")
    reader = _Reader(page, facts)
    reader.read(block_tokens(source.structure))
    if page.problems:
        raise ScriptErrors(page.problems)
    return Script(path, path.stem, reader.title or "", tuple(beat.finished() for beat in reader.beats))


@dataclass(slots=True)
class _OpenBeat:
    """A beat while its prose is being read."""

    name: str
    title: str
    offset: int
    place: Place
    items: list[Item] = field(default_factory=list)
    paragraphs: int = 0
    cue_places: dict[str, Place] = field(default_factory=dict)
    written: bool = False  # whether there is any prose, right or wrong

    @property
    def seconds(self) -> float:
        """About how long it takes to say."""
        words = sum(isinstance(item, Token) for item in self.items)
        return words / WORDS_PER_SECOND + sum(item.seconds for item in self.items if isinstance(item, Pause))

    def finished(self) -> ScriptBeat:
        title = self.title or self.name.replace("_", " ").capitalize()
        return ScriptBeat(self.name, title, tuple(self.items), self.place)


class _Reader:
    """Walks the blocks of a script."""

    def __init__(self, page: Page, facts: Facts) -> None:
        self.page, self.facts = page, facts
        self.title: str | None = None
        self.beats: list[_OpenBeat] = []
        self.by_name: dict[str, _OpenBeat] = {}

    def read(self, blocks: list[BlockToken]) -> None:
        for index, block in enumerate(blocks):
            if self.page.full:
                return
            if block.type == "paragraph_open":
                self._paragraph(block)
            elif block.type == "heading_open" and block.level == 0:
                self._heading(block, len(blocks[index + 1].content))
            elif block.type in NOT_PROSE and block.level == 0:
                what, remedy = NOT_PROSE[block.type]
                self.page.report(self._first_offset(block), f"{what} in a script", f"prose only: {remedy}")
        self._check_whole()

    def _check_whole(self) -> None:
        if self.title is None:
            self.page.report(0, "the script has no title", "write '# A human title' on its first line")
        if not self.beats:
            self.page.report(0, "the script has no beats", "write '## beat_name: Human title' and prose below it")
        for beat in self.beats:
            if not beat.written:
                what = f"beat {beat.name!r} has no text" if beat.name else "a beat without text"
                self.page.report(beat.offset, what, "write what is said in it, or delete the heading")
            elif beat.seconds > LONGEST_BEAT:
                what = f"beat {beat.name!r} lasts about {beat.seconds / 60:.0f} minutes"
                self.page.report(beat.offset, what, f"split it: {LONGEST_BEAT / 60:.0f} minutes are the most")

    def _first_offset(self, block: BlockToken) -> int:
        assert block.map is not None, "opening tokens have a place"
        line = self.page.lines[block.map[0]]
        return self.page.line_start(block.map[0]) + len(line) - len(line.lstrip())

    def _paragraph(self, block: BlockToken) -> None:
        assert block.map is not None, "opening tokens have a place"
        first, end = block.map
        text = "\n".join(self.page.lines[first:end])
        if block.level:
            text = without_markers(text)
        if not text.strip():
            return
        base = self.page.line_start(first)
        text = without_tight_headings(text, base, self.page)
        beat = self.beats[-1] if self.beats else None
        items = compose(scan(text, base, self.page), self.page, self.facts, beat.paragraphs if beat else 0)
        if beat is None:
            what, remedy = "text before the first beat", "write '## beat_name: Human title' above it"
            self.page.report(base + len(text) - len(text.lstrip()), what, remedy)
            return
        self._check_cues(beat, items)
        beat.items += items
        beat.paragraphs += 1
        beat.written = beat.written or any(not isinstance(item, (Cue, Pause)) for item in items)

    def _check_cues(self, beat: _OpenBeat, items: list[Item]) -> None:
        for item in items:
            if not isinstance(item, Cue):
                continue
            first = beat.cue_places.setdefault(item.name, item.place)
            if first is not item.place:
                what = f"cue {item.name!r} again in one beat (first in line {first.line}, column {first.column})"
                self.page.report_at(item.place, what, "give each cue its own name")

    def _heading(self, block: BlockToken, length: int) -> None:
        assert block.map is not None, "opening tokens have a place"
        line = self.page.lines[block.map[0]]
        text, column = heading_text(line, block.markup, length)
        start = self.page.line_start(block.map[0]) + column
        offset = self._first_offset(block)
        if block.tag == "h1":
            self._title(text, start, offset)
        elif block.tag == "h2":
            self._open_beat(text, start, offset)
        else:
            what = f"a heading of level {len(block.markup)}"
            self.page.report(offset, what, "write '## beat_name: Human title' for a beat, or plain prose")

    def _title(self, text: str, start: int, offset: int) -> None:
        if self.title is not None:
            self.page.report(offset, "a second title", "one script is one concept: write '## beat_name' for a beat")
            return
        if self.beats:
            self.page.report(offset, "the title stands after a beat", "move it to the first line")
        self.title = self._shown_title(text, start)
        if not self.title:
            self.page.report(offset, "the title is empty", "write '# A human title'")

    def _shown_title(self, text: str, start: int) -> str:
        title = plain_title(scan(text, start, self.page), self.page, self.facts)
        if len(title) > LONGEST_TITLE:
            what = f"a title of {len(title)} characters, {title[:20] + '...'!r}"
            self.page.report(start, what, f"write one of at most {LONGEST_TITLE}, and the rest as prose")
        return title

    def _open_beat(self, text: str, start: int, offset: int) -> None:
        written, _, rest = text.partition(":")
        name = written.rstrip()
        human = self._shown_title(rest, start + len(written) + 1)
        beat = _OpenBeat(name[:LONGEST_NAME], human, offset, self.page.place(offset))
        self.beats.append(beat)
        if problem := name_problem(name):
            self.page.report(start, *problem)
        elif name in self.by_name:
            what = f"beat {name!r} again (first in line {self.by_name[name].place.line})"
            self.page.report(start, what, "give each beat its own name")
        else:
            self.by_name[name] = beat
