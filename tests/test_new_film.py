"""A new film: it renders as it is, its name is put into the programme, and nothing is left of one that was refused."""

from __future__ import annotations

import ast
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.exceptions import UsageError
from hypothesis import given
from hypothesis import strategies as st

from film.document import Document
from film.errors import FilmError
from film.new_work import PROGRAMME, new_film, start_film
from film.programme_edit import LINE_LENGTH, parts_of, with_film
from scenes.programme import PROGRAMME as DECLARED
from scenes.programme import ROOT

from .project_copy import Project, copy_project

# In the project ruff finds that these are its own.
OURS = ["--config", "lint.isort.known-first-party = ['infotheory', 'narration', 'scenes']"]
SOURCE = (ROOT / PROGRAMME).read_text(encoding="utf-8")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project with nothing but its programme, and one module of a film."""
    for folder in ("scenes/entropy", "narration/en", "tests/scenes"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / PROGRAMME).write_text(SOURCE, encoding="utf-8")
    (tmp_path / "scenes/entropy/kraft_pictures.py").touch()
    return tmp_path


def everything(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


# ---- the programme -------------------------------------------------------------------------------


def test_the_programme_is_read_as_it_is_declared() -> None:
    assert parts_of(SOURCE) == {part.name: part.concept_names for part in DECLARED}


@pytest.mark.parametrize("part", [part.name for part in DECLARED])
def test_only_the_name_is_added(part: str) -> None:
    changed = with_film(SOURCE, part, "one_flip")
    removed = [line for line in SOURCE.splitlines() if line not in changed.splitlines()]
    assert len(removed) <= 1
    assert parts_of(changed)[part][-1] == "one_flip"
    assert _is_formatted(changed)


def _is_formatted(source: str) -> bool:
    command = [sys.executable, "-m", "ruff", "format", "--check", "--stdin-filename", "programme.py", "-"]
    return subprocess.run(command, input=source, text=True, capture_output=True, cwd=ROOT).returncode == 0


DECLARATIONS = {
    "none": "()",
    "one": '("a",)',
    "line": '("a", "b")',
    "lines": '(\n            "a",\n            "b",  # a remark\n        )',
    "no last comma": '(\n            "a",\n            "b"\n        )',
    "full line": "(" + ", ".join(f'"film_{i:04}"' for i in range(7)) + ")",
    "list": '["a", "b"]',
}


@pytest.mark.parametrize("names", DECLARATIONS.values(), ids=DECLARATIONS)
@pytest.mark.parametrize("declared", ["PROGRAMME: tuple[Part, ...] =", "PROGRAMME ="])
def test_every_way_of_writing_the_names(names: str, declared: str) -> None:
    other = 'Part(\n        name="é",\n        concept_names=("x",),\n    )'
    part = f'Part(\n        name="p",\n        # not to be lost\n        concept_names={names},\n    )'
    source = f"{declared} (\n    {other},\n    {part},\n)\nAFTER = 1\n"
    changed = with_film(source, "p", "new")
    assert parts_of(changed) == {"é": ("x",), "p": (*parts_of(source)["p"], "new")}
    assert "# not to be lost" in changed
    assert ("# a remark" in changed) == ("# a remark" in source)
    assert changed.endswith(")\nAFTER = 1\n")
    assert max(map(len, changed.splitlines())) <= LINE_LENGTH
    if names != DECLARATIONS["no last comma"]:
        assert _is_formatted(changed) == _is_formatted(source)


@given(st.lists(st.from_regex(r"[a-z][a-z_]{0,20}", fullmatch=True), max_size=12, unique=True))
def test_films_are_added_one_after_the_other(names: list[str]) -> None:
    source = 'PROGRAMME = (Part(name="p", concept_names=()),)\n'
    for name in names:
        source = with_film(source, "p", name)
    assert parts_of(source) == {"p": tuple(names)}
    ast.parse(source)


@pytest.mark.parametrize(
    "source",
    ["", "PROGRAMME = make()\n", "PROGRAMME = (part,)\n", 'PROGRAMME = (Part(name="p", concept_names=NAMES),)\n'],
)
def test_a_programme_that_is_written_otherwise_is_left_to_the_author(source: str) -> None:
    with pytest.raises(FilmError, match="add the film there by hand"):
        with_film(source, "p", "new")


# ---- names ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("one_flip", "names no part; write entropy/one_flip"),
        ("entrpy/one_flip", "there is no part 'entrpy'; did you mean 'entropy'?"),
        ("my part/x", 'add Part\\(name="my_part", number=3, ...\\) to scenes/programme.py'),
        ("entropy/kraft", "'kraft' is a film of 'entropy' already"),
        ("messages/kraft", "'kraft' is a film of 'entropy' already"),
        ("entropy/One-Flip", "cannot name a film .*; write one_flip"),
        ("entropy/2_flips", "cannot name a film .*; write at_2_flips"),
        ("entropy/", "cannot name a film"),
        ("entropy/lambda", "a word of Python's own; write lambda_film"),
        ("entropy/match", "a word of Python's own"),
        ("entropy/messages", "'messages' is a part already"),
        ("entropy/gallery", "another command's picture"),
        ("entropy/beat", "would be the class Beat, which scenes import"),
        ("entropy/probability_bar", "would be the class ProbabilityBar"),
        ("entropy/props", "would be the class Props"),
        ("entropy/kraft_pictures", "scenes/entropy/kraft_pictures.py exists already"),
        ("entropy/" + 31 * "a", "has 31 characters; write at most 30"),
    ],
)
def test_names_that_cannot_be_taken(root: Path, address: str, told: str) -> None:
    before = everything(root)
    with pytest.raises(UsageError, match=told):
        start_film(address, root, Document("new"))
    assert everything(root) == before


def test_a_film_that_is_there_is_not_written_over(root: Path) -> None:
    start_film("entropy/one_flip", root, Document("new"))
    before = everything(root)
    with pytest.raises(UsageError, match="already"):
        start_film("entropy/one_flip", root, Document("new"))
    (root / PROGRAMME).write_text(SOURCE, encoding="utf-8")  # as a killed run leaves it: files, but no name
    start_film("entropy/one_flip", root, Document("new"))
    assert everything(root) == before
    (root / PROGRAMME).write_text(SOURCE, encoding="utf-8")
    (root / "scenes/entropy/one_flip.py").write_text("mine")
    with pytest.raises(UsageError, match=r"scenes/entropy/one_flip\.py exists already"):
        start_film("entropy/one_flip", root, Document("new"))


@pytest.mark.parametrize("blocked", ["tests/scenes/test_one_flip.py", "narration/en", "scenes/programme.py"])
def test_nothing_is_left_of_a_film_that_could_not_be_written(
    root: Path, blocked: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = everything(root)
    replace = Path.replace

    def refuse(self: Path, target: Path) -> Path:
        if str(target).startswith(str(root / blocked)):
            raise PermissionError(13, "Permission denied", str(target))
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(FilmError, match="cannot be written"):
        start_film("entropy/one_flip", root, Document("new"))
    assert everything(root) == before


@pytest.mark.parametrize("part", ["entropy", "zoo"])
@pytest.mark.parametrize("name", ["x", "one_flip", "a" * 30])
def test_what_is_written_is_clean(root: Path, name: str, part: str) -> None:
    source = SOURCE.replace('name="entropy"', f'name="{part}"')
    (root / PROGRAMME).write_text(source, encoding="utf-8")
    texts = new_film(f"{part}/{name}", root).texts
    for path, text in texts.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    shutil.copy(ROOT / "pyproject.toml", root)
    python = [str(path) for path in texts if path.suffix == ".py"]
    for command in (["check"], ["format", "--check"]):
        ruff = [sys.executable, "-m", "ruff", *command, *OURS, *python]
        checked = subprocess.run(ruff, cwd=root, capture_output=True, text=True)
        assert checked.returncode == 0, checked.stdout
    assert not [text for text in texts.values() if "$" in text]


@pytest.mark.slow
def test_what_is_written_is_typed(tmp_path: Path) -> None:
    """The texts of a film stand in for those of one that is there, in the memory that `make test` leaves of mypy."""
    memory = ROOT / ".mypy_cache"
    if not memory.is_dir():
        pytest.skip("without its memory mypy reads Manim for minutes; run mypy first, as make test does")
    shutil.copytree(memory, tmp_path / "memory")
    (tmp_path / PROGRAMME.parent / "entropy").mkdir(parents=True)
    (tmp_path / PROGRAMME).write_text(SOURCE.replace('"binomial"', '"other"'), encoding="utf-8")
    texts = new_film("entropy/binomial", tmp_path).texts
    places, shadows = [], []
    for path, text in texts.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        if path.suffix == ".py":
            there = str(path.relative_to(tmp_path))
            assert (ROOT / there).exists()
            places.append(there)
            shadows += ["--shadow-file", there, str(path)]
    mypy = [sys.executable, "-m", "mypy", "--cache-dir", str(tmp_path / "memory"), *shadows, *places]
    checked = subprocess.run(mypy, cwd=ROOT, capture_output=True, text=True)
    assert checked.returncode == 0, checked.stdout


# ---- a whole film --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A copy of the project with a film that has just been started."""
    made = copy_project(tmp_path_factory.mktemp("new") / "project")
    started = made.run("new", "trial/one_flip", "--json")
    assert started.returncode == 0, started.stderr
    document = json.loads(started.stdout)
    assert [Path(product["path"]).name for product in document["products"]] == [
        "one_flip.md",
        "one_flip.py",
        "one_flip_facts.py",
        "test_one_flip.py",
    ]
    return made


def test_a_new_film_passes_its_check_and_is_listed(project: Project) -> None:
    checked = project.run("check", "one_flip", "--json")
    assert checked.returncode == 0, checked.stderr
    document = json.loads(checked.stdout)
    assert {finding["kind"] for finding in document["findings"]} == {"take"}, "nothing but takes that are not made yet"
    assert document["beats"] == 2
    listed = json.loads(project.run("list", "one_flip", "--json").stdout)
    (film,) = [film for part in listed["parts"] for film in part["films"]]
    assert film["question"] == "So how much does one flip tell you?"
    assert [(beat["beat"], beat["take"]) for beat in film["beats"]] == [("question", "missing"), ("answer", "missing")]


def test_a_new_film_renders(project: Project) -> None:
    scene = project.run("scene", "one_flip", "-ql", "--json")
    assert scene.returncode == 0, scene.stderr
    (video,) = json.loads(scene.stdout)["products"]
    assert (video["kind"], video["address"], video["reused"]) == ("video", "one_flip", False)
    assert Path(video["path"]).stat().st_size == video["bytes"] > 10_000
    assert video["duration"] > 10
    assert all(Path(path).exists() for path in video["files"])
    again = json.loads(project.run("scene", "one_flip", "-ql", "--json").stdout)["products"]
    assert again == [video | {"reused": True}]
    listed = json.loads(project.run("list", "one_flip@answer", "--json").stdout)
    beats = [beat for part in listed["parts"] for film in part["films"] for beat in film["beats"]]
    assert [beat["rendered"] for beat in beats] == [["480p15"], ["480p15"]]


def test_a_new_film_has_a_test_that_passes(project: Project) -> None:
    tested = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/scenes/test_one_flip.py"],
        cwd=project.root,
        capture_output=True,
        text=True,
        env={"PYTHONPATH": str(project.root), "PATH": "/usr/bin:/bin"},
    )
    assert tested.returncode == 0, tested.stdout
