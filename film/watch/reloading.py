"""Changed sources in a process that has imported the old ones."""

from __future__ import annotations
import __future__

import ast
import importlib
import inspect
import linecache
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any

from film.inputs import syntax
from film.watch.patch import ModulePatch, Patch

_KEPT = "compute_facts"  # facts are remembered by the function that computes them


def apply(patch: Patch, root: Path, scene_class: str) -> None:
    """Make the imported modules what *patch* says. Raises what the changed definitions raise."""
    forget(patch.forgotten)
    linecache.checkcache()
    for part in patch.modules:
        _apply_to(sys.modules[module_name(part.file)], part, root / part.file, scene_class)


def forget(files: Iterable[str]) -> None:
    """Have the modules of *files* imported anew by whoever imports them next, and the packages that hand them on."""
    names = {module_name(file) for file in files} & sys.modules.keys()
    parents = {name.rpartition(".")[0] for name in names} - {""}
    names |= {name for name in parents if _hands_on(sys.modules.get(name))}
    for name in names:
        parent, _, own = name.rpartition(".")
        if parent in sys.modules and hasattr(sys.modules[parent], own):
            delattr(sys.modules[parent], own)
        del sys.modules[name]
    importlib.invalidate_caches()
    for name in names & parents:  # a package that is made anew still has the modules that have not changed
        package = importlib.import_module(name)
        for inside in [each for each in sys.modules if each.rpartition(".")[0] == name]:
            setattr(package, inside.rpartition(".")[2], sys.modules[inside])


def module_name(file: str) -> str:
    """``scenes/stage/theme.py`` is ``scenes.stage.theme``."""
    return file.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def _hands_on(package: ModuleType | None) -> bool:
    return package is not None and any(
        isinstance(value, type | FunctionType) for value in vars(package).values() if not isinstance(value, ModuleType)
    )


def _apply_to(module: ModuleType, part: ModulePatch, path: Path, scene_class: str) -> None:
    tree = ast.parse(part.text, str(path))
    flags = __future__.annotations.compiler_flag if "annotations" in vars(module) else 0
    old_scene = vars(module).get(scene_class)
    for name in part.removed:
        vars(module).pop(name, None)
    for node in _statements(tree, part):
        code = compile(ast.Module([node], []), str(path), "exec", flags, dont_inherit=True)
        exec(code, vars(module))  # the author's own code, as an import would run it
    _carry_over(old_scene, vars(module).get(scene_class))
    _place_anew(module, compile(tree, str(path), "exec", dont_inherit=True))


def _statements(tree: ast.Module, part: ModulePatch) -> Iterator[ast.stmt]:
    """The statements to run again, in the order of the file."""
    for node in tree.body:
        if isinstance(node, ast.Import | ast.ImportFrom):
            bound = {each.asname or each.name.partition(".")[0] for each in node.names}
            wanted = part.imports
        else:
            bound = {getattr(node, "name", ""), *syntax.assigned(node)}
            wanted = part.definitions
        if not bound.isdisjoint(wanted):
            yield node


def _carry_over(old: type | None, new: type | None) -> None:
    if old is not None and new is not None and old is not new and _KEPT in vars(old):
        setattr(new, _KEPT, vars(old)[_KEPT])


# ---- places --------------------------------------------------------------------------------------


def _place_anew(module: ModuleType, code: CodeType) -> None:
    """Functions that have only moved in their file get code that knows its new lines: errors name them."""
    codes: dict[str, list[CodeType]] = {}
    for each in _inside(code):
        codes.setdefault(each.co_qualname, []).append(each)
    for value in list(vars(module).values()):
        for function in _functions(value, module.__name__):
            found = codes.get(function.__qualname__, [])
            if len(found) == 1 and found[0].co_freevars == function.__code__.co_freevars:
                function.__code__ = found[0]


def _inside(code: CodeType) -> Iterator[CodeType]:
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield constant
            yield from _inside(constant)


def _functions(value: Any, module: str) -> Iterator[FunctionType]:
    """The functions of *module* that a name of it stands for: itself, or the methods of a class."""
    if isinstance(value, type):
        if value.__module__ == module:
            for member in vars(value).values():
                if not isinstance(member, type):
                    yield from _functions(member, module)
        return
    if isinstance(value, property):
        value = value.fget
    value = getattr(value, "__func__", value)  # of a static method
    found = inspect.unwrap(value) if callable(value) else None
    if isinstance(found, FunctionType) and found.__module__ == module:
        yield found
