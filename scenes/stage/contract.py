"""Contract 2, checked without rendering: every beat has a method, every method a beat, every cue is waited for."""

from __future__ import annotations

import ast
import difflib
import inspect
import textwrap
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from narration.script import Place, Problem, Script, ScriptErrors

if TYPE_CHECKING:
    from scenes.stage.concept_scene import ConceptScene

WAITS = frozenset({"until", "wait_until"})


@dataclass(frozen=True, slots=True)
class BeatMethod:
    """A beat's method: where it stands, the cues it asks for, and every string in it (a cue may wait in a tuple).

    What its private methods ask for counts as its own.
    """

    place: Place
    waits: tuple[tuple[str, Place], ...]
    strings: frozenset[str]


def beat_methods(scene: type[ConceptScene[Any]]) -> dict[str, BeatMethod]:
    """The public methods that the scene's own class defines, less those it overrides."""
    from scenes.stage.concept_scene import ConceptScene

    own = {name: member for name, member in vars(scene).items() if inspect.isfunction(member)}
    return {name: _read(name, own) for name in own if not name.startswith("_") and not hasattr(ConceptScene, name)}


def _read(name: str, methods: dict[str, Any]) -> BeatMethod:
    waits: list[tuple[str, Place]] = []
    strings: set[str] = set()
    todo, seen = [name], {name}
    while todo:
        tree, path, line, column = _parsed(methods[todo.pop()])
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                strings.add(node.value)
            elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                called, argument = node.func.attr, node.args[0] if node.args else None
                if called in methods and called.startswith("_") and called not in seen:
                    seen.add(called)
                    todo.append(called)
                if called in WAITS and isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                    where = Place(path, line + argument.lineno - 1, column + argument.col_offset)
                    waits.append((argument.value, where))
    _, path, line, column = _parsed(methods[name])
    return BeatMethod(Place(path, line, column), tuple(waits), frozenset(strings))


def _parsed(method: Any) -> tuple[ast.Module, Path, int, int]:
    """The method's syntax tree, its file, and the line and column where it stands there (from 1)."""
    lines, first = inspect.getsourcelines(method)
    source = "".join(lines)
    column = len(source) - len(source.lstrip()) + 1
    return ast.parse(textwrap.dedent(source)), Path(inspect.getsourcefile(method) or "?"), first, column


def check_contract(scene: type[ConceptScene[Any]], script: Script) -> None:
    """Raise :class:`ScriptErrors` with every place where script and scene disagree."""
    problems = contract_problems(scene, script)
    if problems:
        raise ScriptErrors(problems)


def contract_problems(scene: type[ConceptScene[Any]], script: Script) -> tuple[Problem, ...]:
    """Every place where script and scene disagree."""
    from scenes.stage.concept_scene import ConceptScene

    methods = beat_methods(scene)
    problems: list[Problem] = []
    for beat in script.beats:
        if hasattr(ConceptScene, beat.name):
            problems.append(
                Problem(beat.place, f"'{beat.name}' is a name of Manim's Scene", "give the beat another name")
            )
        elif beat.name not in methods:
            remedy = f"write 'def {beat.name}(self, beat: Beat) -> None' in {scene.__name__}" + _near(
                beat.name, list(methods)
            )
            problems.append(Problem(beat.place, f"no method for the beat '{beat.name}'", remedy))
        else:
            problems += _cue_problems(beat.name, beat.cues, beat.place, methods[beat.name])
    names = {beat.name for beat in script.beats}
    for name, method in methods.items():
        if name not in names:
            remedy = f"write '## {name}' in {script.path.name}, or start the method's name with '_'" + _near(
                name, list(names)
            )
            problems.append(Problem(method.place, f"no beat for the method '{name}'", remedy))
    return tuple(problems)


def _cue_problems(beat: str, cues: tuple[str, ...], beat_place: Place, method: BeatMethod) -> list[Problem]:
    problems = []
    for cue, place in method.waits:
        if cue not in cues:
            what = f"the beat '{beat}' has no cue '{cue}'"
            problems.append(
                Problem(place, what, f"write [{cue}] where the picture should wait" + _near(cue, list(cues)))
            )
    for cue in cues:
        if cue not in method.strings:
            what = f"the cue [{cue}] of the beat '{beat}' is never waited for"
            problems.append(Problem(beat_place, what, f"take it out, or write beat.wait_until('{cue}') in the scene"))
    return problems


def _near(name: str, names: list[str]) -> str:
    close = difflib.get_close_matches(name, names, n=1)
    return f"; did you mean '{close[0]}'?" if close else ""
