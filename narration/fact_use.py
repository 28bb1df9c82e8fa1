"""Where a concept's facts are used: asked for by its scene, and said by its script."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from narration.fact import Fact, Facts
from narration.marks import SpokenForm, ValueMark, scan
from narration.number_format import Wording
from narration.script_problem import Page, Place
from narration.script_source import read_source

__all__ = ["FactText", "Observer", "RecordingFacts", "ScriptValue", "Use", "script_values"]


class Use(StrEnum):
    """What was done with a fact."""

    SHOWN = "shown"  # written for the picture or a caption
    SPOKEN = "spoken"
    DRAWN = "drawn"  # its number gave a picture its measure


#: Told the fact's name, what was done with it, and the text that came of it ("" for DRAWN).
Observer = Callable[[str, Use, str], None]


class FactText(str):
    """A text that knows the names of the facts in it."""

    names: tuple[str, ...]

    def __new__(cls, text: str, names: tuple[str, ...]) -> FactText:
        """The same characters as *text*."""
        made = super().__new__(cls, text)
        made.names = names
        return made

    def __deepcopy__(self, memo: object) -> FactText:
        return self

    def replace(self, *args: Any, **kwargs: Any) -> FactText:
        """As ``str.replace``; the text still knows its facts."""
        return FactText(super().replace(*args, **kwargs), self.names)


class RecordingFacts(Facts):
    """The same facts; *observer* hears of every one that is asked for. Texts are the same and know their facts."""

    def __init__(self, facts: Facts, observer: Observer) -> None:
        super().__init__(**facts)
        self._plain, self._observer = facts, observer

    def __getitem__(self, name: str) -> Fact:
        fact = self._plain[name]
        self._observer(name, Use.DRAWN, "")
        return fact

    def __contains__(self, name: object) -> bool:
        return name in self._plain

    def wording(self, name: str, spec: str = "") -> Wording:
        """As :meth:`Facts.wording`."""
        wording = self._plain.wording(name, spec)
        self._observer(name, Use.SHOWN, wording.shown)
        return Wording(FactText(wording.shown, (name,)), wording.spoken)

    def fill(self, template: str) -> str:
        """As :meth:`Facts.fill`."""
        names: list[str] = []

        def note(name: str, use: Use, text: str) -> None:
            names.append(name)
            self._observer(name, use, text)

        return FactText(Facts.fill(RecordingFacts(self._plain, note), template), tuple(dict.fromkeys(names)))


@dataclass(frozen=True, slots=True)
class ScriptValue:
    """`{name:spec}` in a script; in `[shown](spoken)` it is either shown or spoken, elsewhere both."""

    name: str
    spec: str
    place: Place
    shown: bool = True
    spoken: bool = True


def script_values(path: Path) -> Iterator[ScriptValue]:
    """The values of a script in order, titles included. Meant for a script that :func:`read_script` accepts.

    Raises ScriptErrors when the file cannot be read.
    """
    page = Page(path, read_source(path).prose)
    for mark in scan(page.text, 0, page):
        if isinstance(mark, ValueMark):
            yield ScriptValue(mark.name, mark.spec, page.place(mark.offset))
        elif isinstance(mark, SpokenForm):
            for parts, shown in ((mark.shown, True), (mark.spoken, False)):
                for part in parts:
                    if isinstance(part, ValueMark):
                        yield ScriptValue(part.name, part.spec, page.place(part.offset), shown, not shown)
