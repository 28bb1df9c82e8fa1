"""What the command `list` does: parts, films and beats as they stand, read from files; Manim is not imported."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import click

from film.address import addresses_of
from film.beat_key import piece_keys
from film.document import Document
from film.inputs.closure import Sources
from film.inputs.records import Records
from film.preflight_cache import preflight_key
from film.quality import QUALITIES, RELEASE
from film.scene_job import SceneJob
from film.script_outline import Outline, outline
from film.store import DONE, Store
from film.transcript import clock
from narration.audio import SAMPLE_RATE
from scenes.programme import PROGRAMME, ROOT, Concept

READY, STALE, MISSING, UNCHECKED = "ready", "stale", "missing", "unchecked"


@dataclass(frozen=True)
class BeatState:
    """A beat as it stands. *seconds* is how long its take speaks, None without one; *rendered* names the qualities
    that the store has of it.

    *take* is ``ready``, ``stale``, ``missing``, or ``unchecked`` when nothing has looked since the film was changed.
    """

    beat: str
    title: str
    seconds: float | None
    take: str
    rendered: tuple[str, ...]


@dataclass(frozen=True)
class FilmState:
    """A film as it stands, beat by beat."""

    film: str
    part: str
    title: str
    question: str
    beats: tuple[BeatState, ...]

    @property
    def seconds(self) -> float:
        """How long its takes speak together."""
        return sum(beat.seconds or 0.0 for beat in self.beats)


def show_list(texts: Sequence[str], store: Path, document: Document) -> None:
    """Print the programme; of films that *texts* name, the beats."""
    sources = Sources(ROOT, Records.beside(store))
    addresses = addresses_of(texts)
    there = {entry.about.film for entry in Store(store).entries()}  # for the others no key need be computed
    films = {film.name: film_state(film, Store(store), sources, rendered=film.name in there) for film, _ in addresses}
    wanted = {(film.name, beats) for film, beats in addresses}
    sources.records.save()
    document.about["parts"] = [
        {"part": part.name, "number": part.number, "title": part.title, "subtitle": part.subtitle}
        | {"films": [_fields(films[name]) for name in part.concept_names if name in films]}
        for part in PROGRAMME
    ]
    if texts:
        for state in films.values():
            named = [beat for name, beats in wanted if name == state.film for beat in beats or ()]
            click.echo("\n".join(_beat_lines(state, named)))
        return
    width = max(len(name) for name in films)
    for part in PROGRAMME:
        click.echo(f"{part.number}  {part.name}: {part.title}. {part.subtitle}.")
        for name in part.concept_names:
            click.echo(f"   {_film_line(films[name], width)}")
    if any(beat.take == UNCHECKED for state in films.values() for beat in state.beats):
        click.echo("Whether the takes that are not marked fit their scripts is known after `render.py check`")


def film_state(film: Concept, store: Store, sources: Sources, *, rendered: bool = True) -> FilmState:
    """How a film stands, from its script, its takes and, with *rendered*, the store.

    Raises ScriptErrors for a script that is no text.
    """
    told = outline(film, sources)
    stale = _stale(film, store, sources) if told.beats else None
    pieces = _rendered(film, told, store, sources) if rendered else {}
    beats = []
    for name, title in told.beats.items():
        seconds = _seconds(film.takes_path / f"{name}.json")
        take = MISSING if seconds is None else UNCHECKED if stale is None else STALE if name in stale else READY
        beats.append(BeatState(name, title, seconds, take, pieces.get(name, ())))
    return FilmState(film.name, film.part, told.title, told.question, tuple(beats))


def _stale(film: Concept, store: Store, sources: Sources) -> set[str] | None:
    """The beats whose takes do not fit, if that is known of the film as it is now."""
    if not film.scene_path.exists():
        return None
    found = store.recall(preflight_key(film, sources))
    return None if found is None else {address.partition("@")[2] for address in found["stale"]}


def _rendered(film: Concept, told: Outline, store: Store, sources: Sources) -> dict[str, tuple[str, ...]]:
    """By beat: the qualities in which the store has it as it is now, of renders with the usual fallback."""
    found: dict[str, list[str]] = {beat: [] for beat in told.beats}
    if not film.scene_path.exists() or not store.folder.is_dir():
        return {}
    for quality in dict.fromkeys((RELEASE, *QUALITIES.values())):
        keys = piece_keys(film, SceneJob(quality, concept=film.name).settings, sources)
        for beat, key in keys.items():
            if (store.folder / key / DONE).exists():
                found[beat].append(quality.name)
    return {beat: tuple(names) for beat, names in found.items()}


def _seconds(take: Path) -> float | None:
    try:
        return round(int(json.loads(take.read_text(encoding="utf-8"))["samples"]) / SAMPLE_RATE, 2)
    except (OSError, ValueError, LookupError, TypeError):
        return None


def _fields(state: FilmState) -> dict[str, object]:
    return {**asdict(state), "seconds": round(state.seconds, 2)}


def _film_line(state: FilmState, width: int) -> str:
    takes = [beat.take for beat in state.beats]
    counts = {take: takes.count(take) for take in (READY, STALE, MISSING) if take in takes}
    shared = set.intersection(*(set(beat.rendered) for beat in state.beats)) if state.beats else set()
    notes = [f"{len(state.beats)} beats"] if state.beats else ["no script yet"]
    notes += [f"takes {', '.join(counts)}" if len(counts) == 1 else f"takes {_counted(counts)}"] if counts else []
    notes += [f"rendered: {' '.join(name for name in state.beats[0].rendered if name in shared)}"] if shared else []
    length = clock(round(state.seconds))
    return f"{state.film:<{width}}  {length:>5}  {state.question or state.title}  ({'; '.join(notes)})"


def _beat_lines(state: FilmState, named: Sequence[str]) -> Iterator[str]:
    beats = [beat for beat in state.beats if not named or beat.beat in named]
    yield f"{state.film}: {state.title}. {state.question}".rstrip()
    width = max((len(beat.beat) for beat in beats), default=0)
    for beat in beats:
        seconds = "-" if beat.seconds is None else f"{beat.seconds:.1f} s"
        rendered = f"; rendered: {' '.join(beat.rendered)}" if beat.rendered else ""
        yield f"   {state.film}@{beat.beat:<{width}}  {seconds:>7}  {beat.title}  (take: {beat.take}{rendered})"


def _counted(counts: dict[str, int]) -> str:
    return ", ".join(f"{number} {take}" for take, number in counts.items())
