"""A module in pieces: its functions, classes, methods and constants, each with the names that it uses."""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Iterator, Sequence
from typing import Any

from film.inputs import syntax

# What finds names while it runs; a module that does so cannot be taken apart.
_OPAQUE_NAMES = frozenset(("globals", "locals", "vars", "eval", "exec", "compile", "__import__", "import_module"))
_BY_STRING = frozenset(("getattr", "hasattr", "attrgetter", "methodcaller"))
_SELF = frozenset(("self", "cls", "super", "type"))


def outline(content: bytes) -> dict[str, Any]:
    """The pieces of a module, for JSON: ``pieces`` (see :class:`film.inputs.reach.Piece`), ``imports``, ``opaque``."""
    try:
        tree = syntax.parsed(content)
    except (SyntaxError, ValueError):
        whole = _piece("", "", (), digest=hashlib.sha256(content).hexdigest(), eager=True)
        return {"pieces": [whole], "imports": [], "opaque": True}
    pieces = [piece for node in tree.body for piece in _pieces(node)]
    return {"pieces": pieces, "imports": syntax.imports(tree), "opaque": _is_opaque(tree)}


def _pieces(node: ast.stmt) -> Iterator[dict[str, Any]]:
    if isinstance(node, ast.Import | ast.ImportFrom) or syntax.is_for_types(node):
        return  # what is imported counts where it is used
    if isinstance(node, ast.ClassDef):
        yield from _class_pieces(node)
    elif isinstance(node, syntax.FUNCTIONS):
        yield _piece(node.name, "", [node], decorators=node.decorator_list, eager=_is_dunder(node.name))
    elif names := syntax.assigned(node):
        yield from _constants(node, names)
    else:
        yield _piece("", "", [node], eager=True)


def _class_pieces(node: ast.ClassDef) -> Iterator[dict[str, Any]]:
    methods = [part for part in node.body if isinstance(part, syntax.FUNCTIONS)]
    rest = [part for part in node.body if not isinstance(part, syntax.FUNCTIONS)]
    head: list[ast.AST] = [*node.decorator_list, *node.bases, *node.keywords, *rest]
    yield _piece(node.name, "", head, decorators=node.decorator_list)
    for method in methods:
        yield _piece(method.name, node.name, [method])


def _constants(node: ast.stmt, names: Sequence[str]) -> Iterator[dict[str, Any]]:
    """The names of an assignment; ``A, B = 1, 2`` is taken apart."""
    target, value = node.targets[0] if isinstance(node, ast.Assign) and len(node.targets) == 1 else None, None
    if isinstance(target, ast.Tuple) and isinstance(node, ast.Assign) and isinstance(node.value, ast.Tuple):
        value = node.value
        simple = len(value.elts) == len(target.elts) == len(names)
        if simple and not any(isinstance(part, ast.Starred) for part in (*target.elts, *value.elts)):
            for name, part in zip(names, value.elts, strict=True):
                yield _piece(name, "", [part])
            return
    for name in names:
        yield _piece(name, "", [node])


def _piece(
    name: str,
    owner: str,
    nodes: Sequence[ast.AST],
    *,
    digest: str = "",
    decorators: Sequence[ast.expr] = (),
    eager: bool = False,
) -> dict[str, Any]:
    inside = [node for part in nodes for node in ast.walk(part)]
    return {
        "name": name,
        "owner": owner,
        "digest": digest or syntax.digest(nodes),
        "names": sorted({node.id for node in inside if isinstance(node, ast.Name)}),
        "attributes": sorted(set(_attributes(inside))),
        "beats": sorted(set(_called_beats(inside))),
        "decorators": sorted({n.id for part in decorators for n in ast.walk(part) if isinstance(n, ast.Name)}),
        "eager": eager,
    }


def _attributes(nodes: Sequence[ast.AST]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.MatchClass):
            yield from node.kwd_attrs
        elif isinstance(node, ast.Call) and _called(node) in _BY_STRING:
            yield from (value for part in node.args for value in _string(part))


def _called_beats(nodes: Sequence[ast.AST]) -> Iterator[str]:
    """Attributes that may be a beat: a scene's own, of any class, or called with a beat; no props or other mobjects."""
    for node in nodes:
        if isinstance(node, ast.Attribute):
            owner = node.value
            name = _called(owner) if isinstance(owner, ast.Call) else getattr(owner, "id", "")
            if name in _SELF or (name[:1].isupper() and not name.isupper()):
                yield node.attr
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            if any(isinstance(part, ast.Name) and part.id == "beat" for part in node.args):
                yield node.func.attr
        elif isinstance(node, ast.Call) and _called(node) in _BY_STRING:
            yield from (value for part in node.args for value in _string(part))


def _string(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield from node.value.split(".")


def _called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def _is_dunder(name: str) -> bool:
    return name.startswith("__") and name.endswith("__")


def _is_opaque(tree: ast.Module) -> bool:
    """Whether names are found in a way that syntax does not show."""
    return any(_is_opaque_node(node) for node in syntax.executed(tree))


def _is_opaque_node(node: ast.AST) -> bool:
    if isinstance(node, ast.Name):
        return node.id in _OPAQUE_NAMES
    if isinstance(node, ast.Attribute):
        return node.attr == "__dict__"
    if isinstance(node, ast.ImportFrom):
        return any(part.name == "*" for part in node.names)
    if isinstance(node, ast.ClassDef):
        return any(part.arg == "metaclass" for part in node.keywords)
    if isinstance(node, ast.FunctionDef):
        return node.name in ("__init_subclass__", "__getattr__", "__getattribute__")
    if isinstance(node, ast.Call) and _called(node) in _BY_STRING:
        first = 1 if _called(node) in ("getattr", "hasattr") else 0
        names = node.args[first : first + 1] if first else node.args
        return any(not isinstance(part, ast.Constant) for part in names)
    return isinstance(node, ast.Global)
