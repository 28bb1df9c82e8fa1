"""What the source of a concept says without being run: its modules, its constants, and which beats reach them."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from pathlib import Path

from film.inputs.closure import Sources
from film.inputs.reach import own_modules
from narration.number_format import Value
from narration.script_problem import Place

__all__ = ["ConceptSource", "Module", "called_name", "holds", "spelled"]


@dataclass(frozen=True)
class Module:
    """A Python file with its syntax tree."""

    path: Path
    text: str

    @classmethod
    def read(cls, path: Path) -> Module:
        """Read the file. Raises OSError."""
        return cls(path, path.read_text(encoding="utf-8"))

    @cached_property
    def tree(self) -> ast.Module:
        """The syntax tree. Raises SyntaxError."""
        return ast.parse(self.text, str(self.path))

    @cached_property
    def lines(self) -> Sequence[str]:
        """The lines of the file."""
        return self.text.splitlines()

    @cached_property
    def constants(self) -> dict[str, ast.expr]:
        """Names in capitals, and what stands to the right of them."""
        found: dict[str, ast.expr] = {}
        for node in self.tree.body:
            if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                names = [part for target in targets for part in ast.walk(target) if isinstance(part, ast.Name)]
                found |= {name.id: node.value for name in names if name.id.isupper()}
        return found

    @cached_property
    def functions(self) -> list[ast.FunctionDef]:
        """Functions and methods, wherever they stand."""
        return [node for node in ast.walk(self.tree) if isinstance(node, ast.FunctionDef)]

    def place(self, node: ast.expr | ast.stmt | ast.keyword) -> Place:
        """Where *node* begins; its column counted in characters, where Python counts bytes."""
        line = self.lines[node.lineno - 1]
        return Place(self.path, node.lineno, len(line.encode()[: node.col_offset].decode()) + 1)


class ConceptSource:
    """The modules of a concept: its scene, and what that imports from its own folder."""

    def __init__(self, scene: Path) -> None:
        self.modules = _modules(scene)

    def place_of_function(self, name: str) -> Place:
        """Where a function or method is defined; the start of the scene if there is none."""
        for module in self.modules:
            for function in module.functions:
                if function.name == name:
                    return module.place(function)
        return Place(self.modules[0].path, 1, 1)

    def place_of_fact(self, name: str) -> Place:
        """Where ``name=Fact(...)`` stands; ``compute_facts`` for a name that is put together."""
        for module in self.modules:
            for node in ast.walk(module.tree):
                if isinstance(node, ast.keyword) and node.arg == name and _is_call(node.value, "Fact"):
                    return module.place(node)
        return self.place_of_function("compute_facts")

    def constants_reached(self, function: str) -> frozenset[str]:
        """The constants that a beat's method names, itself or through what it calls in these modules."""
        todo, seen = [function], {function}
        found: set[str] = set()
        while todo:
            for name in self._named.get(todo.pop(), ()):
                if name.isupper():
                    found.add(name)
                elif name in self._named and name not in seen:
                    seen.add(name)
                    todo.append(name)
        return frozenset(found)

    @cached_property
    def _named(self) -> dict[str, set[str]]:
        """By function: every name and attribute in its body."""
        named: dict[str, set[str]] = {}
        for module in self.modules:
            for function in module.functions:
                named.setdefault(function.name, set()).update(_names(function))
        return named


def called_name(node: ast.Call) -> str:
    """``f`` for ``f(...)`` and for ``anything.f(...)``."""
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def spelled(node: ast.expr) -> Fraction | float | str | None:
    """The number, or the digits in quotes, that *node* spells out; None if it is anything else."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        value = spelled(node.operand)
        return None if value is None or isinstance(value, str) else -value
    if isinstance(node, ast.Call) and called_name(node) == "Fraction" and 0 < len(node.args) <= 2:
        parts = [spelled(argument) for argument in node.args]
        numbers = [Fraction(part) for part in parts if part is not None]
        return numbers[0] / (numbers[1] if len(numbers) > 1 else 1) if len(numbers) == len(parts) else None
    if isinstance(node, ast.Constant) and not isinstance(node.value, bool):
        if isinstance(node.value, int):
            return Fraction(node.value)
        if isinstance(node.value, float) or (isinstance(node.value, str) and node.value[:1].isdigit()):
            return node.value
    return None


def holds(constant: ast.expr, given: Value) -> bool:
    """Whether a constant is where this given comes from: it spells out the text, one word of it after the other, or
    the exact fraction.
    """
    parts = list(ast.walk(constant))
    if isinstance(given, str):
        texts = [part.value for part in parts if isinstance(part, ast.Constant) and isinstance(part.value, str)]
        return given in texts or given == " ".join(texts)
    fractions = (spelled(part) for part in parts if isinstance(part, ast.Call))
    return any(value is not None and value == given for value in fractions)


def _is_call(node: ast.expr, name: str) -> bool:
    return isinstance(node, ast.Call) and called_name(node) == name


def _names(function: ast.FunctionDef) -> Iterator[str]:
    for node in ast.walk(function):
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Attribute):
            yield node.attr


def _modules(scene: Path) -> tuple[Module, ...]:
    root = scene.parents[2]
    files = own_modules(Sources(root), scene.relative_to(root).as_posix())
    return tuple(Module.read(root / file) for file in files)
