"""What the command `new` does: a film that renders as it is, as a place to start from."""

from __future__ import annotations

import ast
import contextlib
import keyword
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from string import Template

import click

from film.atomic import replacing, replacing_all
from film.document import Document
from film.errors import FilmError
from film.programme_edit import parts_of, with_film
from narration.marks import NAME, name_like
from scenes.programme import Concept, nearest_name

PROGRAMME = Path("scenes/programme.py")
LONGEST_NAME = 30  # characters; the lines of the templates have room for so many
TAKEN = frozenset(("gallery",))  # what other commands call their files


@dataclass(frozen=True)
class NewFilm:
    """The files of a film that is not there yet, by their place, and the programme with its name."""

    film: Concept
    texts: dict[Path, str]
    programme: str


def start_film(address: str, root: Path, document: Document) -> None:
    """Write script, scene, facts and test of ``part/name`` and put the name into the programme: all of it, or nothing.

    Raises click.UsageError for a name that cannot be taken, FilmError for what cannot be written.
    """
    made = new_film(address, root)
    existed = {path for path in made.texts if path.exists()}
    try:
        with replacing_all(list(made.texts)) as partials:
            for partial, text in zip(partials, made.texts.values(), strict=True):
                partial.write_text(text, encoding="utf-8")
        with replacing(root / PROGRAMME) as partial:
            partial.write_text(made.programme, encoding="utf-8")
    except BaseException:
        for path in made.texts.keys() - existed:
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)
        raise
    name = made.film.name
    for path in made.texts:
        click.echo(f"Written {path.relative_to(root)}")
        document.product("source", path, address=name)
    click.echo(f"'{name}' is the last film of '{made.film.part}' in {PROGRAMME}. Now look at it:")
    for command in (f"still '{name}@*'", f"check {name}", f"scene {name} -pql"):
        click.echo(f"    ./render.py {command}")


def new_film(address: str, root: Path) -> NewFilm:
    """The film *address* means, ``part/name``, before anything is written. Raises click.UsageError."""
    declared = (root / PROGRAMME).read_text(encoding="utf-8")
    parts = parts_of(declared)
    part, slash, name = address.partition("/")
    if not slash:
        first = next(iter(parts))
        raise click.UsageError(f"'{address}' names no part; write {first}/{address} (parts: {', '.join(parts)})")
    if part not in parts:
        raise click.UsageError(
            f"there is no part '{part}'; {nearest_name(part, list(parts))}\nA new part is written by hand: add "
            f'Part(name="{name_like(part)}", number={len(parts) + 1}, ...) to {PROGRAMME}, then run this again'
        )
    film = Concept(name, part, root)
    _check_name(film, parts)
    texts = _filled(film)
    taken = _imported_classes(texts[film.scene_path])
    if film.class_name in taken:
        raise click.UsageError(
            f"'{name}' would be the class {film.class_name}, which scenes import; choose another name"
        )
    for path, text in texts.items():
        # A run that was killed may have left the very same file; it goes on from there.
        if path.exists() and not (path.is_file() and path.read_text(encoding="utf-8", errors="replace") == text):
            raise click.UsageError(f"{path.relative_to(root)} exists already; choose another name, or move it away")
    return NewFilm(film, texts, with_film(declared, part, name))


def _check_name(film: Concept, parts: dict[str, tuple[str, ...]]) -> None:
    name = film.name
    if not NAME.fullmatch(name):
        raise click.UsageError(
            f"'{name}' cannot name a film (lower-case letters, digits and _, a letter first); write {name_like(name)}"
        )
    if keyword.iskeyword(name) or keyword.issoftkeyword(name):
        raise click.UsageError(f"'{name}' is a word of Python's own; write {name}_film")
    if len(name) > LONGEST_NAME:
        raise click.UsageError(f"'{name}' has {len(name)} characters; write at most {LONGEST_NAME}")
    for part, names in parts.items():
        if name in names:
            raise click.UsageError(f"'{name}' is a film of '{part}' already; choose another name")
    if name in parts or name in TAKEN:
        whose = "a part" if name in parts else "another command's picture"
        raise click.UsageError(f"'{name}' is {whose} already, and their files would have one name; choose another")


def _filled(film: Concept) -> dict[Path, str]:
    """The templates for *film*, by where they go."""
    title = film.name.replace("_", " ").capitalize()
    words = {"name": film.name, "part": film.part, "class_name": film.class_name, "title": title}
    places = {
        film.script_path: "script.md",
        film.scene_path: "scene.py.txt",
        film.scene_path.with_name(f"{film.name}_facts.py"): "facts.py.txt",
        film.root / "tests" / "scenes" / f"test_{film.name}.py": "test.py.txt",
    }
    templates = files("film") / "new_film"
    try:
        texts = {path: (templates / file).read_text(encoding="utf-8") for path, file in places.items()}
    except OSError as error:
        raise FilmError(f"{templates}: a template is missing ({error.strerror}); restore it with git") from error
    return {path: _sorted_imports(Template(text).substitute(words)) for path, text in texts.items()}


def _sorted_imports(text: str) -> str:
    """The lines ``from scenes. ...`` in alphabetical order, whatever the part is called."""
    lines = text.split("\n")
    places = [i for i, line in enumerate(lines) if line.startswith("from scenes.")]
    for place, line in zip(places, sorted(lines[i] for i in places), strict=True):
        lines[place] = line
    return "\n".join(lines)


def _imported_classes(scene: str) -> set[str]:
    """The names that a scene module has before it defines its class."""
    tree = ast.parse(scene)
    imported = {alias.name for node in tree.body if isinstance(node, ast.ImportFrom) for alias in node.names}
    return imported | {"Props", "Scene"}
