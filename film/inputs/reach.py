"""What each beat of a film can reach, by name: pieces of the film's own modules, and whole modules beyond them.

More is counted than what runs, never less. A *name* reaches whatever a module of the film's folder defines or imports
under it. A class is reached whole, for Manim may call any method of it. Of the scene's class, a private method is
reached by any *attribute* of its name; a beat by the script, and by ``self.name`` or a call that hands on a ``beat``;
everything else counts for all beats, as do ``compute_facts`` and ``set_stage``. Where a module finds names while it
runs (``globals``, ``getattr`` of a computed name, ``import *``), the whole of the film counts for all its beats.

Computing a constant is taken to change nothing but that constant.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from film.inputs.closure import Import, Sources


@dataclass(frozen=True, slots=True)
class Piece:
    """A definition in a module of the film: a function, a constant, a method, or a class without its methods.

    *owner* is the class of a method. *eager* is what counts for all beats: statements that are no definitions.
    """

    file: str
    name: str
    owner: str
    digest: str
    names: tuple[str, ...]
    attributes: tuple[str, ...]
    beats: tuple[str, ...]
    decorators: tuple[str, ...]
    eager: bool

    @property
    def address(self) -> str:
        """Where it is, for people and for hashes."""
        return f"{self.file}:{self.owner}.{self.name}" if self.owner else f"{self.file}:{self.name}"


@dataclass(frozen=True)
class Reached:
    """Pieces of the film's own modules, and files beyond them."""

    pieces: frozenset[Piece]
    files: frozenset[str]


class FilmReach:
    """The modules of one film, *beats* being the names in its script."""

    def __init__(self, sources: Sources, scene: str, class_name: str, beats: Sequence[str]) -> None:
        self.sources, self.scene, self.class_name, self.beats = sources, scene, class_name, frozenset(beats)
        outlines = _outlines(sources, scene)
        self.modules = tuple(outlines)
        self.opaque = any(found["opaque"] for found in outlines.values())
        self.pieces = [_piece(file, found) for file, record in outlines.items() for found in record["pieces"]]
        self._named: dict[tuple[str, str], list[Piece]] = defaultdict(list)
        self._methods: dict[tuple[str, str], list[Piece]] = defaultdict(list)
        self._scene_methods: dict[str, list[Piece]] = defaultdict(list)
        for piece in self.pieces:
            if not piece.owner:
                self._named[piece.file, piece.name].append(piece)
            elif piece.file == scene and piece.owner == class_name:
                self._scene_methods[piece.name].append(piece)
            else:
                self._methods[piece.file, piece.owner].append(piece)
        self._bound: dict[tuple[str, str], list[Import]] = defaultdict(list)
        for file, record in outlines.items():
            for found in record["imports"]:
                self._bound[file, found[3]].append(Import(*found))

    def always(self) -> Reached:
        """What counts for every beat."""
        if self.opaque:
            return Reached(frozenset(self.pieces), self.sources.closure(self.scene))
        reached = self._from(self._roots())
        files = reached.files | self._imported_for_effect() | self.sources.loud_parents(self.scene)
        return Reached(reached.pieces, files)

    def of_beat(self, beat: str) -> Reached:
        """What the method of *beat* reaches."""
        return self._from(self._scene_methods.get(beat, ()))

    def _roots(self) -> Iterator[Piece]:
        yield from self._named[self.scene, self.class_name]
        used = {name for piece in self.pieces for name in piece.attributes}
        for name, methods in self._scene_methods.items():
            private = name.startswith("_") and not name.endswith("__")
            # A private method that nothing here calls may replace one of the base class.
            if name not in self.beats and (not private or name not in used):
                yield from methods
        for piece in self.pieces:
            # Where a decorator of the project is used, importing the module may register something.
            ours = any(self._is_ours(piece.file, name) for name in piece.decorators)
            if piece.eager or (ours and not piece.owner):
                yield piece

    def _is_ours(self, file: str, name: str) -> bool:
        targets = [target for found in self._bound[file, name] for target in self.sources.targets(found, file)]
        return bool(targets or self._named[file, name])

    def _imported_for_effect(self) -> frozenset[str]:
        """Modules that do something when they are imported, or are imported without their name being used."""
        files: set[str] = set()
        for (file, bound), found in self._bound.items():
            used = any(bound in piece.names for piece in self.pieces if piece.file == file)
            for each in found:
                reached = self.sources.reached(each, file)
                if used or not reached.isdisjoint(self.modules):
                    # What the film's own modules do when they are imported are pieces that count already.
                    reached = _loud(self.sources, reached.difference(self.modules))
                files |= reached
        return frozenset(files)

    def _from(self, roots: Iterable[Piece]) -> Reached:
        todo, pieces, files = list(roots), set[Piece](), set[str]()
        while todo:
            piece = todo.pop()
            if piece in pieces:
                continue
            pieces.add(piece)
            if not piece.owner:
                todo += self._methods[piece.file, piece.name]
            for name in piece.names:
                todo += self._by_name(piece.file, name, files)
            for name in {*piece.attributes} - self.beats | {*piece.beats} & self.beats:
                todo += self._scene_methods.get(name, ())
        return Reached(frozenset(pieces), frozenset(files))

    def _by_name(self, file: str, name: str, files: set[str]) -> list[Piece]:
        """What *name* means in *file*; files beyond the film's own go to *files*."""
        found = list(self._named[file, name])
        for each in self._bound[file, name]:
            targets = self.sources.targets(each, file)
            if not any(target in self.modules for target, _ in targets):
                files |= self.sources.reached(each, file)
                continue
            for target, wanted in targets:
                if target in self.modules:
                    found += self._in_module(target, wanted, files)
        return found

    def _in_module(self, module: str, name: str, files: set[str]) -> list[Piece]:
        if name and (module, name) in self._named:
            return self._named[module, name]
        if name and (module, name) in self._bound:
            return self._by_name(module, name, files)
        # The module itself: any of it may be meant.
        return [piece for piece in self.pieces if piece.file == module and not self._is_scene_method(piece)]

    def _is_scene_method(self, piece: Piece) -> bool:
        return piece.file == self.scene and piece.owner == self.class_name


def own_modules(sources: Sources, scene: str) -> tuple[str, ...]:
    """The scene's module, and what it and these import from its own folder."""
    folder = Path(scene).parent
    found, todo = [scene], [scene]
    while todo:
        importer = todo.pop()
        for each in sources.imports(importer):
            for target, _ in sources.targets(each, importer):
                if Path(target).parent == folder and target not in found:
                    found.append(target)
                    todo.append(target)
    return tuple(found)


def _outlines(sources: Sources, scene: str) -> dict[str, dict[str, Any]]:
    return {
        file: sources.records.of("outline", sources.content(file), _outline) for file in own_modules(sources, scene)
    }


def _outline(content: bytes) -> Any:
    from film.inputs.outline import outline  # only what is not remembered needs to be parsed

    return outline(content)


def _piece(file: str, found: dict[str, Any]) -> Piece:
    texts = {name: tuple(found[name]) for name in ("names", "attributes", "beats", "decorators")}
    return Piece(file, found["name"], found["owner"], found["digest"], eager=found["eager"], **texts)


def _loud(sources: Sources, files: Iterable[str]) -> frozenset[str]:
    return frozenset(file for loud in files if not sources.is_quiet(loud) for file in sources.closure(loud))
