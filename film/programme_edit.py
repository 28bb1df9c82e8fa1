"""A film's name added to the programme: the source is changed at one place, found in its syntax; all else stays."""

from __future__ import annotations

import ast
from dataclasses import dataclass

from film.errors import FilmError

LINE_LENGTH = 120
DECLARATION, NAMES = "PROGRAMME", "concept_names"


@dataclass(frozen=True)
class _Text:
    """A source whose places are counted as Python's syntax counts them: lines from 1, columns in bytes."""

    source: str

    def offset(self, line: int, column: int) -> int:
        """The place as an index into the source."""
        lines = self.source.splitlines(keepends=True)
        return sum(map(len, lines[: line - 1])) + len(lines[line - 1].encode()[:column].decode())

    def line(self, number: int) -> str:
        """A line without its end."""
        return self.source.splitlines()[number - 1]


def with_film(source: str, part: str, name: str) -> str:
    """The *source* of the programme with *name* as the last film of *part*.

    Raises FilmError when the declaration is not written as a plain tuple of names.
    """
    names = _names_of(source, part)
    changed = _inserted(_Text(source), names, name)
    _check(source, changed, part, name)
    return changed


def parts_of(source: str) -> dict[str, tuple[str, ...]]:
    """By part: its films, as the source declares them. Raises FilmError for any other way of writing."""
    found: dict[str, tuple[str, ...]] = {}
    for call in _parts(source):
        fields = {keyword.arg: keyword.value for keyword in call.keywords}
        try:
            found[ast.literal_eval(fields["name"])] = tuple(ast.literal_eval(fields[NAMES]))
        except (KeyError, ValueError, TypeError) as error:
            raise _unreadable() from error
    return found


def _parts(source: str) -> list[ast.Call]:
    declared: ast.expr | None = None
    for node in ast.parse(source).body:
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        if any(isinstance(target, ast.Name) and target.id == DECLARATION for target in targets):
            declared = getattr(node, "value", None)
    if not isinstance(declared, ast.Tuple | ast.List):
        raise _unreadable()
    calls = [part for part in declared.elts if isinstance(part, ast.Call)]
    if len(calls) != len(declared.elts):
        raise _unreadable()
    return calls


def _names_of(source: str, part: str) -> ast.Tuple | ast.List:
    for call in _parts(source):
        fields = {keyword.arg: keyword.value for keyword in call.keywords}
        named, names = fields.get("name"), fields.get(NAMES)
        if isinstance(named, ast.Constant) and named.value == part and isinstance(names, ast.Tuple | ast.List):
            return names
    raise _unreadable()


def _inserted(text: _Text, names: ast.Tuple | ast.List, name: str) -> str:
    begin, end = (
        text.offset(names.lineno, names.col_offset),
        text.offset(names.end_lineno or 0, names.end_col_offset or 0),
    )
    written = f'"{name}"'
    if names.elts and names.lineno != names.end_lineno:
        last = names.elts[-1]
        after = text.offset(last.end_lineno or 0, last.end_col_offset or 0)
        indent = text.line(last.lineno)[: last.col_offset]
        if not indent.strip():  # a name a line: one more line
            comma = text.source[after : after + 1] == ","
            return (
                f"{text.source[: after + comma]}{'' if comma else ','}\n{indent}{written},"
                + text.source[after + comma :]
            )
    elements = [*(ast.get_source_segment(text.source, element) or "" for element in names.elts), written]
    opening, closing = ("(", ")") if isinstance(names, ast.Tuple) else ("[", "]")
    single = "," if len(elements) == 1 and opening == "(" else ""
    line = f"{opening}{', '.join(elements)}{single}{closing}"
    first, rest = text.line(names.lineno), text.line(names.end_lineno or 0)
    before, behind = first.encode()[: names.col_offset].decode(), rest.encode()[names.end_col_offset :].decode()
    if len(before + line + behind) > LINE_LENGTH:
        indent = first[: len(first) - len(first.lstrip())]
        line = "\n".join([opening, *(f"{indent}    {element}," for element in elements), indent + closing])
    return text.source[:begin] + line + text.source[end:]


def _check(before: str, after: str, part: str, name: str) -> None:
    """The one name has been added, and nothing else has changed."""
    old, new = parts_of(before), parts_of(after)
    if new != old | {part: (*old[part], name)}:
        raise _unreadable()


def _unreadable() -> FilmError:
    return FilmError(
        f"scenes/programme.py: {DECLARATION} is not a tuple of Part(name=..., {NAMES}=(...)) with plain names; "
        "add the film there by hand"
    )
