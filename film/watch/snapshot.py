"""What a film was made from at one moment, and which of its beats a later moment changes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile

from film.beat_key import FilmInputs, film_inputs
from film.inputs.closure import Sources
from film.inputs.reach import FilmReach, own_modules
from film.inputs.records import Records
from film.preflight_cache import preflight_key
from scenes.programme import Concept

# The code that runs and draws scenes. What else it imports a forked process can import again; this it cannot.
ENGINE = "film/watch/running.py"
ENGINE_FOLDERS = ("film/", "narration/", "scenes/programme.py")


@dataclass(frozen=True)
class Snapshot:
    """The sources of a film as they were read once, and the hashes of its beats."""

    concept: Concept
    sources: Sources
    inputs: FilmInputs

    @classmethod
    def of(cls, concept: Concept, records: Records) -> Snapshot:
        """The film as it is now. Raises ScriptErrors for a script that is no text."""
        sources = Sources(concept.root, records)
        return cls(concept, sources, film_inputs(concept, {}, sources))

    @property
    def scene(self) -> str:
        """The scene's module, as a path from the root."""
        return self.concept.scene_path.relative_to(self.concept.root).as_posix()

    @cached_property
    def modules(self) -> frozenset[str]:
        """Every file of the project that the scene imports, itself or through others."""
        return self.sources.closure(self.scene)

    @cached_property
    def own(self) -> tuple[str, ...]:
        """The film's own modules, the scene first."""
        return own_modules(self.sources, self.scene)

    @cached_property
    def reach(self) -> FilmReach:
        """What each beat reaches."""
        return FilmReach(self.sources, self.scene, self.concept.class_name, self.beats)

    @property
    def beats(self) -> tuple[str, ...]:
        """The beats of the script by name."""
        return tuple(self.inputs.beats)

    @cached_property
    def engine(self) -> dict[str, str]:
        """Hashes of the code that runs scenes; a process that has imported other code must be started anew."""
        files = [file for file in self.sources.closure(ENGINE) if file.startswith(ENGINE_FOLDERS)]
        return self.sources.fingerprint(files)

    @cached_property
    def everything(self) -> tuple[dict[str, str], str]:
        """Equal for two moments between which nothing has changed that is drawn, spoken or checked."""
        return self.inputs.keys(), preflight_key(self.concept, self.sources)

    def digests(self, files: Iterable[str]) -> dict[str, str]:
        """Hashes of the bytes of *files*, to see whether somebody else has read the same."""
        return {file: self.sources.bytes_digest(file) for file in files}


def changed_beats(before: FilmInputs | None, after: FilmInputs) -> tuple[str, ...]:
    """The beats that a change is about, in the order of the script: those that look or sound different by themselves.

    A later beat, which only starts from another picture, is not among them, unless no other is.
    """
    if before is None or before.base != after.base:
        return tuple(after.beats)
    changed = tuple(beat for beat, own in after.beats.items() if before.beats.get(beat) != own)
    if not changed:  # beats were taken out, or have changed places
        old = before.keys()
        changed = tuple(beat for beat, key in after.keys().items() if old.get(beat) != key)[:1]
    return changed


def watched_beat(changed: Sequence[str], beats: Sequence[str], *, last: str = "", chosen: str = "") -> str:
    """The beat to show: the one that somebody has *chosen*, else the *last* one if it has changed, else the first
    that has.
    """
    if chosen in beats:
        return chosen
    if last in changed or (last in beats and not changed):
        return last
    return next(iter(changed or beats[-1:]), "")


def kept_beats(before: FilmInputs, after: FilmInputs) -> int | None:
    """How many beats from the first one on come out the same; None if not even the stage before them does."""
    if before.base != after.base:
        return None
    pairs = zip(before.keys().items(), after.keys().items(), strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def digest(data: bytes) -> str:
    """As :meth:`Snapshot.digests` has it."""
    return hashlib.sha256(data).hexdigest()
