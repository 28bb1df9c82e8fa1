"""What counts of a source file, and what does not: modules as syntax, scripts as sections."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from film.inputs.closure import Sources
from film.inputs.script_sections import ScriptSections, script_sections
from film.inputs.syntax import digest, parsed
from narration.fact import Facts
from narration.script import Cue, Pause, Script, ScriptErrors, read_script
from scenes.programme import ROOT, Concept, concept, concepts

MODULES = sorted((ROOT / "scenes" / "entropy").glob("*.py")) + sorted((ROOT / "infotheory").glob("*.py"))


def said(source: str) -> str:
    return digest([parsed(source.encode())])


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.name))
def test_another_writing_of_a_module_says_the_same(path: Path) -> None:
    """Python's own writer drops comments and layout, and chooses its quotes and brackets."""
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    assert said(ast.unparse(tree)) == said(text)
    documented = [node for node in ast.walk(tree) if isinstance(node, (ast.FunctionDef, ast.ClassDef))]
    for node in documented:
        node.body.insert(0, ast.Expr(ast.Constant("It says something else.")))
    assert said(ast.unparse(ast.fix_missing_locations(tree))) == said(text)


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_another_name_or_value_says_something_else(data: st.DataObject) -> None:
    text = data.draw(st.sampled_from(MODULES)).read_text(encoding="utf-8")
    tree = parsed(text.encode())
    places = [node for node in ast.walk(tree) if isinstance(node, (ast.Constant, ast.Name, ast.Attribute, ast.arg))]
    if not places:
        return
    node: Any = data.draw(st.sampled_from(places))
    field = {ast.Constant: "value", ast.Name: "id", ast.Attribute: "attr", ast.arg: "arg"}[type(node)]
    before = digest([tree])
    setattr(node, field, "another" if getattr(node, field) != "another" else "one more")
    assert digest([tree]) != before


# ---- scripts -------------------------------------------------------------------------------------


def content(script: Script) -> list[Any]:
    """Everything that a script says, without the places where it is written."""

    def told(item: Any) -> Any:
        if isinstance(item, Cue):
            return ("cue", item.name)
        if isinstance(item, Pause):
            return ("pause", item.seconds)
        return (item.shown, item.spoken, item.paragraph)

    return [script.title, *((beat.name, beat.title, [*map(told, beat.items)]) for beat in script.beats)]


@pytest.fixture(scope="module")
def facts() -> Facts:
    return concept("kraft").scene_class().compute_facts()


def read(folder: Path, text: str, facts: Facts) -> tuple[list[Any] | None, ScriptSections]:
    """What a script says (None if it is refused), and its sections."""
    path = folder / "kraft.md"
    path.write_text(text, encoding="utf-8")
    try:
        script = content(read_script(path, facts))
    except ScriptErrors:
        script = None
    return script, script_sections(Sources(folder), path.name)


INSERTED = st.sampled_from([*" \n\t\r\\a#\u00a0", "\n\n", "  ", "<!-- a -->", "<!-- b\n\nc -->"])
PLACES = st.lists(st.tuples(st.floats(0, 1, exclude_max=True), INSERTED, st.integers(0, 2)), min_size=1, max_size=3)


@given(edits=PLACES)
@settings(max_examples=150, deadline=None)
def test_scripts_of_equal_sections_say_the_same(
    tmp_path_factory: pytest.TempPathFactory, facts: Facts, edits: list[tuple[float, str, int]]
) -> None:
    """Comments and line breaks do not count, wherever they stand; but if they change a word or a paragraph they do."""
    folder = tmp_path_factory.mktemp("script")
    text = concept("kraft").script_path.read_text(encoding="utf-8")
    before, sections = read(folder, text, facts)
    for place, new, cut in edits:
        at = int(place * len(text))
        text = text[:at] + new + text[at + cut :]
    after, changed = read(folder, text, facts)
    if changed == sections and after is not None:
        assert after == before
    elif after is not None:
        beats = [(name, changed.beats[name]) for name in changed.beats]
        assert [name for name, _ in beats] == [beat[0] for beat in after[1:]]


def test_line_breaks_and_comments_of_a_script_do_not_count(tmp_path: Path, facts: Facts) -> None:
    text = concept("kraft").script_path.read_text(encoding="utf-8")
    before = read(tmp_path, text, facts)
    paragraphs = text.split("\n\n")
    wrapped = "\n\n<!-- between -->\n\n".join(
        part if part.startswith("#") else part.replace(" ", "\n", 1) for part in paragraphs
    )
    assert wrapped != text
    assert read(tmp_path, wrapped, facts) == before


@pytest.mark.parametrize("film", concepts(), ids=lambda film: str(film.name))
def test_the_beats_of_the_series(film: Concept) -> None:
    script = film.scene_class().read_script()
    sections = script_sections(Sources(ROOT), film.script_path.relative_to(ROOT).as_posix())
    assert list(sections.beats) == [beat.name for beat in script.beats]
    for beat in script.beats:
        assert all(f"[{cue}]" in sections.beats[beat.name] for cue in beat.cues)


def test_headings_with_comments_and_odd_spaces(tmp_path: Path) -> None:
    text = "# A <!-- not the --> title\n\n##   wall :  Human\ttitle ##\nOne.\n\nTwo\nmore.\n## next\nThree.\n"
    (tmp_path / "odd.md").write_text(text, encoding="utf-8")
    script = read_script(tmp_path / "odd.md", Facts())
    sections = script_sections(Sources(tmp_path), "odd.md")
    assert list(sections.beats) == [beat.name for beat in script.beats] == ["wall", "next"]
    assert sections.title == "# A title"
    assert sections.beats["wall"] == "## wall : Human title ##\nOne.\nTwo more."
