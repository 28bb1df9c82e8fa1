"""Python read as syntax, without what cannot change a picture: docstrings, comments, positions and formatting."""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


def parsed(content: bytes) -> ast.Module:
    """The syntax tree of a module without strings that stand by themselves: docstrings, of attributes too.

    Raises SyntaxError, or ValueError for a null byte.
    """
    tree = ast.parse(content)
    for node in ast.walk(tree):
        for block in ("body", "orelse", "finalbody"):
            statements = getattr(node, block, None)
            if isinstance(statements, list):
                statements[:] = [statement for statement in statements if not _is_string(statement)]
    return tree


def digest(nodes: Sequence[ast.AST]) -> str:
    """A hash of what *nodes* say, wherever and however it is written."""
    text = "\n".join(ast.dump(node) for node in nodes)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def executed(tree: ast.AST) -> Iterator[ast.AST]:
    """Every node but those under ``if TYPE_CHECKING``, which never run."""
    todo = [tree]
    while todo:
        node = todo.pop()
        yield node
        if isinstance(node, ast.If) and is_for_types(node):
            todo.extend(node.orelse)
        else:
            todo.extend(ast.iter_child_nodes(node))


def is_for_types(node: ast.stmt) -> bool:
    """Whether this is ``if TYPE_CHECKING:``."""
    if not isinstance(node, ast.If):
        return False
    return getattr(node.test, "id", getattr(node.test, "attr", "")) == "TYPE_CHECKING"


def imports(tree: ast.AST) -> list[list[Any]]:
    """The imports that run: *[level, module, name, bound name]*; *name* is empty for ``import module``."""
    found: list[list[Any]] = []
    for node in executed(tree):
        if isinstance(node, ast.Import):
            found += [[0, part.name, "", part.asname or part.name.partition(".")[0]] for part in node.names]
        elif isinstance(node, ast.ImportFrom):
            found += [[node.level, node.module or "", part.name, part.asname or part.name] for part in node.names]
    return sorted(found)


def assigned(node: ast.stmt) -> list[str]:
    """The names that an assignment of plain names binds; none for any other statement."""
    targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
    leaves = list(_leaves(targets))
    return [leaf.id for leaf in leaves if isinstance(leaf, ast.Name)] if _all_names(leaves) else []


def is_quiet(node: ast.stmt) -> bool:
    """Whether a statement of a module only binds names: importing the module then changes nothing elsewhere."""
    if isinstance(node, ast.If):
        return not node.orelse and (is_for_types(node) or _is_main(node))
    return isinstance(node, (ast.Import, ast.ImportFrom, ast.Pass, *DEFINITIONS)) or bool(assigned(node))


def spelled_parts(tree: ast.AST) -> list[str]:
    """The strings in *tree* that could be a file or a folder, each part of a path by itself."""
    parts: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and len(node.value) < 200:
            parts.update(part for part in node.value.split("/") if part and not any(c.isspace() for c in part))
    return sorted(part for part in parts if part.isprintable())


def _leaves(targets: Iterable[ast.expr]) -> Iterator[ast.expr]:
    for target in targets:
        if isinstance(target, ast.Tuple | ast.List):
            yield from _leaves(target.elts)
        else:
            yield target.value if isinstance(target, ast.Starred) else target


def _all_names(leaves: Sequence[ast.expr]) -> bool:
    return bool(leaves) and all(isinstance(leaf, ast.Name) for leaf in leaves)


def _is_string(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


def _is_main(node: ast.If) -> bool:
    return isinstance(node.test, ast.Compare) and getattr(node.test.left, "id", "") == "__name__"
