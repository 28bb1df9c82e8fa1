"""The narration of films, beat by beat: which takes are ready, whose voice they are, how long."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from rich import box
from rich.markup import escape
from rich.table import Table

from film.address import Address, check_beats
from narration.audio import SAMPLE_RATE
from narration.draft import silence
from narration.pacing import Pacing, plan
from narration.script import Script, ScriptBeat
from narration.takes import RECORDING, TakeDamaged, TakeError, TakeMissing, check_take, read_take_data, take_paths
from scenes.programme import Concept


class State(StrEnum):
    """What a take is worth."""

    READY = "ready"
    STALE = "stale"
    MISSING = "missing"
    DAMAGED = "damaged"


@dataclass(frozen=True, slots=True)
class TakeRow:
    """The take of a beat. *voice* and *seconds* are None where no take can be read.

    *estimate* is how long a narrator takes for the script's words, in seconds.
    """

    address: str
    state: State
    why: str
    voice: str | None
    seconds: float | None
    estimate: float

    @property
    def recorded(self) -> bool:
        """Whether a person spoke it."""
        return self.voice == RECORDING


def take_rows(wanted: Sequence[Address]) -> list[TakeRow]:
    """The takes of the beats that are addressed, in the order of the series."""
    rows: list[TakeRow] = []
    for film, beats in wanted:
        script = film.scene_class().read_script()
        check_beats(film, beats, [beat.name for beat in script.beats])
        rows += [_row(film, script, beat) for beat in script.beats if beats is None or beat.name in beats]
    return rows


def as_table(rows: Sequence[TakeRow]) -> Table:
    """A line a beat, and one for each film."""
    table = Table(box=box.SIMPLE_HEAD)
    for column in ("beat", "take", "voice", "length", "script", "why"):
        table.add_column(column, justify="right" if column in ("length", "script") else "left", overflow="fold")
    for _, film in groupby(rows, key=lambda row: row.address.partition("@")[0]):
        for row in (found := list(film)):
            by = "a person" if row.recorded else row.voice or ""
            table.add_row(
                row.address,
                row.state,
                by,
                "" if row.seconds is None else length(row.seconds),
                length(row.estimate),
                escape(row.why),
            )
        table.add_row(*_sum(found), end_section=True, style="bold")
    return table


def as_json(rows: Sequence[TakeRow]) -> str:
    """Every row, with its times in seconds."""
    fields = [dataclasses.asdict(row) | {"recorded": row.recorded} for row in rows]
    return json.dumps(fields, ensure_ascii=False, indent=1)


def _row(film: Concept, script: Script, beat: ScriptBeat) -> TakeRow:
    state, why = State.READY, ""
    try:
        check_take(script, beat, film.takes)
    except TakeMissing as error:
        state, why = State.MISSING, error.what
    except TakeDamaged as error:
        state, why = State.DAMAGED, f"{error.path.name}: {error.what}"
    except TakeError as error:
        state, why = State.STALE, f"{error.what}; {error.remedy}"
    try:
        data = read_take_data(take_paths(script, beat, film.takes))
    except TakeError:
        data = None
    voice, seconds = (data.voice, round(data.samples / SAMPLE_RATE, 3)) if data else (None, None)
    spoken, _ = silence(plan(beat.items, Pacing()), Pacing())
    return TakeRow(f"{film.name}@{beat.name}", state, why, voice, seconds, round(len(spoken) / SAMPLE_RATE, 3))


def _sum(rows: Sequence[TakeRow]) -> Iterator[str]:
    states = [row.state for row in rows]
    yield rows[0].address.partition("@")[0]
    yield ", ".join(f"{states.count(state)} {state}" for state in State if state in states)
    persons = sum(row.recorded for row in rows)
    yield f"{persons} recorded" if persons else ""
    yield length(sum(row.seconds or 0.0 for row in rows))
    yield length(sum(row.estimate for row in rows))
    yield ""


def length(seconds: float) -> str:
    """Minutes and seconds, ``2:34.8``."""
    return f"{int(seconds // 60)}:{seconds % 60:04.1f}"
