"""What can be known before anything renders: every mistake of the scripts and scenes, and which narration is not ready."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from narration.script import Place, Problem, Script, ScriptErrors
from narration.takes import TakeError, check_take
from scenes.programme import Concept
from scenes.stage.contract import contract_problems


@dataclass(frozen=True)
class Checked:
    """The scripts by concept, and why beats (``concept@beat``) have no usable take."""

    scripts: dict[str, Script]
    stale: dict[str, str]


def preflight(concepts: Sequence[Concept]) -> Checked:
    """Read every script and compare it with its scene. Raises ScriptErrors with all problems of all concepts at once."""
    scripts: dict[str, Script] = {}
    problems: list[Problem] = []
    for concept in concepts:
        if not concept.scene_path.exists():
            where = Place(Path(concept.scene_path), 1, 1)
            problems.append(
                Problem(where, "the scene module is missing", f"write the class {concept.class_name} there")
            )
            continue
        scene = concept.scene_class()
        try:
            scripts[concept.name] = script = scene.read_script()
            problems += contract_problems(scene, script)
        except ScriptErrors as errors:
            problems += errors.problems
    if problems:
        raise ScriptErrors(problems)
    return Checked(scripts, _stale(concepts, scripts))


def _stale(concepts: Sequence[Concept], scripts: dict[str, Script]) -> dict[str, str]:
    stale: dict[str, str] = {}
    for concept in concepts:
        script = scripts[concept.name]
        for beat in script.beats:
            try:
                check_take(script, beat, concept.takes)
            except TakeError as error:
                stale[f"{concept.name}@{beat.name}"] = str(error)
    return stale
