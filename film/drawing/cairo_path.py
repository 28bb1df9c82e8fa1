"""A mobject's outline handed to Cairo in one call, with the operators that Manim would send one by one.

pycairo has no call for a whole path, so ``cairo_append_path`` is called through ctypes on the library that pycairo
has loaded. Where that library cannot be reached, or pycairo's context is laid out otherwise, :data:`APPEND` is None and
Manim's own loop draws. Source: https://www.cairographics.org/manual/cairo-Paths.html (cairo_path_data_t).
"""

from __future__ import annotations

import ctypes
import ctypes.util
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import cairo
import numpy as np
from manim import VMobject
from numpy.typing import NDArray

_MOVE, _CURVE, _CLOSE = 0, 2, 3  # cairo_path_data_type_t
_NAMES = ("libcairo.so.2", "libcairo.2.dylib", "libcairo-2.dll")
_RELATIVE = 1e-5  # by which Manim takes two anchors for one, beside the mobject's own tolerance

PathData = NDArray[np.float64]


class _Path(ctypes.Structure):
    _fields_ = (("status", ctypes.c_int), ("data", ctypes.c_void_p), ("num_data", ctypes.c_int))


class _PycairoContext(ctypes.Structure):
    _fields_ = (("head", ctypes.c_byte * object.__basicsize__), ("context", ctypes.c_void_p))


def _header(kind: int, length: int) -> float:
    """The first half of a path element: its kind and length, read as a double."""
    return float(np.array([kind | (length << 32)], dtype=np.int64).view(np.float64)[0])


_MOVE_HEADER, _CURVE_HEADER, _CLOSE_HEADER = _header(_MOVE, 2), _header(_CURVE, 4), _header(_CLOSE, 1)


def path_data(vmobject: VMobject) -> PathData | None:
    """The outline as an array of cairo_path_data_t, shape (n, 2).

    None when there is nothing to draw. Raises ValueError for coordinates that are not finite: their subpaths are
    Manim's to find.
    """
    points = vmobject.points
    count = len(points)
    if count < 4:
        return None
    if not np.isfinite(points).all():
        raise ValueError("a point is not finite")
    pieces = [
        _subpath(points[start:end], vmobject.consider_points_equals_2d(points[start], points[end - 1]))
        for start, end in _subpaths(points, count, vmobject.tolerance_for_point_equality)
        if end - start >= 4
    ]
    if not pieces:
        return None
    return pieces[0] if len(pieces) == 1 else np.concatenate(pieces)


def _subpaths(points: NDArray[np.float64], count: int, tolerance: float) -> list[tuple[int, int]]:
    """Where one curve's end is not the next one's start; as VMobject.get_subpath_split_indices_from_points."""
    starts = points[4::4, :2]
    ends = points[3 : count - 1 : 4, :2][: len(starts)]
    if (starts == ends).all():
        return [(0, count)]
    close = (np.abs(ends - starts) <= tolerance + _RELATIVE * np.abs(starts)).all(axis=1)
    splits = ((np.flatnonzero(~close) + 1) * 4).tolist()
    return list(zip([0, *splits], [*splits, count], strict=True))


def _subpath(points: NDArray[np.float64], closed: bool) -> PathData:
    curves = len(points) // 4
    data = np.empty((2 + 4 * curves + closed, 2))
    data[0, 0] = _MOVE_HEADER
    data[1] = points[0, :2]
    body = data[2 : 2 + 4 * curves].reshape(curves, 4, 2)
    body[:, 0, 0] = _CURVE_HEADER
    body[:, 1:] = points[: 4 * curves, :2].reshape(curves, 4, 2)[:, 1:]
    if closed:
        data[-1, 0] = _CLOSE_HEADER
    return data


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


def _appender() -> Callable[[cairo.Context[Any], PathData], None] | None:
    library = _library()
    if library is None or cairo.cairo_version_string() != _version_of(library):
        return None

    def append(context: cairo.Context[Any], data: PathData) -> None:
        library.cairo_append_path(_address(context), _Path(0, data.ctypes.data, len(data)))

    return append if _works(append) else None


def _version_of(library: Any) -> str:
    # Another copy of Cairo than pycairo's would misread its contexts.
    library.cairo_version_string.restype = ctypes.c_char_p
    return str(library.cairo_version_string().decode())


def _works(append: Callable[[cairo.Context[Any], PathData], None]) -> bool:
    """Whether a path given in one call reads back as the same path built by pycairo."""
    if object.__basicsize__ != 16:
        return False
    contexts = [cairo.Context(cairo.ImageSurface(cairo.FORMAT_ARGB32, 8, 8)) for _ in range(2)]
    points = np.array([[1, 1, 0], [2, 1, 0], [3, 2, 0], [3, 3, 0], [3, 3, 0], [2, 4, 0], [1, 2, 0], [1, 1, 0]], float)
    contexts[0].move_to(1, 1)
    contexts[0].curve_to(2, 1, 3, 2, 3, 3)
    contexts[0].curve_to(2, 4, 1, 2, 1, 1)
    contexts[0].close_path()
    append(contexts[1], _subpath(points, closed=True))
    return list(contexts[0].copy_path()) == list(contexts[1].copy_path())


APPEND = _appender()
