"""A mobject's outline handed to Cairo in one call, with the operators that Manim would send one by one.

pycairo has no call for a whole path, so ``cairo_append_path`` is called through ctypes on the library that pycairo
has loaded. Where that library cannot be reached, or pycairo's context is laid out otherwise, :data:`APPENDS_TO` is
None and Manim's own loop draws. Source: https://www.cairographics.org/manual/cairo-Paths.html (cairo_path_data_t).
"""

from __future__ import annotations

import ctypes
import ctypes.util
from collections import defaultdict
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Any, cast

import cairo
import numpy as np
from manim import VMobject
from numpy.typing import NDArray

_MOVE, _CURVE, _CLOSE = 0, 2, 3  # cairo_path_data_type_t
_NAMES = ("libcairo.so.2", "libcairo.2.dylib", "libcairo-2.dll")
_RELATIVE = 1e-5  # by which Manim takes two anchors for one, beside the mobject's own tolerance


class _Path(ctypes.Structure):
    _fields_ = (("status", ctypes.c_int), ("data", ctypes.c_void_p), ("num_data", ctypes.c_int))


class Path:
    """Rows *first* to before *end* of *data*, an array of cairo_path_data_t of shape (n, 2)."""

    __slots__ = ("_data", "struct")

    def __init__(self, data: NDArray[np.float64], first: int, end: int) -> None:
        self._data = data  # stays as long as its address is in use
        self.struct = _Path(0, data.ctypes.data + first * data.strides[0], end - first)


class _PycairoContext(ctypes.Structure):
    _fields_ = (("head", ctypes.c_byte * object.__basicsize__), ("context", ctypes.c_void_p))


def _header(kind: int, length: int) -> float:
    """The first half of a path element: its kind and length, read as a double."""
    return float(np.array([kind | (length << 32)], dtype=np.int64).view(np.float64)[0])


_MOVE_HEADER, _CURVE_HEADER, _CLOSE_HEADER = _header(_MOVE, 2), _header(_CURVE, 4), _header(_CLOSE, 1)
_POINTS = np.arange(1, 4)  # of a curve, after its header


@dataclass(frozen=True, slots=True, eq=False)
class Outline:
    """A mobject's points as they are drawn."""

    bounds: tuple[float, float, float, float]  # left, low, right, high; some are not finite where the points are not
    path: Path | None  # None where there is nothing to draw
    is_manims: bool = False  # whether only Manim's own code can draw it


def outlines_of(mobjects: Sequence[VMobject]) -> list[Outline]:
    """The outline of each of *mobjects*, which have points. Most are converted together: a glyph by itself is too
    short for NumPy to pay.
    """
    found: list[Outline | None] = [None] * len(mobjects)
    batches: dict[float, list[int]] = defaultdict(list)
    for place, mobject in enumerate(mobjects):
        if len(mobject.points) % 4:
            found[place] = _unusual(mobject)
        else:
            batches[mobject.tolerance_for_point_equality].append(place)
    for tolerance, places in batches.items():
        points = [mobjects[place].points for place in places]
        made = _batch(points, tolerance) or [
            (_batch([mobjects[place].points], tolerance) or [_unusual(mobjects[place])])[0] for place in places
        ]
        for place, outline in zip(places, made, strict=True):
            found[place] = outline
    return cast(list[Outline], found)


def _unusual(mobject: VMobject) -> Outline:
    """For points that are not finite or begin a curve: their subpaths are Manim's to find."""
    points = mobject.points[:, :2]
    bounds = (*points.min(axis=0).tolist(), *points.max(axis=0).tolist())
    return Outline(bounds, None, is_manims=len(points) >= 4)


def _batch(points: Sequence[NDArray[np.float64]], tolerance: float) -> list[Outline]:
    """Outlines of whole curves; none if a point is not finite."""
    together = np.concatenate(points)[:, :2]
    if not np.isfinite(together).all():
        return []
    starts = [0, *accumulate(map(len, points))][:-1]
    lows, highs = np.minimum.reduceat(together, starts).tolist(), np.maximum.reduceat(together, starts).tolist()
    data, rows = _elements(together.reshape(-1, 4, 2), np.array(starts) // 4, tolerance)
    paths = [Path(data, first, end) for first, end in pairwise(rows)]
    return [Outline((*low, *high), path) for low, high, path in zip(lows, highs, paths, strict=True)]


def _elements(
    curves: NDArray[np.float64], parts: NDArray[np.int_], tolerance: float
) -> tuple[NDArray[np.float64], list[int]]:
    """*curves* (n, 4, 2) as path elements (m, 2), and where each of *parts* begins and the last ends in these.

    A part begins at a curve. A subpath begins with a part, and where one curve's end is not the next one's start, as
    in VMobject.get_subpath_split_indices_from_points; it is closed if it ends at its start.
    """
    begins = np.empty(len(curves), dtype=bool)
    begins[1:] = ~_close(curves[:-1, 3], curves[1:, 0], tolerance)
    begins[parts] = True
    first = np.flatnonzero(begins)
    count = np.diff(first, append=len(curves))
    start, end = curves[first, 0], curves[first + count - 1, 3]
    closed = _close(start, end, tolerance)
    length = 2 + 4 * count + closed
    below = np.cumsum(length)
    top = below - length
    rows = np.arange(0, 4 * len(curves), 4) + np.repeat(top + 2 - 4 * first, count)
    data = np.empty((below[-1], 2))
    data[top, 0] = _MOVE_HEADER
    data[top + 1] = start
    data[rows, 0] = _CURVE_HEADER
    data[rows[:, None] + _POINTS] = curves[:, 1:]
    data[below[closed] - 1, 0] = _CLOSE_HEADER
    return data, [*top[np.searchsorted(first, parts)].tolist(), len(data)]


def _close(one: NDArray[np.float64], other: NDArray[np.float64], tolerance: float) -> NDArray[np.bool_]:
    """Where points (n, 2) are equal, as VMobject.consider_points_equals_2d has it."""
    near = np.abs(one - other) <= tolerance + _RELATIVE * np.abs(other)
    return near[:, 0] & near[:, 1]


def _library() -> Any:
    for name in (*_NAMES, ctypes.util.find_library("cairo")):
        with suppress(OSError, TypeError):
            library = ctypes.CDLL(name)
            library.cairo_append_path.argtypes = (ctypes.c_void_p, ctypes.POINTER(_Path))
            library.cairo_append_path.restype = None
            library.cairo_get_reference_count.argtypes = (ctypes.c_void_p,)
            library.cairo_get_line_width.argtypes = (ctypes.c_void_p,)
            library.cairo_get_line_width.restype = ctypes.c_double
            return library
    return None


def _address(context: cairo.Context[Any]) -> int:
    return _PycairoContext.from_address(id(context)).context or 0


Append = Callable[[Path], None]


def _appender() -> Callable[[cairo.Context[Any]], Append] | None:
    library = _library()
    if library is None or cairo.cairo_version_string() != _version_of(library):
        return None

    def appends_to(context: cairo.Context[Any]) -> Append:
        address, append = _address(context), library.cairo_append_path
        return lambda path: append(address, path.struct)

    return appends_to if _works(appends_to) else None


def _version_of(library: Any) -> str:
    # Another copy of Cairo than pycairo's would misread its contexts.
    library.cairo_version_string.restype = ctypes.c_char_p
    return str(library.cairo_version_string().decode())


def _works(appends_to: Callable[[cairo.Context[Any]], Append]) -> bool:
    """Whether a path given in one call reads back as the same path built by pycairo."""
    if object.__basicsize__ != 16:
        return False
    contexts = [cairo.Context(cairo.ImageSurface(cairo.FORMAT_ARGB32, 8, 8)) for _ in range(2)]
    points = np.array([[1, 1, 0], [2, 1, 0], [3, 2, 0], [3, 3, 0], [3, 3, 0], [2, 4, 0], [1, 2, 0], [1, 1, 0]], float)
    contexts[0].move_to(1, 1)
    contexts[0].curve_to(2, 1, 3, 2, 3, 3)
    contexts[0].curve_to(2, 4, 1, 2, 1, 1)
    contexts[0].close_path()
    (outline,) = _batch([points], tolerance=0)
    assert outline.path is not None
    appends_to(contexts[1])(outline.path)
    return list(contexts[0].copy_path()) == list(contexts[1].copy_path())


APPENDS_TO = _appender()
