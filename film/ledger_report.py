"""The ledger for people, for programs and for documents: a table, plain values, Markdown."""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction
from itertools import groupby
from typing import Any

from rich import box
from rich.markup import escape
from rich.table import Table

from film.ledger import Entry, Ledger
from narration.fact import Value

__all__ = ["as_markdown", "as_rows", "as_tables"]

LONGEST = 24  # characters of a value in a table
COLUMNS = ("fact", "value", "unit", "formula", "origin", "shown", "spoken", "drawn")


def as_tables(ledger: Ledger) -> Iterator[Table]:
    """One table for each film."""
    for concept, entries in groupby(ledger.entries, key=lambda entry: entry.concept):
        table = Table(title=concept, title_justify="left", box=box.SIMPLE_HEAD)
        for column in COLUMNS:
            table.add_column(column, justify="right" if column == "value" else "left", overflow="fold")
        for entry in entries:
            table.add_row(*map(escape, _row(entry)))
        yield table


def as_markdown(ledger: Ledger) -> str:
    """A heading and a table for each film."""
    lines: list[str] = []
    for concept, entries in groupby(ledger.entries, key=lambda entry: entry.concept):
        lines += [f"## {concept}", "", _line(COLUMNS), _line("---" for _ in COLUMNS)]
        for entry in entries:
            name, value, unit, formula, *rest = _row(entry)
            lines.append(_line([f"`{name}`", value, unit, f"`{formula}`" if formula else "", *rest]))
        lines.append("")
    return "\n".join(lines)


def as_rows(ledger: Ledger) -> list[dict[str, Any]]:
    """The facts as JSON can hold them; an exact fraction is a text such as "3/2", and so is an endless number."""
    return [_fields(entry) for entry in ledger.entries]


def _fields(entry: Entry) -> dict[str, Any]:
    value = entry.value
    exact = isinstance(value, Fraction) or (isinstance(value, float) and math.isinf(value))

    def addresses(beats: tuple[str, ...]) -> list[str]:
        return [f"{entry.concept}@{beat}" for beat in beats]

    return {
        "concept": entry.concept,
        "name": entry.name,
        "value": str(value) if exact else value,
        "unit": entry.unit,
        "formula": entry.formula,
        "origin": _origin(entry),
        "texts": list(entry.texts),
        "shown": addresses(entry.shown),
        "spoken": addresses(entry.spoken),
        "drawn": addresses(entry.drawn),
    }


def _row(entry: Entry) -> list[str]:
    places = [" ".join(f"@{beat}" for beat in beats) for beats in (entry.shown, entry.spoken, entry.drawn)]
    return [entry.name, _value(entry.value), entry.unit, entry.formula, _origin(entry), *places]


def _origin(entry: Entry) -> str:
    return "given" if entry.given else "computed"


def _value(value: Value) -> str:
    text = f"{value:.6g}" if isinstance(value, float) else str(value)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _line(cells: Any) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"
