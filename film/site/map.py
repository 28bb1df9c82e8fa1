"""The map of the series: a row for each part and film, and a line from a film to each that builds on it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from scenes.concept_map import COMING, LEADS, QUESTIONS, Lead
from scenes.programme import Part

WIDTH = 100.0  # of the lines' picture, in units of its own; a row is one unit high
_WIDEST = 0.97 * WIDTH
_BEND = 4 / 3  # how far the handles of a cubic curve lie beyond its bulge


@dataclass(frozen=True, slots=True)
class Station:
    """A film on the map; *href* is None while it is not to be seen here, *seconds* too."""

    name: str
    number: int
    title: str
    question: str
    part: int
    row: int
    href: str | None
    seconds: float | None
    coming: bool
    builds_on: tuple[tuple[Station, str], ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A part on the map, in a row of its own above its films."""

    number: int
    title: str
    subtitle: str
    row: int
    href: str | None
    seconds: float | None
    coming: bool
    stations: tuple[Station, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A lead as a curve; *path* is that of an SVG whose rows are one unit high."""

    before: str
    after: str
    part: int
    coming: bool
    path: str


@dataclass(frozen=True, slots=True)
class SeriesMap:
    """All parts in order, the lines between their films, and the number of rows."""

    sections: tuple[Section, ...]
    lines: tuple[Line, ...]
    rows: int


@dataclass(frozen=True, slots=True)
class Shown:
    """A film that the site shows: its length, and the title of its first beat."""

    seconds: float
    opening: str


def series_map(
    titles: Mapping[str, str], shown: Mapping[str, Shown], chapters: Mapping[str, float], programme: Sequence[Part]
) -> SeriesMap:
    """The map: the films of the *programme* with their *titles*, and those to come.

    Only *shown* films and *chapters* (seconds by part) are on this site and can be followed.
    """
    made = {name for part in programme for name in part.concept_names}
    plan = [
        (part.number, part.title, part.subtitle, part.name, [(name, titles[name]) for name in part.concept_names])
        for part in programme
    ] + [
        (part.number, part.title, part.subtitle, "", [(name, title) for name, title in part.films if name not in made])
        for part in COMING
    ]
    stations: dict[str, Station] = {}
    sections: list[Section] = []
    row = 0
    for number, title, subtitle, chapter, films in plan:
        if not films:
            continue
        top, row, here = row, row + 1, []
        for name, film_title in films:
            found = shown.get(name)
            station = Station(
                name,
                len(stations) + 1,
                film_title,
                QUESTIONS.get(name, found.opening if found else ""),
                number,
                row,
                f"{chapter}.html#{name}" if found else None,
                found.seconds if found else None,
                name not in made,
                _foundations(name, stations),
            )
            stations[name] = station
            here.append(station)
            row += 1
        seconds = chapters.get(chapter)
        href = f"{chapter}.html" if seconds is not None else None
        sections.append(Section(number, title, subtitle, top, href, seconds, not chapter, tuple(here)))
    return SeriesMap(tuple(sections), tuple(_lines(LEADS, stations)), row)


def _foundations(name: str, stations: Mapping[str, Station]) -> tuple[tuple[Station, str], ...]:
    found = [(stations[lead.before], lead.what) for lead in LEADS if lead.after == name and lead.before in stations]
    return tuple(sorted(found, key=lambda pair: pair[0].number))


def _lines(leads: Iterable[Lead], stations: Mapping[str, Station]) -> list[Line]:
    """The curves, longest first, so that short ones lie on top."""
    known = [lead for lead in leads if {lead.before, lead.after} <= stations.keys()]
    ends = [(stations[lead.before], stations[lead.after]) for lead in known]
    longest = max((after.row - before.row for before, after in ends), default=1)
    return [
        Line(before.name, after.name, after.part, after.coming, _curve(before.row, after.row, longest))
        for before, after in sorted(ends, key=lambda pair: pair[0].row - pair[1].row)
    ]


def _curve(first: int, second: int, longest: int) -> str:
    """From row to row, bulging to the left by the root of how far it reaches."""
    reach = WIDTH - _BEND * _WIDEST * ((second - first) / longest) ** 0.5
    top, foot = first + 0.5, second + 0.5
    return f"M{WIDTH:g} {top:g}C{reach:.1f} {top:g} {reach:.1f} {foot:g} {WIDTH:g} {foot:g}"
