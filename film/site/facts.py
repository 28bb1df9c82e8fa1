"""The facts of a film as its page lists them: from the ledger, which the store remembers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from film.errors import FilmError
from film.inputs.closure import Sources
from film.preflight_cache import film_key
from film.schedule import running
from film.site.content import FilmText
from film.store import About, Store
from film.task import Task
from scenes.programme import Concept, concept

FACTS = "facts"
LEDGER = "film/ledger.py"
CALL = f"{__name__}:read_facts"
_USES = ("shown", "spoken", "drawn")

Entries = list[dict[str, Any]]  # as `render.py facts --json` has them


@dataclass(frozen=True, slots=True)
class Place:
    """A beat that uses a fact, and how: shown, spoken, drawn."""

    address: str
    title: str
    start: float
    uses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FactLine:
    """A fact in words: value and unit as a viewer reads them, and where it is met."""

    name: str
    value: str
    unit: str
    formula: str
    given: bool
    places: tuple[Place, ...]


def facts_key(film: Concept, sources: Sources) -> str:
    """The hash of all that a film's facts are read from."""
    return film_key(FACTS, film, LEDGER, sources)


def facts_of(
    films: Sequence[Concept], keys: Mapping[str, str], store: Store, workers: int | None
) -> dict[str, Entries]:
    """The ledger's entries of each film by name, read now where *store* does not have them under these *keys*.

    Raises FilmError with every failure.
    """
    found: dict[str, Entries | None] = {film.name: store.recall(keys[film.name]) for film in films}
    missing = [Task(film.name, CALL, (film.name,)) for film in films if found[film.name] is None]
    if missing:
        with running(missing, workers=workers) as outcomes:
            failures = []
            for outcome in outcomes:
                name = outcome.task.name
                if outcome.error is not None:
                    failures.append(f"{name}: its facts cannot be read: {outcome.error}")
                else:
                    store.remember(keys[name], outcome.result, About(name, FACTS))
                    found[name] = outcome.result
        if failures:
            raise FilmError("\n".join(failures))
    return {name: entries or [] for name, entries in found.items()}


def read_facts(name: str) -> Entries:
    """The ledger's entries of a film. Raises what its scene raises."""
    from film.ledger import film_ledger  # loads Manim
    from film.ledger_report import as_rows

    return as_rows(film_ledger(concept(name)))


def fact_lines(entries: Entries, film: FilmText) -> list[FactLine]:
    """The entries as lines of a page; places are the film's beats, in their order."""
    return [
        FactLine(
            entry["name"],
            shown_value(entry["value"]),
            entry["unit"],
            entry["formula"],
            entry["origin"] == "given",
            tuple(_places(entry, film)),
        )
        for entry in entries
    ]


def shown_value(value: float | str) -> str:
    """A value as people write it: six digits of a number that has no end, all of any other, a dash for no text."""
    if isinstance(value, float):
        return f"{value:.6g}".replace("-", "−")
    return {"inf": "∞", "-inf": "−∞", "": "–"}.get(str(value), str(value))


def _places(entry: dict[str, Any], film: FilmText) -> list[Place]:
    places = []
    for beat in film.beats:
        uses = tuple(use for use in _USES if beat.address in entry[use])
        if uses:
            places.append(Place(beat.address, beat.title, beat.start, uses))
    return places
