"""What mobjects do most often, done without detours and to the same result: copying, colouring, listing a family.

Manim has no plug point for these.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Any

import numpy as np
from manim import BLACK, ManimColor, Mobject, VMobject

from film.drawing.quick_copies import deep_copy
from film.drawing.replaced import replaced

_MANY = 100_000  # more members than any family has: it runs in a circle
_rgbas_in_general = VMobject.generate_rgbas_array
_family_in_general = Mobject.get_family


def rgbas(self: VMobject, color: Any, opacity: Any) -> Any:
    """What ``VMobject.generate_rgbas_array`` makes; most often of one colour and one opacity, which needs no lists."""
    if self.sheen_factor == 0:
        plain = BLACK if color is None else color
        strength = 0.0 if opacity is None else opacity
        if type(plain) is ManimColor and isinstance(strength, float | int):
            return np.array([plain.to_rgba_with_alpha(strength)])
    return _rgbas_in_general(self, color, opacity)


def family(self: Mobject, recurse: bool = True) -> list[Mobject]:
    """What ``Mobject.get_family`` makes: *self* and all below it, in drawing order."""
    if not self.submobjects:
        return [self]
    found: list[Mobject] = []
    waiting = [self]
    while waiting and len(found) < _MANY:
        member = waiting.pop()
        found.append(member)
        if member.submobjects:
            waiting.extend(reversed(member.submobjects))
    return found if len(set(map(id, found))) == len(found) and not waiting else _family_in_general(self, recurse)


def quick_mobjects() -> AbstractContextManager[None]:
    """Let mobjects do so until the ``with`` block ends."""
    return replaced(
        (Mobject, "__deepcopy__", deep_copy),
        (Mobject, "get_family", family),
        (VMobject, "generate_rgbas_array", rgbas),
    )
