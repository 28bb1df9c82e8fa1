"""The documentation: no command in it is wrong, and what it says of formats and documents is so.

Commands that are quick are run. Of the others everything is checked but the work: options, values, films and beats.
The first film is written as its page says, in a copy of the project.
"""

from __future__ import annotations

import ast
import json
import os
import re
import shlex
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

import render
from commands.by_name import COMMANDS
from commands.completed import AddressType, PartType
from film.address import addresses_of, films_of
from narration.fact import Fact, Facts
from narration.number_format import format_value
from narration.script import Cue, Pause, read_script
from scenes.programme import ROOT, part

from .project_copy import copy_project

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
DOOR = re.compile(r"(?:\S*/python3? )?(?:\./|\S*/)?render\.py\b")
QUICK = {"list", "completion", "doctor", "store", "server"}
# Programs of others, whose options are not ours to check.
FOREIGN = {"git", "cd", "ssh", "srun", "kill", ".uv/bin/uv", ".venv/bin/dask", ".venv/bin/jupyter", "apt", "sha256sum"}
FILM = "one_flip"  # that docs/first-film.md writes


@dataclass(frozen=True)
class Line:
    """A command of a page."""

    page: str
    text: str

    @property
    def words(self) -> list[str]:
        """The words after ``render.py``; without it, all."""
        found = DOOR.match(self.text)
        return shlex.split(self.text[found.end() :] if found else self.text, comments=True)

    @property
    def is_ours(self) -> bool:
        """Whether it runs ``render.py``."""
        return DOOR.match(self.text) is not None


def lines_of(page: Path) -> Iterator[Line]:
    """The commands of a page's ``sh`` blocks, continued lines joined."""
    for block in re.findall(r"^```sh\n(.*?)^```", page.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE):
        for text in block.replace("\\\n", " ").splitlines():
            if text.strip() and not text.startswith("#"):
                yield Line(page.name, text.strip())


LINES = [line for page in PAGES for line in lines_of(page)]
OURS = [line for line in LINES if line.is_ours]


def arguments(line: Line) -> tuple[click.Command, list[str]]:
    """The command that a line means, and what it is given; parsed as it is when it runs, patterns and names too.

    Raises click.UsageError or UnknownName for whatever is wrong.
    """
    words = [word.replace("$scheduler", "tcp://host:8786") for word in line.words]
    group = render.main.make_context("render.py", list(words))
    rest = [*group._protected_args, *group.args]
    if not rest:
        return render.main, []
    name, command, given = render.main.resolve_command(group, rest)
    assert command is not None
    context = command.make_context(name, list(given), parent=group)
    for parameter in command.params:
        value = context.params.get(parameter.name or "") or ()
        texts = (value,) if isinstance(value, str) else value
        if isinstance(parameter.type, AddressType):
            known = [text for text in texts if not text.startswith(FILM)]
            (addresses_of if parameter.type.beats else films_of)(known or ["kraft"])
        elif isinstance(parameter.type, PartType):
            for text in texts:
                part(text)
    return command, given


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with what an author would bring."""
    (tmp_path / "budget.wav").touch()
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("line", OURS, ids=lambda line: f"{line.page}: {line.text}")
def test_a_command_of_the_documentation_is_right(line: Line, folder: Path) -> None:
    command, given = arguments(line)
    name = command.name or ""
    options = [option for parameter in command.params for option in parameter.opts]
    if name not in QUICK or {"--prune", "start", "stop"} & set(given) or any(FILM in word for word in given):
        return
    if next(other for other in OURS if other.words == line.words) is not line:
        return  # it has been run where it stands first
    kept = ["--store", str(folder / "store")] if "--store" in options else []
    result = CliRunner().invoke(render.main, [name, *given, *kept])
    assert result.exit_code == 0, result.output
    assert result.output


@pytest.mark.parametrize("line", [line for line in LINES if not line.is_ours], ids=lambda line: line.text)
def test_what_is_not_ours_is_there(line: Line) -> None:
    first, *rest = line.words
    if first == "make":
        targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
        assert next(word for word in rest if "=" not in word) in targets
    elif first == ".venv/bin/manim":
        file, scene = rest[-2:]
        assert f"class {scene}(" in (ROOT / file).read_text(encoding="utf-8")
    elif rest[:1] == ["-m"] and first == ".venv/bin/python":
        path = ROOT / rest[1].replace(".", "/")
        assert path.with_suffix(".py").is_file() or (path / "__main__.py").is_file()
    else:
        assert first in FOREIGN or "=" in first, f"{line.page}: what is {first}?"


@pytest.mark.parametrize(
    "text",
    [
        *("scene krafd", "scene kraft@budgte", "clip kraft@budgte", "scene kraft --colour", "stil x"),
        *("chapter entrapy", "site entrapy", "publish entrapy", "watch krafd", "watch kraft@wall"),
    ],
)
def test_a_wrong_command_would_be_found(text: str, folder: Path) -> None:
    with pytest.raises((click.UsageError, LookupError)):
        arguments(Line("x.md", f"./render.py {text}"))


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_an_example_in_commands_md(name: str, folder: Path) -> None:
    shown = [line for line in OURS if line.page == "commands.md" and line.words[:1] == [name]]
    assert shown, f"docs/commands.md: show `./render.py {name} ...` in a sh block"


def test_mentions_in_prose_name_commands() -> None:
    """`render.py still kraft` in the middle of a sentence."""
    for page in PAGES:
        prose = re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
        for mention in re.findall(r"`(?:\./|\.venv/bin/python )?render\.py +([a-z][a-z_]*)", prose):
            assert mention in COMMANDS, f"{page.name}: {mention}"


def test_the_door_can_be_called_by_its_name() -> None:
    assert os.access(ROOT / "render.py", os.X_OK), "git update-index --chmod=+x render.py"


def test_links_lead_somewhere() -> None:
    for page in PAGES:
        for target in re.findall(
            r"\]\(([^)#]+?)(?:#[^)]*)?\)", re.sub(r"```.*?```|`[^`]*`", "", page.read_text(), flags=re.DOTALL)
        ):
            assert target.startswith(("http", "mailto")) or (page.parent / target).exists(), f"{page.name}: {target}"


# ---- what the pages say --------------------------------------------------------------------------

FORMATS = (ROOT / "docs" / "script-format.md").read_text(encoding="utf-8")


def test_the_example_script_is_read(tmp_path: Path) -> None:
    (example,) = re.findall(r"^```markdown\n(.*?)^```", FORMATS, re.DOTALL | re.MULTILINE)
    path = tmp_path / "example.md"
    path.write_text(example, encoding="utf-8")
    facts = Facts(bill=Fact(Fraction(3, 2)), share=Fact(Fraction(1, 4)), word=Fact("010"))
    script = read_script(path, facts)
    budget, myth = script.beats
    assert script.title == "The price of a codeword"
    assert budget.cues == ("price", "bill")
    assert [item.seconds for item in budget.items if isinstance(item, Pause)] == [0.8]
    assert "Its length is ℓ(x)." in budget.caption
    assert "In 25 % cases, write 010." in budget.caption
    assert "twenty-five percent of all cases, write zero one zero." in budget.spoken
    assert (myth.title, myth.caption) == ("Myth", "Must it be [exactly] one?")
    assert not [item for item in myth.items if isinstance(item, Cue)]


def test_the_table_of_formats_is_true() -> None:
    rows = re.findall(r"^\| (none|`[^`]+`) \| [^|]+ \| `([^`]+)` \| ([^|]+) \| ([^|]+) \|$", FORMATS, re.MULTILINE)
    assert len(rows) == 12
    for spec, example, shown, said in rows:
        value: object = Fraction(example) if "/" in example else ast.literal_eval(example)
        assert isinstance(value, (int, float, Fraction, str))
        wording = format_value(value, "" if spec == "none" else spec.strip("`"))
        assert (wording.shown, wording.spoken) == (shown, said), spec


@pytest.mark.parametrize(
    "command", [("list", "kraft"), ("store",), ("doctor",), ("still", "kraft@nothing")], ids=" ".join
)
def test_every_field_of_a_document_is_told(command: tuple[str, ...], folder: Path) -> None:
    result = CliRunner().invoke(render.main, [*command, "--json", "--store", str(folder / "store")])
    told = set(re.findall(r"`([a-z_]+)`", (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")))

    def names(value: object) -> Iterator[str]:
        if isinstance(value, dict):
            yield from value
        for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
            yield from names(inner)

    document = json.loads(result.stdout)
    assert {"command", "exit_code", "error", "products", "findings"} <= document.keys()
    assert document["exit_code"] == result.exit_code
    assert set(names(document)) - told == set()


@pytest.mark.slow
def test_the_first_film_is_made_as_its_page_says(tmp_path: Path) -> None:
    """Every command of docs/first-film.md one after the other, in the small project, whose part is called trial."""
    project = copy_project(tmp_path / "project")
    for line in lines_of(ROOT / "docs" / "first-film.md"):
        if not line.is_ours or line.words[0] == "doctor":
            continue
        words = [word.replace("entropy/", "trial/") for word in line.words]
        if words[0] == "narrate":
            if shutil.which("flite") is None:
                continue
            words += ["--voice", "flite:rms"]
        words = [word.replace("-pql", "-ql") for word in words]
        result = project.run(*words)
        assert result.returncode == 0, f"{words}: {result.stderr}"
    made = {path.name for path in (project.root / "films").iterdir()}
    assert {"one_flip.mp4", "one_flip@answer.mp4", "one_flip@question.png", "one_flip.storyboard.png"} <= made
