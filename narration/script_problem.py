"""Places in a script file, and the problems found there: what is wrong, and what to write instead."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from narration.printable import printable

#: A file with more problems than this is no script; the rest of it is not listed.
MOST_PROBLEMS = 1000


@dataclass(frozen=True, slots=True)
class Place:
    """A position in a text file; lines and columns start at 1, columns count characters."""

    path: Path
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake in a script."""

    place: Place
    what: str
    remedy: str

    def __str__(self) -> str:
        return printable(f"{self.place}: {self.what}; {self.remedy}")


class ScriptErrors(ValueError):
    """Every problem of a script, sorted by place; its text is one line per problem."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda p: (str(p.place.path), p.place.line, p.place.column)))
        super().__init__(self.problems)

    def __str__(self) -> str:
        return "\n".join(str(problem) for problem in self.problems)


class Page:
    """A script's text with the problems found in it so far; offsets count characters from its start."""

    def __init__(self, path: Path, text: str) -> None:
        self.path = path
        self.text = text
        self.lines = text.split("\n")
        self.problems: list[Problem] = []
        self._starts = [0]
        for line in self.lines:
            self._starts.append(self._starts[-1] + len(line) + 1)

    def line_start(self, line: int) -> int:
        """Offset of the first character of a line, counted from 0."""
        return self._starts[line]

    def place(self, offset: int) -> Place:
        """The place of a character."""
        line = bisect_right(self._starts, offset, 0, len(self.lines)) - 1
        return Place(self.path, line + 1, offset - self._starts[line] + 1)

    @property
    def full(self) -> bool:
        """Whether so much is wrong that reading on is of no use."""
        return len(self.problems) >= MOST_PROBLEMS

    def report(self, offset: int, what: str, remedy: str) -> None:
        """Note a problem, unless the page is full."""
        self.report_at(self.place(offset), what, remedy)

    def report_at(self, place: Place, what: str, remedy: str) -> None:
        """Note a problem at a place that is known already."""
        if not self.full:
            self.problems.append(Problem(place, what, remedy))
