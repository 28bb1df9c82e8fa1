"""The key of each beat of a film: a hash of everything that its pictures and its speech are made from.

A beat starts from what the beats before it left on the stage, so its key contains theirs. It also contains the settings
(quality, theme and the like), the versions of what renders, the code that renders, the fonts, the beat's section of the
script, its take, and every piece of code and every data file that it can reach (:mod:`film.inputs.reach`). Computing it
imports none of these.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from film.inputs.closure import Sources
from film.inputs.reach import FilmReach, Reached
from film.inputs.script_sections import script_sections
from film.inputs.versions import renderer_versions
from scenes.card import Card
from scenes.programme import ROOT, Concept

# Modules that turn a job into frames and samples; what they import from these floors counts too,
FLOORS = ("film/", "narration/")
RENDERERS = ("film/scene_job.py",)
# but for those that store, watch and report: they are near the renderer and change no frame.
BOOKKEEPING = (
    "film/atomic.py",
    "film/reporting.py",
    "film/beat_key.py",
    "film/errors.py",
    "film/failure.py",
    "film/inputs/",
    "film/job_keys.py",
    "film/no_space.py",
    "film/preflight.py",
    "film/preflight_cache.py",
    "film/products.py",
    "film/settings.py",
    "film/store.py",
    "film/store_report.py",
    "film/store_use.py",
    "film/store_work.py",
)
FONTS = "assets/fonts"
CARDS = "scenes/cards.py"
TAKE = (".opus", ".json")


@dataclass(frozen=True)
class FilmInputs:
    """Hashes of what a film is made from: *base* counts for all its beats, *beats* by name for each alone."""

    base: str
    beats: dict[str, str]

    def keys(self) -> dict[str, str]:
        """The keys of the beats by name, in the order of the script; each contains those before it."""
        key, keys = self.base, dict[str, str]()
        for beat, own in self.beats.items():
            key = keys[beat] = _hash([key, own])
        return keys


def film_inputs(concept: Concept, settings: Mapping[str, object], sources: Sources) -> FilmInputs:
    """What the beats of a film are made from; arguments and errors as for :func:`piece_keys`."""
    script = script_sections(sources, _file(concept, concept.script_path))
    reach = FilmReach(sources, _file(concept, concept.scene_path), concept.class_name, tuple(script.beats))
    base = _hash([_common(sources, settings), concept.name, script.title, _told(sources, reach.always())])
    beats: dict[str, str] = {}
    for beat, section in script.beats.items():
        takes = [sources.bytes_digest(_file(concept, concept.takes_path / f"{beat}{end}")) for end in TAKE]
        beats[beat] = _hash([beat, section, takes, _told(sources, reach.of_beat(beat))])
    return FilmInputs(base, beats)


def piece_keys(concept: Concept, settings: Mapping[str, object], sources: Sources | None = None) -> dict[str, str]:
    """The keys of a film's beats by name, in the order of the script.

    *settings* is what else decides about the result, such as quality, theme and fallback. *sources* carries what has
    been read already from one film to the next. Raises ScriptErrors for a script that is no text.
    """
    if sources is None or sources.root != concept.root:
        sources = Sources(concept.root, sources.records if sources else None)
    return film_inputs(concept, settings, sources).keys()


def card_key(card: Card, settings: Mapping[str, object], sources: Sources | None = None) -> str:
    """The key of a title card: its words, and the code that draws cards."""
    sources = sources or Sources(ROOT)
    return _hash([_common(sources, settings), asdict(card), sources.fingerprint(sources.closure(CARDS))])


def made_key(parts: object, code: Iterable[str], settings: Mapping[str, object], sources: Sources | None = None) -> str:
    """The key of what the modules *code* make of *parts*: of a chapter, say, whose parts are keys and titles."""
    sources = sources or Sources(ROOT)
    return _hash([parts, settings, renderer_versions(), sources.fingerprint(shaping_files(sources, code))])


def shaping_files(sources: Sources, code: Iterable[str]) -> frozenset[str]:
    """The files *code* of ``film/`` and those of ``film/`` and ``narration/`` that shape what they make."""
    todo = list(code)
    found = set(todo)
    while todo:
        direct = {file for file in sources.direct(todo.pop()) if file.startswith(FLOORS)}
        shaping = {file for file in direct if not file.startswith(BOOKKEEPING)}
        todo += shaping - found
        found |= shaping
    return frozenset(found)


def _common(sources: Sources, settings: Mapping[str, object]) -> list[object]:
    """What is in every key."""
    fonts = {file: sources.bytes_digest(file) for file in sources.files_in(FONTS)}
    renderer = sources.fingerprint(shaping_files(sources, RENDERERS))
    return [settings, renderer_versions(), renderer, fonts]


def _told(sources: Sources, reached: Reached) -> list[object]:
    pieces = sorted((piece.address, piece.digest) for piece in reached.pieces)
    return [pieces, sources.fingerprint(reached.files)]


def _file(concept: Concept, path: Path) -> str:
    return path.relative_to(concept.root).as_posix()


def _hash(value: object) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True, default=str).encode()).hexdigest()[:32]
