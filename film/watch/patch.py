"""How a process that stands between two beats takes on changed sources, and goes on as if it had begun with them.

Such a process has run the first beats of a film. A change that no key of these beats contains has not touched anything
that they ran; so what it did touch was never used, and can be replaced. Beyond the film's own modules whole modules
are imported again. Of the film's own modules only the changed definitions are run again, and what names them: the
classes of what stands on the stage stay the same classes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from film.inputs.closure import Import
from film.inputs.reach import Piece
from film.watch.snapshot import Snapshot


@dataclass(frozen=True)
class ModulePatch:
    """A module of the film: its new text, and the names that are to be bound again, by import or by definition."""

    file: str
    text: bytes
    imports: frozenset[str]
    definitions: frozenset[str]
    removed: frozenset[str]


@dataclass(frozen=True)
class Patch:
    """Files whose modules are to be forgotten, and the film's own modules, those first that others import."""

    forgotten: frozenset[str] = frozenset()
    modules: tuple[ModulePatch, ...] = ()


def stale_modules(before: Snapshot, after: Snapshot) -> frozenset[str]:
    """The files of what *before* imports, so far as it has changed or imports what has changed."""
    files = before.modules | after.modules
    changed = {file for file in files if before.sources.fingerprint([file]) != after.sources.fingerprint([file])}
    return frozenset(file for file in before.modules if not changed.isdisjoint(before.sources.closure(file)))


def patch_between_beats(before: Snapshot, after: Snapshot, played: int) -> Patch | None:
    """What a process must do that has run *before* up to the end of so many beats, to go on with *after*.

    None if it cannot: it has used something that has changed, or what has changed cannot be told.
    """
    if before.reach.opaque or after.reach.opaque:
        return None
    forgotten = stale_modules(before, after).difference(before.own, after.own)
    patcher = _Patcher(before, after, forgotten)
    modules = tuple(patcher.module(file) for file in _imported_first(after))
    used = _used(after, after.beats[:played])
    if patcher.eager or not used.isdisjoint(patcher.bound_again):
        return None
    return Patch(forgotten, tuple(module for module in modules if module is not None))


@dataclass
class _Patcher:
    before: Snapshot
    after: Snapshot
    forgotten: frozenset[str]
    dirty: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))  # names by module
    bound_again: set[tuple[str, str, str]] = field(default_factory=set)  # pieces: module, class, name
    eager: bool = False  # whether a statement has changed that is no definition

    def module(self, file: str) -> ModulePatch | None:
        """What is to be done in one module; those that it imports come before it. None for nothing."""
        new = [piece for piece in self.after.reach.pieces if piece.file == file]
        old = [piece for piece in self.before.reach.pieces if piece.file == file]
        if file not in self.before.own:
            return None  # it will be imported
        imports = self._imports(file)
        changed = _changed(old, new)
        names = {owner or name for owner, name in changed} | imports
        self.eager = self.eager or "" in names or any(p.eager and (p.owner, p.name) in changed for p in new)
        definitions = {piece.owner or piece.name for piece in new} & names
        while found := {piece.owner or piece.name for piece in new if not names.isdisjoint(piece.names)} - definitions:
            definitions |= found
            names |= found
        self.eager = self.eager or "" in definitions
        self.dirty[file] = names
        self._note(new, names, changed)
        text = self.after.sources.content(file)
        if not names and text == self.before.sources.content(file):
            return None
        removed = {piece.name for piece in old if not piece.owner} - {piece.name for piece in new if not piece.owner}
        return ModulePatch(file, text, frozenset(imports), frozenset(definitions), frozenset(removed))

    def _note(self, pieces: list[Piece], names: set[str], changed: set[tuple[str, str]]) -> None:
        """Remember what is run again; of the scene's class that is only what differs, for it stays the scene's."""
        for piece in pieces:
            of_scene = piece.file == self.after.scene and self.after.concept.class_name in (piece.owner, piece.name)
            differs = (piece.owner, piece.name) in changed or not names.isdisjoint(piece.names)
            if differs if of_scene else (piece.owner or piece.name) in names:
                self.bound_again.add((piece.file, piece.owner, piece.name))

    def _imports(self, file: str) -> set[str]:
        """The names that imports bind to something else than before."""
        known = set(self.before.sources.imports(file))
        return {
            found.bound for found in self.after.sources.imports(file) if found not in known or self._is_new(found, file)
        }

    def _is_new(self, found: Import, importer: str) -> bool:
        for target, name in self.after.sources.targets(found, importer):
            dirty = self.dirty[target]
            if target in self.forgotten or name in dirty or (not name and dirty):
                return True
        return False


def _changed(old: list[Piece], new: list[Piece]) -> set[tuple[str, str]]:
    """Class and name of the definitions that are not the same, or not there any more."""
    before, after = _digests(old), _digests(new)
    return {place for place in before.keys() | after.keys() if before.get(place) != after.get(place)}


def _digests(pieces: list[Piece]) -> dict[tuple[str, str], list[str]]:
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for piece in pieces:
        found[piece.owner, piece.name].append(piece.digest)
    return found


def _used(snapshot: Snapshot, beats: tuple[str, ...]) -> set[tuple[str, str, str]]:
    """What these beats and the stage reach."""
    reached = [snapshot.reach.always(), *(snapshot.reach.of_beat(beat) for beat in beats)]
    return {(piece.file, piece.owner, piece.name) for each in reached for piece in each.pieces}


def _imported_first(snapshot: Snapshot) -> Iterator[str]:
    """The film's own modules, each after those that it imports."""
    done: set[str] = set()

    def visit(file: str) -> Iterator[str]:
        if file in done:
            return
        done.add(file)
        for found in snapshot.sources.imports(file):
            for target, _ in snapshot.sources.targets(found, file):
                if target in snapshot.own:
                    yield from visit(target)
        yield file

    for file in snapshot.own:
        yield from visit(file)
