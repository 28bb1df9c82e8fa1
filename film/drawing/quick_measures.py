"""Where a mobject's edges are, found with a few operations for its whole family.

Everything that places something beside something else asks for this. Manim lists the anchors of every curve for it, one
by one, three times over.
"""

from __future__ import annotations

import math
from contextlib import AbstractContextManager
from typing import Any

import numpy as np
from manim import Mobject, VMobject
from numpy.typing import NDArray

from film.drawing.replaced import replaced

Numbers = NDArray[np.float64]

_critical_point_in_general = Mobject.get_critical_point
_extremum_in_general = Mobject.get_extremum_along_dim
_length_in_general = Mobject.length_over_dim
_reduce = Mobject.reduce_across_dimension


def _bounds(mobject: Any) -> tuple[list[float], list[float]] | None:
    """The least and the greatest coordinates of all anchors; None where only Manim's own code can tell."""
    kind = type(mobject)
    if not (issubclass(kind, VMobject) and kind.get_points_defining_boundary is VMobject.get_points_defining_boundary):
        return None
    if mobject.submobjects:
        pieces = []
        for member in mobject.get_family():
            if type(member).get_anchors is not VMobject.get_anchors:
                return None
            count = len(member.points)
            if count == 1:
                pieces += [member.points] * 4  # its only anchor, as a curve
            elif count:
                pieces.append(member.points)
        if not pieces or any(len(piece) % 4 and len(piece) != 1 for piece in pieces):
            return None
        points = np.concatenate(pieces)
    else:
        points = mobject.points
        if not len(points) or len(points) % 4 or kind.get_anchors is not VMobject.get_anchors:
            return None
    anchors = points.reshape(-1, 4, points.shape[1])[:, ::3]
    return np.minimum.reduce(anchors, axis=(0, 1)).tolist(), np.maximum.reduce(anchors, axis=(0, 1)).tolist()


def _extremum(low: float, high: float, key: Any) -> float:
    if key < 0:
        return low
    return (low + high) / 2 if key == 0 else high


def critical_point(self: Mobject, direction: Any) -> Numbers:
    """What ``Mobject.get_critical_point`` tells."""
    bounds = _bounds(self)
    if bounds is None or len(direction) < self.dim or type(self).get_extremum_along_dim is not extremum_along_dim:
        return _critical_point_in_general(self, direction)
    return np.array(
        [_extremum(low, high, key) for low, high, key in zip(*bounds, direction[: self.dim], strict=True)], float
    )


def extremum_along_dim(self: Mobject, points: Any = None, dim: int = 0, key: Any = 0) -> Any:
    """What ``Mobject.get_extremum_along_dim`` tells."""
    bounds = _bounds(self) if points is None else None
    if bounds is None:
        return _extremum_in_general(self, points, dim, key)
    return np.float64(_extremum(bounds[0][dim], bounds[1][dim], key))


def length_over_dim(self: Mobject, dim: int) -> Any:
    """What ``Mobject.length_over_dim`` tells."""
    family = self.get_family()
    pieces = [member.points for member in family if len(member.points)]
    if not pieces or any(type(member).reduce_across_dimension is not _reduce for member in family):
        return _length_in_general(self, dim)
    values = (pieces[0] if len(pieces) == 1 else np.concatenate(pieces))[:, dim]
    length = values.max() - values.min()
    return length if math.isfinite(length) else _length_in_general(self, dim)


def quick_measures() -> AbstractContextManager[None]:
    """Let mobjects be measured so until the ``with`` block ends."""
    return replaced(
        (Mobject, "get_critical_point", critical_point),
        (Mobject, "get_extremum_along_dim", extremum_along_dim),
        (Mobject, "length_over_dim", length_over_dim),
    )
