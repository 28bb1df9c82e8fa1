"""Every shared mobject has an example scene that draws something."""

from __future__ import annotations

import ast
from pathlib import Path

import numpy as np
import pytest

from film.gallery import Example, examples, last_frame
from scenes.programme import ROOT
from scenes.stage.theme import THEME

STAGE = ROOT / "scenes" / "stage"
# What no viewer sees by itself.
NO_PICTURE = {"beat", "concept_scene", "contract", "exceptions", "theme", "timed_scene"}


def modules_with_pictures() -> set[str]:
    """The stage's modules that define at least one public class or picture function."""
    found = set()
    for path in STAGE.glob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        if any(isinstance(node, ast.ClassDef) and not node.name.startswith("_") for node in tree.body):
            found.add(path.stem)
    return found - NO_PICTURE


def test_every_mobject_has_an_example() -> None:
    assert modules_with_pictures() == {example.mobject for example in examples()}


@pytest.mark.parametrize("example", examples(), ids=lambda example: example.mobject)
def test_an_example_draws_something(example: Example, tmp_path: Path) -> None:
    frame = np.asarray(last_frame(example.scene, tmp_path), np.int16)
    ground = np.array([int(THEME.ground[i : i + 2], 16) for i in (1, 3, 5)])
    assert (np.abs(frame - ground).max(axis=2) > 30).mean() > 0.001
