"""Which files of the project a module reaches through its imports, read from syntax: nothing is imported."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from functools import wraps
from pathlib import Path
from typing import Any, NamedTuple, TypeVar, cast

from film.inputs.records import Records

PROGRAMME = "scenes/programme.py"
NO_FILES: frozenset[str] = frozenset()

Found = TypeVar("Found")


def once(method: Callable[[Sources, str], Found]) -> Callable[[Sources, str], Found]:
    """Many ways lead to one file: what *method* finds there is found once for each object."""

    @wraps(method)
    def remembered(self: Sources, file: str) -> Found:
        key = (method, file)
        if key not in self.memory:
            self.memory[key] = method(self, file)
        found: Found = self.memory[key]
        return found

    return remembered


class Import(NamedTuple):
    """An import that runs: ``from module import name as bound``; *name* is empty for ``import module``."""

    level: int
    module: str
    name: str
    bound: str


class Sources:
    """The Python files under *root* as a graph of imports. Files are called by their path from *root*, with slashes.

    A file is read once; make a new object to see changes.
    """

    def __init__(self, root: Path, records: Records | None = None) -> None:
        self.root = root
        self.records = records or Records()
        self.memory: dict[tuple[object, ...], Any] = {}

    # ---- files -----------------------------------------------------------------------------------

    def content(self, file: str) -> bytes:
        """The bytes of a file; none if it is not there."""
        return self._read(file) or b""

    def exists(self, file: str) -> bool:
        """Whether there is such a file."""
        return self._read(file) is not None

    def bytes_digest(self, file: str) -> str:
        """A hash of a file's bytes; of a file that is not there, nothing."""
        return hashlib.sha256(self.content(file)).hexdigest() if self.exists(file) else ""

    def files_in(self, folder: str) -> list[str]:
        """Every file in a folder and those inside it."""
        found = sorted(path for path in (self.root / folder).rglob("*") if path.is_file())
        return [path.relative_to(self.root).as_posix() for path in found]

    @once
    def _read(self, file: str) -> bytes | None:
        try:
            return (self.root / file).read_bytes()
        except OSError:
            return None

    # ---- modules ---------------------------------------------------------------------------------

    @once
    def closure(self, file: str) -> frozenset[str]:
        """*file* and every file of the project that its imports reach."""
        found, todo = {file}, [file]
        while todo:
            direct = self.direct(todo.pop())
            direct = direct.union(*(self.loud_parents(target) for target in direct))
            todo += direct - found
            found |= direct
        return frozenset(found)

    @once
    def imports(self, file: str) -> tuple[Import, ...]:
        """The imports of a file that run, wherever they stand in it."""
        return tuple(Import(*found) for found in self._record(file)["imports"])

    def is_quiet(self, file: str) -> bool:
        """Whether importing *file* only binds names in it."""
        return bool(self._record(file)["quiet"])

    def targets(self, found: Import, importer: str) -> tuple[tuple[str, str], ...]:
        """The files that an import means, each with the name that is taken from it ("" for the module itself).

        A name from a package is looked for in what its ``__init__`` re-exports; none for foreign packages.
        """
        module = found.module
        if found.level:
            folder = Path(importer).parents[found.level - 1].as_posix().replace("/", ".")
            module = f"{folder}.{module}".rstrip(".")
        key = (module, found.name)
        if key not in self.memory:
            self.memory[key] = ()  # a package that takes a name from itself means its own module
            self.memory[key] = self._targets(module.replace(".", "/"), found.name)
        return cast("tuple[tuple[str, str], ...]", self.memory[key])

    @once
    def direct(self, file: str) -> frozenset[str]:
        """The files that the imports of *file* mean."""
        return frozenset(target for found in self.imports(file) for target, _ in self.targets(found, file))

    def reached(self, found: Import, importer: str) -> frozenset[str]:
        """Every file that an import reaches: what it names, and what runs on the way there."""
        direct = {file for file, _ in self.targets(found, importer)}
        files = NO_FILES.union(*(self.closure(target) for target in direct))
        return files.union(*(self.loud_parents(target) for target in direct))

    @once
    def loud_parents(self, file: str) -> frozenset[str]:
        """What the packages around *file* do when they are imported, but for binding names."""
        parents = [f"{folder.as_posix()}/__init__.py" for folder in Path(file).parents if folder.name]
        return NO_FILES.union(*(self._loud(init) for init in parents if init != file and self.exists(init)))

    def fingerprint(self, files: Iterable[str]) -> dict[str, str]:
        """By name: hashes of modules as syntax, and of the bytes of data that they name."""
        found = {file: str(self._record(file)["digest"]) for file in files}
        return found | {data: self.bytes_digest(data) for file in list(found) for data in self._data(file)}

    def _targets(self, place: str, name: str) -> tuple[tuple[str, str], ...]:
        if self.exists(f"{place}.py"):
            return ((f"{place}.py", name),)
        if not (self.root / place).is_dir():
            return ()
        init = f"{place}/__init__.py"
        imported = self.imports(init) if self.exists(init) else ()
        exported = [target for found in imported if found.bound == name for target in self.targets(found, init)]
        if exported:
            return tuple(exported)
        defined = self.exists(init) and name in self._record(init)["defined"]
        if name and not defined and (inside := self._targets(f"{place}/{name}", "")):
            return inside
        if name in ("", "*") or defined:
            return ((init, name),) if self.exists(init) else ()
        # Whatever makes this name, it is somewhere in the package.
        return tuple((file, "") for file in self.files_in(place) if file.endswith(".py"))

    @once
    def _loud(self, init: str) -> frozenset[str]:
        """The files that a package's ``__init__`` imports and that do more than bind names."""
        found, todo = {init}, [init]
        while todo:
            direct = self.direct(todo.pop())
            todo += direct - found
            found |= direct
        return frozenset(file for file in found if not self.is_quiet(file))

    @once
    def _record(self, file: str) -> dict[str, Any]:
        read: Callable[[bytes], Any] = _programme_record if file == PROGRAMME else _module_record
        record: dict[str, Any] = self.records.of(read.__name__, self.content(file), read)
        return record

    # ---- data ------------------------------------------------------------------------------------

    @once
    def _data(self, file: str) -> tuple[str, ...]:
        """The files that a module names in its strings: beside it, or in a folder of ``assets``."""
        spelled = set(self._record(file)["strings"])
        folder = Path(file).parent.as_posix()
        found = [f"{folder}/{name}" for name in spelled & self._names(folder) if not name.endswith(".py")]
        found = [name for name in found if (self.root / name).is_file()]
        for name in spelled & self._names("assets"):
            found += self.files_in(f"assets/{name}")
        return tuple(sorted(found))

    @once
    def _names(self, folder: str) -> frozenset[str]:
        place = self.root / folder
        return frozenset(path.name for path in place.iterdir()) if place.is_dir() else NO_FILES


def _module_record(content: bytes) -> dict[str, Any]:
    return _record_of(content, leave_out="")


def _programme_record(content: bytes) -> dict[str, Any]:
    # The list of films is no input of a film: what a film shows of it (a title on a card) is in that card's key.
    return _record_of(content, leave_out="PROGRAMME")


def _record_of(content: bytes, leave_out: str) -> dict[str, Any]:
    from film.inputs import syntax  # only what is not remembered needs to be parsed

    try:
        tree = syntax.parsed(content)
    except (SyntaxError, ValueError):
        # It fails wherever it is imported; until it is mended its bytes stand for it.
        digest = hashlib.sha256(content).hexdigest()
        return {"digest": digest, "imports": [], "defined": [], "quiet": False, "strings": []}
    tree.body = [node for node in tree.body if leave_out not in syntax.assigned(node)]
    definitions = [getattr(node, "name", "") for node in tree.body]
    return {
        "digest": syntax.digest([tree]),
        "imports": syntax.imports(tree),
        "defined": sorted({*definitions, *(name for node in tree.body for name in syntax.assigned(node))} - {""}),
        "quiet": all(syntax.is_quiet(node) for node in tree.body),
        "strings": syntax.spelled_parts(tree),
    }
