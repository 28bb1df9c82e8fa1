"""Things that send, carry and receive, as flat pictures of one height: drawn with few lines, in the theme's colours."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import (
    DOWN,
    LEFT,
    ORIGIN,
    RIGHT,
    UL,
    UP,
    UR,
    Arc,
    Circle,
    Dot,
    Ellipse,
    Line,
    Polygon,
    Rectangle,
    RoundedRectangle,
    Sector,
    VGroup,
    VMobject,
)
from manim.typing import Point3D

from scenes.stage.theme import PANEL, PAPER, QUIET

HEIGHT = 1.0  # of every pictogram; a strand lies in the middle of it
STROKE = 3.0
STRAND_LENGTH = 1.5
TOOTH, TOOTH_WIDTH = 0.24, 7.0  # a letter of a strand: its length and stroke
TEETH = 6


def _drawn(shape: VMobject) -> VMobject:
    """Outlined, and filled so that what lies behind does not show."""
    return shape.set_stroke(PAPER, width=STROKE).set_fill(PANEL, 1)


def _framed(*parts: VMobject) -> VGroup:
    """*parts* together with an invisible frame of the common height, so that pictograms stand in line."""
    shapes = VGroup(*parts)
    frame = Rectangle(width=shapes.width, height=HEIGHT, stroke_width=0).move_to(shapes)
    return VGroup(frame, *parts).center()


def phone() -> VGroup:
    """A telephone with its screen."""
    case = _drawn(RoundedRectangle(width=0.54, height=HEIGHT, corner_radius=0.1))
    screen = Rectangle(width=0.4, height=0.62, stroke_width=0).set_fill(QUIET, 0.55).shift(0.05 * UP)
    return _framed(case, screen, Line(0.07 * LEFT, 0.07 * RIGHT, color=PAPER, stroke_width=STROKE).shift(0.39 * DOWN))


def _waves(center: Point3D, angle: float, radii: Sequence[float]) -> list[VMobject]:
    """Arcs around *center*, opening towards *angle*."""
    return [
        Arc(radius=radius, start_angle=angle - 0.7, angle=1.4, arc_center=center).set_stroke(QUIET, width=STROKE)
        for radius in radii
    ]


def air() -> VGroup:
    """Waves on their way from left to right."""
    return _framed(*_waves(0.5 * LEFT, 0.0, (0.15, 0.35, 0.55, 0.75)))


def tower() -> VGroup:
    """A mast with its antenna."""
    top, half, foot = 0.3 * UP, 0.3, 0.5 * HEIGHT * DOWN
    legs = [Line(top, foot + side * half * RIGHT) for side in (-1, 1)]
    levels = [leg.point_from_proportion(share) for share in (0.4, 0.7, 1.0) for leg in legs]
    braces = [Line(levels[i], levels[j]) for i, j in ((0, 1), (0, 3), (2, 3), (2, 5))]
    for line in (*legs, *braces):
        line.set_stroke(PAPER, width=STROKE)
    waves = [wave for angle in (0.0, np.pi) for wave in _waves(top, angle, (0.2, 0.36))]
    return _framed(*legs, *braces, Dot(top, radius=0.08, color=PAPER), *waves)


def _backbone(y: float, left: float, right: float, side: float) -> list[VMobject]:
    """A strand from *left* to *right* at height *y*; its letters point up (*side* 1) or down (-1)."""
    spine = Line((left, y, 0), (right, y, 0)).set_stroke(PAPER, width=1.6 * STROKE)
    pitch = STRAND_LENGTH / TEETH
    first = int(np.ceil((left + STRAND_LENGTH / 2) / pitch - 0.5))
    places = [(i + 0.5) * pitch - STRAND_LENGTH / 2 for i in range(first, TEETH)]
    teeth = [
        Line((x, y, 0), (x, y + side * TOOTH, 0)).set_stroke(QUIET, width=TOOTH_WIDTH) for x in places if x < right
    ]
    return [*teeth, spine]


def strand() -> VGroup:
    """One strand of DNA, its letters hanging down."""
    return _framed(*_backbone(TOOTH, -STRAND_LENGTH / 2, STRAND_LENGTH / 2, -1))


def new_strand() -> VGroup:
    """The strand that is written from it, its letters standing up."""
    return _framed(*_backbone(-TOOTH, -STRAND_LENGTH / 2, STRAND_LENGTH / 2, 1))


def polymerase() -> VGroup:
    """A polymerase on a strand: single on its left, doubled on its right."""
    half = STRAND_LENGTH / 2
    body = _drawn(Ellipse(width=0.62, height=HEIGHT))
    return _framed(*_backbone(TOOTH, -half, half, -1), *_backbone(-TOOTH - 0.04, 0.0, half, 1), body)


def person() -> VGroup:
    """Head and shoulders."""
    head = _drawn(Circle(radius=0.2)).shift(0.28 * UP)
    shoulders = _drawn(Sector(radius=0.42, angle=np.pi)).next_to(head, DOWN, buff=0.06)
    return _framed(head, shoulders)


def person_later() -> VGroup:
    """The same person, with a grey beard by then."""
    figure = person()
    head: VMobject = figure[1]
    beard = Sector(radius=head.width / 2 - 0.01, angle=-np.pi).stretch_to_fit_height(0.32)
    beard.move_to(head.get_center() + 0.06 * DOWN, aligned_edge=UP)
    figure.add(beard.set_stroke(PAPER, width=STROKE).set_fill(QUIET, 1))
    return figure


def disk() -> VGroup:
    """A floppy disk."""
    half, cut = 0.44, 0.16
    corners = [UL, UR + (cut / half) * LEFT, UR + (cut / half) * DOWN, RIGHT + DOWN, LEFT + DOWN]
    case = _drawn(Polygon(*(half * corner for corner in corners)))
    shutter = Rectangle(width=0.42, height=0.26, stroke_width=0).set_fill(QUIET, 1)
    shutter.move_to(half * UP + 0.04 * LEFT + 0.02 * DOWN, aligned_edge=UP)
    slot = Rectangle(width=0.09, height=0.16, stroke_width=0).set_fill(PANEL, 1).move_to(shutter).shift(0.09 * RIGHT)
    label = Rectangle(width=0.58, height=0.34, stroke_width=0).set_fill(PAPER, 1)
    label.move_to((half - 0.02) * DOWN, aligned_edge=DOWN)
    return _framed(case, shutter, slot, label)


def funnel(*, width: float = 1.7, wide: float = 1.9, narrow: float = 0.8) -> VGroup:
    """A box that narrows to the right: something becomes shorter on its way. Flipped, it becomes long again."""
    ends = ((-1, wide), (1, narrow), (1, -narrow), (-1, -wide))
    return VGroup(_drawn(Polygon(*((x * width / 2, y / 2, 0.0) for x, y in ends))))


def tube(*, width: float = 3.0, height: float = 0.8) -> VGroup:
    """A pipe, open at both ends: something passes through it unchanged."""
    body = Rectangle(width=width, height=height, stroke_width=0).set_fill(PANEL, 1)
    walls = [Line(body.get_corner(side + LEFT), body.get_corner(side + RIGHT)) for side in (UP, DOWN)]
    return VGroup(body, *(wall.set_stroke(PAPER, width=STROKE) for wall in walls))


def coin_edge(width: float = 1.3) -> VGroup:
    """A coin seen from its side: its two faces are up and down."""
    return VGroup(_drawn(RoundedRectangle(width=width, height=0.16, corner_radius=0.07)).move_to(ORIGIN))
