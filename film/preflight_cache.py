"""The outcome of preflight, remembered: a film whose sources are unchanged is not imported to be checked again."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from film.inputs.closure import Sources
from film.inputs.versions import renderer_versions
from film.schedule import result_or_error, running
from film.store import About, Store
from film.task import Task
from narration.script_problem import Problem, ScriptErrors
from scenes.programme import Concept

PREFLIGHT = "preflight"
CHECKER = "film/preflight.py"
CALL = "film.preflight:told"


@dataclass(frozen=True)
class CheckedFilm:
    """A film that may be rendered: its title, its beats by name with their titles, and why takes are not usable.

    *stale* is by address, ``kraft@budget``.
    """

    title: str
    beats: dict[str, str]
    stale: dict[str, str]


def checked_films(concepts: Sequence[Concept], store: Store, sources: Sources) -> dict[str, CheckedFilm]:
    """Each film by name, checked now or when it was last changed.

    Raises ScriptErrors with all problems of all films at once, and what :func:`film.preflight.preflight` raises. Only
    what passes is remembered.
    """
    keys = {concept.name: preflight_key(concept, sources) for concept in concepts}
    found = {name: store.recall(key) for name, key in keys.items()}
    new = [concept for concept in concepts if found[concept.name] is None]
    if new:
        told = told_elsewhere(new, store)
        now = Sources(sources.root, sources.records)  # a file may have changed while it was checked
        same = {each.name: keys[each.name] for each in new if preflight_key(each, now) == keys[each.name]}
        remember_checked(told, store, same)
        found |= told
    return {concept.name: CheckedFilm(**found[concept.name]) for concept in concepts}


def told_elsewhere(concepts: Sequence[Concept], store: Store) -> dict[str, dict[str, Any]]:
    """What :func:`film.preflight.told` says of *concepts*, by processes that have imported Manim already."""
    size = -(-len(concepts) // (os.cpu_count() or 1))
    shares = [concepts[start : start + size] for start in range(0, len(concepts), size)]
    tasks = [Task(f"preflight of {share[0].name}", CALL, (tuple(share),)) for share in shares]
    found: dict[str, dict[str, Any]] = {}
    problems: list[Problem] = []
    with running(tasks, working_folder=store.working_folder) as outcomes:
        for outcome in outcomes:
            try:
                found |= result_or_error(outcome)
            except ScriptErrors as errors:
                problems += errors.problems
    if problems:
        raise ScriptErrors(problems)
    return found


def remember_checked(told: Mapping[str, dict[str, Any]], store: Store, keys: Mapping[str, str]) -> None:
    """Keep what preflight told, by film, under the *keys* that the films had before it looked."""
    for name in told.keys() & keys.keys():
        store.remember(keys[name], told[name], About(name, PREFLIGHT))


def preflight_key(concept: Concept, sources: Sources) -> str:
    """The hash of everything that preflight reads of a film, and of what reads it."""
    return film_key(PREFLIGHT, concept, CHECKER, sources)


def film_key(kind: str, concept: Concept, reader: str, sources: Sources) -> str:
    """The hash of everything that a film is written in, takes included, and of the module *reader* that reads it.

    Of modules it is their syntax.
    """
    scene, script, takes = (
        path.relative_to(concept.root).as_posix()
        for path in (concept.scene_path, concept.script_path, concept.takes_path)
    )
    data = {file: sources.bytes_digest(file) for file in [script, *sources.files_in(takes)]}
    code = sources.fingerprint(sources.closure(scene) | sources.closure(reader))
    # What is told of a take names its place.
    everything = [str(concept.root), concept.name, renderer_versions(), data, code]
    return f"{kind}-{hashlib.sha256(json.dumps(everything, sort_keys=True).encode()).hexdigest()[:32]}"
