"""The size of type, read off the outlines: a glyph that is known by its shape tells how large it is set.

Glyphs keep their outline however they are grouped, copied or scaled, while font sizes are forgotten on the way: a part
of a formula is a bare group of outlines. So every outline is compared with the letters and digits of the two fonts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np
from manim import VMobject
from manim.typing import Point3D_Array

from scenes.stage.theme import SMALL
from scenes.stage.typeset import WEIGHTS, Maths, Words

LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
DIGITS = "0123456789"
GREEK = "alpha beta gamma delta epsilon theta lambda mu pi rho sigma tau phi omega ell"
FEWEST_POINTS = 28  # below: bars, dots and rectangles, which many characters share
TOLERANCE = 0.004  # of the larger side; Typst rounds outlines to about a thousandth
SAME_SIZE = 0.97  # what rounding may take from a size
SCRIPT, SCRIPT_OF_SCRIPT = 0.7, 0.5  # sizes of sub- and superscripts in New Computer Modern Math
LARGEST_SCRIPT = 0.85  # of the formula's size; whatever is larger counts as on the line


@dataclass(frozen=True)
class KnownGlyph:
    """An outline, its larger side 1; its height when set in size 1, and the height of its font's x then."""

    shape: Point3D_Array
    unit_height: float
    unit_x_height: float


@dataclass(frozen=True)
class TypeSize:
    """The size that a text is set in, and that of its smallest script (None without); x-heights in frame units."""

    size: float
    x_height: float
    script: float | None
    script_x_height: float


def measured_size(glyphs: Iterable[VMobject]) -> TypeSize | None:
    """The type size of the text that has these *glyphs*; None when no outline is known."""
    sizes = [found for glyph in glyphs if (found := _glyph_size(glyph)) is not None]
    if not sizes:
        return None
    size, x_height = max(sizes)
    scripts = [found for found in sizes if found[0] < LARGEST_SCRIPT * size]
    script, script_x_height = min(scripts, default=(None, 0.0))
    return TypeSize(size, x_height, script, script_x_height)


def is_too_small(size: float, *, script: bool = False) -> bool:
    """Whether type of this size cannot be read at 480 lines; a script may be as small as that of a SMALL formula."""
    return size < SMALL * SAME_SIZE * (SCRIPT if script else 1.0)


def _glyph_size(glyph: VMobject) -> tuple[float, float] | None:
    """Font size and x-height of a known glyph."""
    shape, height = _normalised(glyph.points)
    for known in known_glyphs().get(len(shape), ()):
        if np.abs(known.shape - shape).max() < TOLERANCE:
            size = height / known.unit_height
            return size, size * known.unit_x_height
    return None


def _normalised(points: Point3D_Array) -> tuple[Point3D_Array, float]:
    flat = points[:, :2]
    extent = np.ptp(flat, axis=0)
    return (flat - flat.min(axis=0)) / max(float(extent.max()), 1e-9), float(extent[1])


@cache
def known_glyphs() -> dict[int, tuple[KnownGlyph, ...]]:
    """Letters and digits of both fonts by the number of points; the mathematics font has its own for scripts."""
    known: dict[int, list[KnownGlyph]] = {}
    for glyphs, size, x_height in _samples():
        for glyph in glyphs:
            if len(glyph.points) >= FEWEST_POINTS:
                shape, height = _normalised(glyph.points)
                known.setdefault(len(shape), []).append(KnownGlyph(shape, height / size, x_height / size))
    return {count: tuple(glyphs) for count, glyphs in known.items()}


def _samples() -> Iterator[tuple[list[VMobject], float, float]]:
    """Glyphs, the size they are set in, and the height of an x then."""
    x_height = Words("x", size=SMALL).height
    for weight in WEIGHTS:
        words = Words(LETTERS + DIGITS, size=SMALL, weight=weight)
        yield _glyphs(words), SMALL, x_height
    all_letters = f'"{LETTERS}" {" ".join(LETTERS)} {GREEK} {DIGITS}'
    for base, size in (("", SMALL), ("0_", SCRIPT * SMALL), ("0_0_", SCRIPT_OF_SCRIPT * SMALL)):
        # What carries the scripts is set larger, and left out.
        carriers = base.count("0")
        glyphs = _glyphs(Maths(f"{base}({all_letters})", size=SMALL))[carriers:]
        x = _glyphs(Maths(f'{base}"x"', size=SMALL))[carriers]
        yield glyphs, size, x.height


def _glyphs(text: Words | Maths) -> list[VMobject]:
    return [glyph for glyph in text.family_members_with_points() if isinstance(glyph, VMobject)]
