"""Contract 2, checked without rendering: every beat has a method, every method a beat, every cue is waited for."""

from __future__ import annotations

import ast
import difflib
import dis
import functools
import inspect
import itertools
import linecache
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from narration.script import Cue, Place, Problem, Script, ScriptBeat, ScriptErrors

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
    # What has a name of Manim's is an override, or a beat that contract_problems refuses by that name.
    return {name: _read(name, own) for name in own if not name.startswith("_") and not hasattr(ConceptScene, name)}


@functools.cache
def taken_names() -> frozenset[str]:
    """The names that every scene uses already: its methods, and the attributes that it sets on itself."""
    from scenes.stage.concept_scene import ConceptScene

    names = set(dir(ConceptScene))
    for base in ConceptScene.__mro__[:-1]:
        names.update(vars(base).get("__annotations__", {}))
        for member in vars(base).values():
            functions = (member.fget, member.fset) if isinstance(member, property) else (member,)
            names.update(name for function in functions for name in _set_on_self(function))
    return frozenset(names)


def _set_on_self(function: Any) -> Iterator[str]:
    """Read off the byte code: the syntax of Manim's files takes half a second."""
    if inspect.isfunction(function):
        for receiver, store in itertools.pairwise(dis.get_instructions(inspect.unwrap(function))):
            # From Python 3.13 on, one instruction loads the value and the receiver.
            if store.opname == "STORE_ATTR" and (receiver.argval == "self" or "self" in receiver.argrepr.split(", ")):
                yield store.argval


def _read(name: str, methods: dict[str, Any]) -> BeatMethod:
    waits: list[tuple[str, Place]] = []
    strings: set[str] = set()
    todo, seen = [name], {name}
    while todo:
        definition, path = _definition(methods[todo.pop()])
        for node in ast.walk(definition):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                strings.add(node.value)
            elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                called, argument = node.func.attr, node.args[0] if node.args else None
                if called in methods and called.startswith("_") and called not in seen:
                    seen.add(called)
                    todo.append(called)
                if called in WAITS and isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                    waits.append((argument.value, _place(path, argument)))
    definition, path = _definition(methods[name])
    return BeatMethod(_place(path, definition), tuple(waits), frozenset(strings))


def _definition(method: Any) -> tuple[ast.FunctionDef | ast.Lambda, Path]:
    """The method's syntax tree, its positions being those of its file."""
    code, path = inspect.unwrap(method).__code__, inspect.getsourcefile(method) or "?"
    node = _definitions(path).get(code.co_firstlineno)
    if node is None:
        raise AssertionError(f"{path}:{code.co_firstlineno}: has changed since it was imported")
    return node, Path(path)


@functools.cache
def _definitions(path: str) -> dict[int, ast.FunctionDef | ast.Lambda]:
    """The functions of a file by the line where they (or their decorators) begin; the outermost of a line."""
    found: dict[int, ast.FunctionDef | ast.Lambda] = {}
    for node in ast.walk(_syntax(path)):
        if isinstance(node, ast.FunctionDef | ast.Lambda):
            decorators = node.decorator_list if isinstance(node, ast.FunctionDef) else []
            found.setdefault(min(part.lineno for part in (node, *decorators)), node)
    return found


def _syntax(path: str) -> ast.Module:
    linecache.checkcache(path)  # a process that watches sees a file more than once
    return _parsed("".join(linecache.getlines(path)))


@functools.cache
def _parsed(text: str) -> ast.Module:
    return ast.parse(text)


def _place(path: Path, node: ast.expr | ast.stmt) -> Place:
    """Where *node* begins; its column counted in characters, where Python counts bytes."""
    line = linecache.getline(str(path), node.lineno)
    return Place(path, node.lineno, len(line.encode()[: node.col_offset].decode()) + 1)


def check_contract(scene: type[ConceptScene[Any]], script: Script) -> None:
    """Raise :class:`ScriptErrors` with every place where script and scene disagree."""
    problems = contract_problems(scene, script)
    if problems:
        raise ScriptErrors(problems)


def contract_problems(scene: type[ConceptScene[Any]], script: Script) -> tuple[Problem, ...]:
    """Every place where script and scene disagree."""
    methods = beat_methods(scene)
    problems: list[Problem] = []
    for beat in script.beats:
        if beat.name in taken_names():
            problems.append(
                Problem(
                    beat.place, f"'{beat.name}' is a name that every scene uses already", "give the beat another name"
                )
            )
        elif beat.name not in methods:
            remedy = f"write 'def {beat.name}(self, beat: Beat) -> None' in {scene.__name__}" + _near(
                beat.name, list(methods)
            )
            problems.append(Problem(beat.place, f"no method for the beat '{beat.name}'", remedy))
        else:
            problems += _cue_problems(beat, methods[beat.name])
    names = {beat.name for beat in script.beats}
    for name, method in methods.items():
        if name not in names:
            remedy = f"write '## {name}' in {script.path.name}, or start the method's name with '_'" + _near(
                name, list(names)
            )
            problems.append(Problem(method.place, f"no beat for the method '{name}'", remedy))
    return tuple(problems)


def _cue_problems(beat: ScriptBeat, method: BeatMethod) -> list[Problem]:
    problems = []
    for cue, place in method.waits:
        if cue not in beat.cues:
            what = f"the beat '{beat.name}' has no cue '{cue}'"
            problems.append(
                Problem(place, what, f"write [{cue}] where the picture should wait" + _near(cue, list(beat.cues)))
            )
    for item in beat.items:
        if isinstance(item, Cue) and item.name not in method.strings:
            what = f"the cue [{item.name}] of the beat '{beat.name}' is never waited for"
            remedy = f"take it out, or write beat.wait_until('{item.name}') in the scene"
            problems.append(Problem(item.place, what, remedy))
    return problems


def _near(name: str, names: list[str]) -> str:
    close = difflib.get_close_matches(name, names, n=1)
    return f"; did you mean '{close[0]}'?" if close else ""
