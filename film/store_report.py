"""What a store holds: entries and bytes by film and kind, and when they were last used."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from film.store import Entry

UNITS = ("B", "KB", "MB", "GB", "TB")


@dataclass(frozen=True, slots=True)
class Holding:
    """What a store holds of one kind for one film. *oldest* and *newest* are the last uses, in ns since 1970."""

    film: str
    kind: str
    entries: int
    size: int
    oldest: int
    newest: int


def holdings(entries: Iterable[Entry]) -> list[Holding]:
    """The holdings, sorted by film and kind."""
    groups: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for entry in entries:
        groups[entry.about.film, entry.about.kind].append(entry)
    return [
        Holding(
            film,
            kind,
            len(group),
            sum(entry.size for entry in group),
            min(entry.used for entry in group),
            max(entry.used for entry in group),
        )
        for (film, kind), group in sorted(groups.items())
    ]


def as_table(held: Iterable[Holding]) -> str:
    """A table as text, with a line for the sum; one sentence if there is nothing."""
    held = list(held)
    if not held:
        return "the store is empty"
    total = Holding(
        "all",
        "",
        sum(each.entries for each in held),
        sum(each.size for each in held),
        min(each.oldest for each in held),
        max(each.newest for each in held),
    )
    rows = [("film", "kind", "entries", "size", "oldest use", "newest use"), *map(_row, [*held, total])]
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if i in (2, 3) else cell.ljust(width)
            for i, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    )


def size_text(size: int) -> str:
    """A number of bytes for people: ``1.5 GB``."""
    number, unit = float(size), 0
    while number >= 999.5 and unit < len(UNITS) - 1:
        number, unit = number / 1000, unit + 1
    return f"{number:.0f} {UNITS[unit]}" if unit == 0 or number >= 99.5 else f"{number:.1f} {UNITS[unit]}"


def _row(held: Holding) -> tuple[str, ...]:
    return (
        held.film or "-",
        held.kind or "-",
        str(held.entries),
        size_text(held.size),
        _when(held.oldest),
        _when(held.newest),
    )


def _when(used: int) -> str:
    return time.strftime("%Y-%m-%d %H:%M", time.localtime(used / 1e9))
