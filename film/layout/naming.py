"""What the check calls a mobject: its class, what it says, and where the scene keeps it."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from typing import Any

from manim import Mobject, Text, Typst, VGroup, VMobject

from scenes.stage.live_number import LiveNumber
from scenes.stage.typeset import Words

LONGEST = 40  # characters of a text that are shown
DEEPEST = 7  # steps from props to a mobject
PLUMBING = frozenset({"submobjects", "updaters", "target", "saved_state", "id_to_vgroup_dict", "generate_target"})


def said(mobject: Mobject) -> str | None:
    """The words or the formula of a text; None for anything else."""
    if isinstance(mobject, LiveNumber):
        return mobject.shown
    if isinstance(mobject, (Words, Text)):
        return str(mobject.text)
    return str(mobject.typst_code).strip("$ ") if isinstance(mobject, Typst) else None


def plain_name(mobject: Mobject) -> str:
    """``Words('1/4')``, ``DieFace``."""
    text = said(mobject)
    if text is None:
        return type(mobject).__name__
    text = " ".join(text.split())
    return f"{type(mobject).__name__}({text if len(text) <= LONGEST else text[: LONGEST - 1] + '…'!r})"


def full_name(mobject: Mobject, ancestors: Sequence[Mobject], paths: Mapping[int, str]) -> str:
    """The plain name, with the path in the scene's props or, failing that, what it is part of."""
    name = plain_name(mobject)
    if id(mobject) in paths:
        return f"{name} at {paths[id(mobject)]}"
    for parent in reversed(ancestors):
        if id(parent) in paths:
            return f"{name} in {plain_name(parent)} at {paths[id(parent)]}"
        if type(parent) not in (VGroup, VMobject, Mobject):
            return f"{name} in {plain_name(parent)}"
    # A bare group says nothing but how large it is.
    return f"{name} of {len(mobject.submobjects)}" if type(mobject) is VGroup else name


def attribute_paths(props: Any) -> dict[int, str]:
    """The shortest path from the scene's props to every mobject in them, by the mobject's id."""
    paths: dict[int, str] = {}
    queue: deque[tuple[Any, str, int]] = deque([(props, "props", 0)])
    visited: set[int] = set()
    while queue:
        thing, path, depth = queue.popleft()
        if id(thing) in visited or depth > DEEPEST:
            continue
        visited.add(id(thing))
        if isinstance(thing, Mobject):
            paths[id(thing)] = path
        queue.extend((part, f"{path}{step}", depth + 1) for part, step in _parts(thing))
    return paths


def _parts(thing: Any) -> Iterator[tuple[Any, str]]:
    """What *thing* holds by name, key or place, with that step in Python's notation."""
    if isinstance(thing, (list, tuple)):
        yield from ((part, f"[{i}]") for i, part in enumerate(thing))
    elif isinstance(thing, dict):
        yield from ((part, f"[{key!r}]") for key, part in thing.items())
    elif isinstance(thing, Mobject):
        named = (item for item in vars(thing).items() if not item[0].startswith("_") and item[0] not in PLUMBING)
        yield from ((part, f".{name}") for name, part in named if isinstance(part, (Mobject, list, tuple, dict)))
        if not isinstance(thing, Typst):
            yield from ((part, f"[{i}]") for i, part in enumerate(thing.submobjects))
    elif is_dataclass(thing) and not isinstance(thing, type):
        yield from ((getattr(thing, field.name), f".{field.name}") for field in fields(thing))
