"""What is wrong, and where: one line for the terminal, one row for the page."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from pathlib import Path

from film.failure import blamed, explained, first_line, people_errors
from narration.script_problem import Problem

_PLACED = re.compile(r"(?P<path>[^:\n]+):(?P<line>\d+):(?:(?P<column>\d+):)? ", re.ASCII)


@dataclass(frozen=True)
class Finding:
    """A mistake or a warning. *path* is relative to the project where it is inside; lines and columns start at 1."""

    text: str
    path: str = ""
    line: int = 0
    column: int = 0
    beat: str = ""
    is_error: bool = True

    @property
    def place(self) -> str:
        """``file:line:column``, as editors take it."""
        return f"{self.path}:{self.line}:{self.column}" if self.path else ""

    def __str__(self) -> str:
        return f"{self.place or self.beat}: {self.text}" if self.place or self.beat else self.text

    def as_dict(self) -> dict[str, object]:
        """For JSON."""
        return asdict(self) | {"place": self.place}


def of_problem(problem: Problem, root: Path) -> Finding:
    """A mistake that the check has found."""
    place = problem.place
    return Finding(f"{problem.what}; {problem.remedy}", _inside(place.path, root), place.line, place.column)


def of_syntax(error: SyntaxError, file: str) -> Finding:
    """A module that Python cannot read."""
    return Finding(f"Python cannot read it: {error.msg}; mend the scene", file, error.lineno or 1, error.offset or 1)


def of_take(address: str, why: str, root: Path) -> Finding:
    """A take that cannot be used, which is no mistake while one writes."""
    return Finding(why.removeprefix(f"{root}/"), beat=address.partition("@")[2], is_error=False)


def of_error(error: BaseException, beat: str, root: Path) -> Finding:
    """What a beat raised while it was played."""
    if isinstance(error, people_errors()) or not isinstance(error, Exception):
        return of_text(explained(error) if isinstance(error, Exception) else repr(error), beat, root)
    frame = blamed(error)
    if frame is None:
        return of_text(explained(error), beat, root)
    text = f"in {frame.name}: {type(error).__name__}: {first_line(error)}; mend the scene"
    path = _inside(Path(frame.filename), root)
    return Finding(text, path, frame.lineno or 1, (frame.colno or 0) + 1, beat)


def of_text(text: str, beat: str, root: Path) -> Finding:
    """An error that names its place itself, in front."""
    found = _PLACED.match(text)
    if found is None:
        return Finding(text, beat=beat)
    path = _inside(Path(found["path"]), root)
    return Finding(text[found.end() :], path, int(found["line"]), int(found["column"] or 1), beat)


def _inside(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)
