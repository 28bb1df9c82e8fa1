"""What mobjects do most often, done without detours and to the same result.

Copying, colouring, fading, updating, listing a family: Manim has no plug point for these.
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
_fade_in_general = VMobject.fade
_update_in_general = Mobject.update
_PAINTS = ("fill", "stroke", "background_stroke")
_SETTERS = {name: getattr(VMobject, name) for name in ("set_fill", "set_stroke", "set_background_stroke")}


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


def fade(self: Any, darkness: float = 0.5, family: bool = True) -> Any:
    """What ``VMobject.fade`` does; without a sheen there is but one opacity to set of each kind."""
    kind = type(self)
    if self.sheen_factor != 0 or any(getattr(kind, name) is not method for name, method in _SETTERS.items()):
        return _fade_in_general(self, darkness, family)
    for name in _PAINTS:
        rgbas = getattr(self, f"{name}_rgbas")
        opacity = (1.0 - darkness) * rgbas[0, 3]
        rgbas[:, 3] = opacity
        setattr(self, f"{name}_opacity", opacity)
    if family:
        for part in self.submobjects:
            part.fade(darkness, family)
    return self


def update(self: Any, dt: float = 0, recursive: bool = True) -> Any:
    """What ``Mobject.update`` does; most mobjects have nothing to do, and are not asked."""
    if self.updating_suspended:
        return self
    if self.updaters:
        return _update_in_general(self, dt, recursive)
    if recursive:
        for part in self.submobjects:
            if part.updaters or part.submobjects or type(part).update is not update:
                part.update(dt, recursive=recursive)
    return self


def quick_mobjects() -> AbstractContextManager[None]:
    """Let mobjects do so until the ``with`` block ends."""
    return replaced(
        (Mobject, "__deepcopy__", deep_copy),
        (Mobject, "get_family", family),
        (Mobject, "update", update),
        (VMobject, "generate_rgbas_array", rgbas),
        (VMobject, "fade", fade),
    )
