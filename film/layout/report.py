"""What the layout check found, folded and printable."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from PIL import Image

from film.atomic import replacing
from narration.timetable import Timetable
from scenes.stage.exceptions import LayoutException

IDLE_EXCEPTION = "exception hides nothing"


class Severity(StrEnum):
    """An error must be mended or named as an exception; a warning is for the author to look at."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True)
class Sighting:
    """A fault as it was seen at a moment: mobjects by name, and a crop of the picture when pictures were asked for."""

    kind: str
    mobjects: tuple[str, ...]
    others: int
    measure: float
    limit: float
    unit: str
    crop: Image.Image | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Moment:
    """A state of the picture that was looked at: *when* is a cue, ``end``, or the middle of an animation."""

    beat: str
    when: str
    time: float
    at_rest: bool
    sightings: tuple[Sighting, ...]


@dataclass(frozen=True)
class Finding:
    """A fault from the first moment it is seen to the last of an unbroken row of moments; *times* counts them."""

    severity: Severity
    concept: str
    beat: str
    when: str
    time: float
    kind: str
    mobjects: tuple[str, ...]
    measure: float
    limit: float
    unit: str
    others: int = 0
    times: int = 1
    until: str = ""
    picture: str | None = None

    def line(self) -> str:
        """One line for people."""
        what = " over ".join(self.mobjects) + (f" and {self.others} more" if self.others else "")
        size = f": {self.measure:.3g} {self.unit} (limit {self.limit:.3g})" if self.unit else ""
        lasting = f"; until {self.until} ({self.times} moments)" if self.times > 1 else ""
        sign = "warning: " if self.severity is Severity.WARNING else ""
        return f"{self.concept}@{self.beat} [{self.when}]: {sign}{self.kind}: {what}{size}{lasting}"

    def fields(self) -> dict[str, Any]:
        """As JSON can hold it; *what* is the line for people, measures have two decimals."""
        numbers = {"measure": round(self.measure, 2), "limit": round(self.limit, 2), "time": round(self.time, 3)}
        names = ("when", "kind", "mobjects", "unit", "others", "times", "until", "picture")
        told = {name: getattr(self, name) for name in names} | {"mobjects": list(self.mobjects)}
        head = {"severity": str(self.severity), "what": self.line(), "address": f"{self.concept}@{self.beat}"}
        return head | told | numbers


@dataclass(frozen=True)
class LayoutReport:
    """All findings of a film in order. *failure* says why the film could not be checked; it then has no timetable."""

    concept: str
    findings: tuple[Finding, ...]
    moments: int
    timetable: Timetable | None
    failure: str | None = None

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that are no warnings."""
        return tuple(finding for finding in self.findings if finding.severity is Severity.ERROR)

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """The findings that are for the author to look at."""
        return tuple(finding for finding in self.findings if finding.severity is Severity.WARNING)


def fold(concept: str, moments: Sequence[Moment], pictures: Path | None) -> Iterator[Finding]:
    """One finding for each fault in consecutive moments. What also happens at rest is not told again as a warning."""
    resting = [moment for moment in moments if moment.at_rest]
    known = {_key(sighting) for moment in resting for sighting in moment.sightings}
    rows = list(_rows(resting))
    rows += [row for row in _rows([m for m in moments if not m.at_rest]) if _key(row[0][1]) not in known]
    for number, row in enumerate(sorted(rows, key=lambda row: row[0][0].time), start=1):
        yield _finding(concept, number, row, pictures)


Row = list[tuple[Moment, Sighting]]


def _key(sighting: Sighting) -> tuple[str, ...]:
    return sighting.kind, *sighting.mobjects


def _rows(moments: Sequence[Moment]) -> Iterator[Row]:
    """Unbroken rows of moments that have the same fault."""
    running: dict[tuple[str, ...], Row] = {}
    for moment in moments:
        now = {_key(sighting): (moment, sighting) for sighting in moment.sightings}
        for key in [key for key in running if key not in now]:
            yield running.pop(key)
        for key, pair in now.items():
            running.setdefault(key, []).append(pair)
    yield from running.values()


def _finding(concept: str, number: int, row: Row, pictures: Path | None) -> Finding:
    (moment, first), (last, _) = row[0], row[-1]
    worst = max((sighting for _, sighting in row), key=lambda s: abs(s.measure - s.limit))
    name = f"{concept}.{number:02}.{moment.beat}.{first.kind.replace(' ', '_')}.png"
    if pictures is not None and first.crop is not None:
        with replacing(pictures / name) as partial:
            first.crop.save(partial, format="PNG")
    return Finding(
        severity=Severity.ERROR if moment.at_rest else Severity.WARNING,
        concept=concept,
        beat=moment.beat,
        when=moment.when,
        time=moment.time,
        kind=first.kind,
        mobjects=first.mobjects,
        measure=worst.measure,
        limit=first.limit,
        unit=first.unit,
        others=first.others,
        times=len(row),
        until=f"{last.beat} [{last.when}]",
        picture=str(pictures / name) if pictures is not None and first.crop is not None else None,
    )


def idle_findings(concept: str, unused: Iterable[tuple[str, LayoutException]]) -> Iterator[Finding]:
    """A finding for every exception, with its beat, that hid nothing."""
    for beat, exception in unused:
        yield Finding(
            Severity.ERROR, concept, beat, "end", 0.0, IDLE_EXCEPTION, (f"{exception}; take it out",), 0.0, 0.0, ""
        )
