"""What is wrong has a place that editors understand, relative to the project."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from film.watch.finding import of_error, of_problem, of_syntax, of_text
from film.watch.script_text import beat_lines
from narration.script_problem import Place, Problem

ROOT = Path("/project")


def test_a_problem_of_the_check() -> None:
    place = Place(ROOT / "narration" / "en" / "lamp.md", 3, 14)
    found = of_problem(Problem(place, "no cue 'pres'", "write [pres]"), ROOT)
    assert str(found) == "narration/en/lamp.md:3:14: no cue 'pres'; write [pres]"


def test_a_module_that_python_cannot_read() -> None:
    with pytest.raises(SyntaxError) as caught:
        ast.parse("a = 1\nb = (\n")
    assert of_syntax(caught.value, "scenes/trial/lamp.py").place == "scenes/trial/lamp.py:2:5"


def test_an_error_that_names_its_place_itself() -> None:
    found = of_text("/project/narration/en/lamp.md:7:1: in beat 'light': late", "light", ROOT)
    assert (found.place, found.text, found.beat) == ("narration/en/lamp.md:7:1", "in beat 'light': late", "light")
    assert of_text("scenes/lamp.py:7: in light: broken", "light", ROOT).place == "scenes/lamp.py:7:1"
    assert str(of_text("no space left", "light", ROOT)) == "light: no space left"


def test_an_error_in_nobodys_scene_has_no_wrong_place() -> None:
    assert of_error(KeyboardInterrupt(), "light", ROOT).place == ""


def test_the_lines_of_a_beat(tmp_path: Path) -> None:
    script = tmp_path / "lamp.md"
    script.write_text("# A lamp\n\n## dark: Dark\nOne.\nTwo.\n\n## light: Light\nThree.\n", encoding="utf-8")
    assert beat_lines(script, "dark") == (3, ["## dark: Dark", "One.", "Two."])
    assert beat_lines(script, "light") == (7, ["## light: Light", "Three."])
    assert beat_lines(script, "late") == (0, [])
    assert beat_lines(tmp_path / "gone.md", "dark") == (0, [])
