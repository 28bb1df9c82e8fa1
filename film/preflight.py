"""What is known before anything renders: every mistake of scripts and scenes, and which narration is not ready."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from film.failure import blamed, first_line, is_missing_library
from narration.script import Place, Problem, Script, ScriptErrors
from narration.takes import TakeError, check_take
from scenes.programme import Concept
from scenes.stage.contract import contract_problems


@dataclass(frozen=True)
class Checked:
    """The scripts by concept, and why beats (``concept@beat``) have no usable take."""

    scripts: dict[str, Script]
    stale: dict[str, str]

    def told(self) -> dict[str, dict[str, Any]]:
        """What is worth remembering, by film: its title, its beats by name with their titles, and its stale beats."""
        return {
            name: {
                "title": script.title,
                "beats": {beat.name: beat.title for beat in script.beats},
                "stale": {address: why for address, why in self.stale.items() if address.partition("@")[0] == name},
            }
            for name, script in self.scripts.items()
        }


def preflight(concepts: Sequence[Concept]) -> Checked:
    """Read every script and compare it with its scene.

    Raises ScriptErrors with all problems of all concepts at once; ImportError for a missing package or library.
    """
    scripts: dict[str, Script] = {}
    problems: list[Problem] = []
    for concept in concepts:
        try:
            scene = concept.scene_class()
            scripts[concept.name] = script = scene.read_script()
            problems += contract_problems(scene, script)
        except ScriptErrors as errors:
            problems += errors.problems
        except Exception as error:
            if is_missing_library(error):
                raise
            problems.append(scene_problem(concept, error))
    if problems:
        raise ScriptErrors(problems)
    return Checked(scripts, _stale(concepts, scripts))


def told(concepts: Sequence[Concept]) -> dict[str, dict[str, Any]]:
    """What :func:`preflight` finds, as :meth:`Checked.told` says it; raises what it raises."""
    return preflight(concepts).told()


def scene_problem(concept: Concept, error: Exception) -> Problem:
    """Why a scene module cannot be imported, or its facts not be computed."""
    place, remedy = Place(concept.scene_path, 1, 1), "mend the scene"
    if not concept.scene_path.exists():
        return Problem(place, "the scene module is missing", f"write the class {concept.class_name} there")
    if isinstance(error, SyntaxError):
        place = Place(Path(error.filename or concept.scene_path), error.lineno or 1, error.offset or 1)
        return Problem(place, f"Python cannot read it: {error.msg}", remedy)
    if isinstance(error, AttributeError) and error.name == concept.class_name:
        return Problem(place, f"there is no class {concept.class_name}", "write it, or mend its name")
    if (frame := blamed(error)) is not None:
        place = Place(Path(frame.filename), frame.lineno or 1, (frame.colno or 0) + 1)
    return Problem(place, f"{type(error).__name__}: {first_line(error)}", remedy)


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
