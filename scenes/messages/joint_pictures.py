"""Pictures that only the film `joint` draws."""

from __future__ import annotations

import numpy as np
from manim import (
    DL,
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Circle,
    DashedLine,
    Line,
    ManimColor,
    Rectangle,
    Square,
    VGroup,
    VMobject,
)
from manim.typing import Point3D
from numpy.typing import ArrayLike, NDArray

from infotheory import independent_joint, partnered_joint, running_average
from scenes.messages.joint_facts import COIN, LETTERS, OTHER_SIDE, PARTNER, POCKETS, STRAND, STRANGERS, STRAYS
from scenes.stage.channel import Channel
from scenes.stage.joint_bars import JointBars
from scenes.stage.joint_grid import JointGrid
from scenes.stage.live_number import LiveNumber
from scenes.stage.pictograms import (
    air,
    coin_edge,
    disk,
    new_strand,
    person,
    person_later,
    phone,
    polymerase,
    strand,
    tower,
)
from scenes.stage.probability_bar import ProbabilityBar
from scenes.stage.theme import (
    BODY,
    BOTH,
    CODE,
    DISPLAY,
    GROUND,
    HEADING,
    PANEL,
    PAPER,
    PROBABILITY,
    QUIET,
    SAFE_LEFT,
    SECOND,
    SMALL,
    THIN,
)
from scenes.stage.typeset import Maths, Words, stand_on

DEFINITION = "{{ H(X, Y) : both }} = sum_(x, y) p(x, y) log_2 1 / p(x, y)"
CHANNEL_WIDTH = 9.0
GRID_SIDE, GRID_LEFT, GRID_TOP = 4.3, SAFE_LEFT + 0.65, 2.35
BARS_LEFT, BARS_TOP = -0.15, 0.05  # of what stands to the right of the grid
ROWS = 0.9  # height of the upper row and of what is between the rows
UNIT = 1.3  # length of a bit there
RECEIPT_DEPTH = 0.95  # of the row below the bars that says what was paid
WHEEL_UNIT = 1.0  # and under the wheels
MYTH_UNIT = 1.7
DART = 0.026  # size of a dart in scene units


# ---- channels ------------------------------------------------------------------------------------


def three_channels(later: str) -> tuple[Channel, ...]:
    """A phone call, a strand of DNA and a letter to oneself, *later* being who reads it, one below the other."""
    channels = (
        Channel([phone(), air(), tower()], ["phone", "air", "tower"], width=CHANNEL_WIDTH),
        Channel([strand(), polymerase(), new_strand()], ["DNA", "polymerase", "new strand"], width=CHANNEL_WIDTH),
        Channel([person(), disk(), person_later()], ["you", "disk", later], width=CHANNEL_WIDTH),
    )
    for channel, y in zip(channels, (1.45, -0.15, -1.75), strict=True):
        channel.shift((y - channel.encoder.get_y()) * UP)
    return channels


class LetterTile(VGroup):
    """A letter on a square tile, which may turn into another letter in place."""

    def __init__(
        self, letter: str, color: ManimColor, *, side: float = 0.46, size: float = SMALL, ink: ManimColor = GROUND
    ) -> None:
        self.box = Square(side, stroke_width=0).set_fill(color, 1)
        self.label = Words(letter, size=size, color=ink, weight="medium").move_to(self.box)
        super().__init__(self.box, self.label)

    def turn_to(self, other: Words) -> None:
        """Take the outline of *other*, a single letter of the same size."""
        (glyph,), (outline,) = self.label.family_members_with_points(), other.family_members_with_points()
        glyph.set_points(outline.points - outline.get_center() + self.box.get_center())


def letter_pair(x: str, y: str, *, side: float = 0.66) -> VGroup:
    """Two letters in the colours of X and Y."""
    return VGroup(*(LetterTile(a, color, side=side, size=HEADING) for a, color in ((x, PROBABILITY), (y, SECOND))))


def cost_question() -> VGroup:
    """Does a pair cost as much as its letters?"""
    pair, (x, y) = letter_pair("X", "Y").arrange(RIGHT, buff=0.04), letter_pair("X", "Y")
    parts = [Words("cost of", color=QUIET), pair, Maths("=", size=HEADING), x, Maths("+", size=HEADING), y]
    return VGroup(*parts, Words("?", size=HEADING)).arrange(RIGHT, buff=0.3)


# ---- two strands ---------------------------------------------------------------------------------


class TwoStrands(VGroup):
    """X on one strand and Y across from it, place by place; the first places are paired, the others are strays."""

    PITCH, APART = 0.56, 0.95

    def __init__(self, paired: float = 0.0) -> None:
        count = len(STRAND)
        places = [(i - (count - 1) / 2) * self.PITCH * RIGHT for i in range(count)]
        self.x = tuple(_placed(LetterTile(a, PROBABILITY), at) for a, at in zip(STRAND, places, strict=True))
        self.y = tuple(
            _placed(LetterTile(b, SECOND), at + self.APART * DOWN) for b, at in zip(STRAYS, places, strict=True)
        )
        self.rungs = tuple(_rung(a.box.get_bottom(), b.box.get_top()) for a, b in zip(self.x, self.y, strict=True))
        self._letters = {letter: Words(letter, size=SMALL, weight="medium") for letter in LETTERS}
        self.names = (Maths("X", color=PROBABILITY), Maths("Y", color=SECOND))
        for name, row in zip(self.names, (self.x, self.y), strict=True):
            name.next_to(row[0], LEFT, buff=0.2)
        super().__init__(*self.rungs, *self.x, *self.y, *self.names)
        self.pair_up(paired)

    def pair_up(self, share: float) -> TwoStrands:
        """Let the first *share* of the places have partners, and the others their strays. Returns itself."""
        for i, (mine, stray) in enumerate(zip(STRAND, STRAYS, strict=True)):
            done = i < round(share * len(STRAND))
            partner = LETTERS[PARTNER[LETTERS.index(mine)]]
            self.y[i].turn_to(self._letters[partner if done else stray])
            self.rungs[i].set_stroke(opacity=1 if done else 0)
        return self


def pairing_rule() -> VGroup:
    """Which letters pair."""
    pairs = []
    for letters in ("AT", "CG"):
        a, b = (LetterTile(letter, color) for letter, color in zip(letters, (PROBABILITY, SECOND), strict=True))
        b.next_to(a, RIGHT, buff=0.4)
        pairs.append(VGroup(a, b, _rung(a.get_right(), b.get_left())))
    return VGroup(*pairs).arrange(RIGHT, buff=0.7)


def _rung(start: Point3D, end: Point3D) -> Line:
    """The bond between two letters."""
    return Line(start, end, color=PAPER, stroke_width=4, buff=0.06)


def _placed(tile: LetterTile, place: Point3D) -> LetterTile:
    tile.shift(place)
    return tile


class PairedShare(VGroup):
    """How many of all places are paired, live."""

    def __init__(self, share: float) -> None:
        self.number = LiveNumber(100 * share, ".0f", suffix="%", color=PAPER, edge=RIGHT)
        self.words = Words("of places paired", size=SMALL, color=QUIET)
        super().__init__(self.number, self.words)
        self.number.anchor_at(0.85 * RIGHT)
        self.words.next_to(RIGHT, RIGHT, buff=0)
        stand_on(self.words, 0.0)

    def set_share(self, share: float) -> PairedShare:
        """Show another share. Returns itself."""
        self.number.set_value(100 * share)
        return self


# ---- the grid and what is beside it --------------------------------------------------------------


def letter_grid(joint: ArrayLike = STRANGERS) -> JointGrid:
    """The sixteen pairs, on the left of the stage."""
    grid = JointGrid(joint, x_labels=LETTERS, y_labels=LETTERS, width=GRID_SIDE, height=GRID_SIDE)
    corner = np.array([GRID_LEFT, GRID_TOP - GRID_SIDE, 0.0])
    return grid.shift(corner - grid.at(0, 0))


def beside_grid(h_x: float, h_y: float, h_xy: float) -> JointBars:
    """Bars to the right of the grid."""
    bars = JointBars(h_x, h_y, h_xy, unit=UNIT)
    return bars.shift(np.array([BARS_LEFT, BARS_TOP, 0.0]) - bars.x[0].get_corner(UP + LEFT))


class Darts(VMobject):
    """Points thrown evenly at a grid: a pair is hit as often as it is likely, and pays its surprise."""

    def __init__(self, grid: JointGrid, across: NDArray[np.float64], up: NDArray[np.float64]) -> None:
        super().__init__(fill_color=GROUND, fill_opacity=1, stroke_width=0)
        prices = np.log2(1 / grid.joint[grid.hits(across, up)])
        self.averages = running_average(prices)
        centers = np.array([grid.at(x, y) for x, y in zip(across, up, strict=True)])
        ring = DART / 2 * np.array([RIGHT, UP, LEFT, DOWN, RIGHT])
        sides = [ring[i] + (ring[i + 1] - ring[i]) * share for i in range(4) for share in (0, 1 / 3, 2 / 3, 1)]
        self._outlines = centers[:, None, :] + np.array(sides)[None, :, :]
        self.show_first(0)

    def show_first(self, count: int) -> Darts:
        """Show the first *count* darts. Returns itself."""
        self.set_points(self._outlines[:count].reshape(-1, 3))
        return self


class Columns(VGroup):
    """What X alone makes of the square: columns, and then the lines along which Y will cut them."""

    def __init__(self, grid: JointGrid) -> None:
        area = grid.area
        self.columns = tuple(
            Rectangle(width=strip.box.width, height=area.height, fill_color=PROBABILITY, fill_opacity=1)
            .set_stroke(GROUND, width=1.4 * THIN)
            .move_to(area)
            .match_x(strip.box)
            for strip in grid.x_margin
        )
        heights = [float(strip.box.get_top()[1]) for strip in grid.y_margin[:-1]]
        cuts = [Line(area.get_left(), area.get_right(), color=GROUND, stroke_width=1.4 * THIN) for _ in heights]
        self.cuts = tuple(cut.set_y(height) for cut, height in zip(cuts, heights, strict=True))
        super().__init__(*self.columns, *self.cuts)


def level(bars: JointBars, bits: float, *, above: float = 0.12, below: float = 0.12) -> DashedLine:
    """A line across the lower row at so many *bits*, and on for so much *above* and *below* it."""
    height = above + float(bars.both[0].height)
    ends = (bars.at(bits, below=-height), bars.at(bits, below=below))
    return DashedLine(*ends, color=PAPER, stroke_width=3, dash_length=0.09)


class Receipt(VGroup):
    """A third row under the bars: what the darts have paid so far, on average."""

    START = 5  # darts from which on it is shown

    def __init__(self, bars: JointBars, darts: Darts) -> None:
        self._darts, self._most = darts, sum(bars.entropies[:2])
        row = bars.both[0]
        self.bar = ProbabilityBar([0], width=self._most * bars.unit, height=row.height, colors=CODE, frame=False).shift(
            bars.at(0, below=0.16) - bars.at(0)
        )
        self.bar.shift(bars.at(0, below=0.16) - self.bar.frame.get_corner(UP + LEFT))
        self.label = Words("paid", size=SMALL, color=GROUND).next_to(self.bar.frame.get_left(), RIGHT, buff=0.18)
        self.average = LiveNumber(0, ".3f", size=1.1 * BODY, color=CODE)
        self.average.anchor_at(np.array([bars.total.get_left()[0], self.bar.frame.get_y() - 0.12, 0.0]))
        self.count = LiveNumber(1, ",.0f", color=QUIET, edge=RIGHT)
        unit = Words("darts", size=SMALL, color=QUIET).next_to(self.bar.frame, DOWN, buff=0.18, aligned_edge=RIGHT)
        self.count.anchor_at(np.array([unit.get_left()[0] - 0.15, unit.baseline, 0.0]))
        super().__init__(self.bar.segments, self.label, self.average, self.count, unit)
        self.set_progress(0.0)

    def set_progress(self, progress: float) -> None:
        """Show what is paid when *progress* (0 to 1) of the darts are thrown, counted by ratio."""
        count = round(self.START * (len(self._darts.averages) / self.START) ** progress)
        self._darts.show_first(count)
        paid = float(self._darts.averages[count - 1])
        self.bar.set_values([paid / self._most])
        self.average.set_value(paid)
        self.count.set_value(count)


# ---- wheels and coins ----------------------------------------------------------------------------


def counted(text: str, below: VMobject) -> Words:
    """How many outcomes a picture has, in words under it."""
    return Words(text, size=SMALL, color=QUIET).next_to(below, DOWN, buff=0.2)


class PairSheet(VGroup):
    """All pairs of pockets as equal cells, with a cross on one of them."""

    def __init__(self, side: float) -> None:
        self.area = Square(side, stroke_width=0).set_fill(BOTH, 1)
        self._pitch = side / POCKETS
        corner: Point3D = self.area.get_corner(DL)
        self.lines = VMobject(stroke_color=GROUND, stroke_width=THIN / 2)
        for i in range(1, POCKETS):
            for step, along in ((RIGHT, UP), (UP, RIGHT)):
                start = corner + i * self._pitch * step
                self.lines.start_new_path(start).add_line_to(start + side * along)
        self.column, self.row, self.cell = (
            Rectangle(width=width * self._pitch, height=height * self._pitch, stroke_width=0).set_fill(color, 1)
            for width, height, color in ((1, POCKETS, PROBABILITY), (POCKETS, 1, SECOND), (1, 1, PAPER))
        )
        self.cross = VGroup(self.column, self.row, self.cell)
        super().__init__(self.area, self.lines, self.cross)
        self.point_at(0, 0)

    def point_at(self, i: int, j: int) -> PairSheet:
        """Lay the cross over the pair of the i-th and the j-th pocket. Returns itself."""
        corner: Point3D = self.area.get_corner(DL)
        x, y = (corner + (k + 0.5) * self._pitch * step for k, step in ((i, RIGHT), (j, UP)))
        self.column.set_x(x[0]).match_y(self.area)
        self.row.set_y(y[1]).match_x(self.area)
        self.cell.move_to((x[0], y[1], 0))
        return self


def coin_face(side: str) -> VGroup:
    """A coin seen from above."""
    disc = Circle(radius=0.42, stroke_color=PAPER, stroke_width=3).set_fill(PANEL, 1)
    return VGroup(disc, Words(side, size=HEADING).move_to(disc))


def coin_sides() -> VGroup:
    """A coin seen from its side, between its upper and its lower face."""
    coin = coin_edge()
    faces = [Words(face, size=HEADING).next_to(coin, side, buff=0.18) for face, side in (("H", UP), ("T", DOWN))]
    return VGroup(coin, *faces)


class CoinRow(VGroup):
    """Two sides of one coin, or one side of two: their pairs, and below them their entropies."""

    def __init__(self, icon: VMobject, x: float, entropies: tuple[float, float]) -> None:
        self.icon = icon
        self.grid = JointGrid(
            independent_joint(COIN, COIN), x_labels="HT", y_labels="HT", width=1.9, height=1.9, thickness=0.4
        )
        self.grid.shift(np.array([x - 0.2, 0.45, 0.0]) - self.grid.at(0, 0))
        icon.move_to(np.array([x - 1.85, self.grid.area.get_y(), 0.0]))
        h_x, h_y = entropies
        self.bars = JointBars(h_x, h_y, h_x + h_y, unit=MYTH_UNIT, spec=".0f", total_spec=".1f", thickness=0.55)
        self.bars.shift(np.array([x - 2.45, -0.6, 0.0]) - self.bars.x[0].get_corner(UP + LEFT))
        super().__init__(self.icon, self.grid, self.bars)


def other_side() -> NDArray[np.float64]:
    """The joint distribution of a coin's upper and lower side."""
    return partnered_joint(COIN, OTHER_SIDE)


# ---- law and question ---------------------------------------------------------------------------


def law(relation: str, *, size: float = HEADING) -> Maths:
    """How the joint entropy relates to the sum, its terms in their colours."""
    formula = Maths(f"{{{{ H(X, Y) : both }}}} {relation} {{{{ H(X) : x }}}} + {{{{ H(Y) : y }}}}", size=size)
    for part, color in (("both", BOTH), ("x", PROBABILITY), ("y", SECOND)):
        formula.select(part).set_color(color)
    return formula


def question_tiles() -> VGroup:
    """A Q that has come, and the U that is to follow."""
    known = LetterTile("Q", PROBABILITY, side=1.1, size=DISPLAY)
    awaited = LetterTile("U", PANEL, side=1.1, size=DISPLAY, ink=SECOND)
    awaited.box.set_stroke(SECOND, width=3)
    worth = Words("? bits", size=HEADING, color=SECOND)
    return VGroup(known, awaited, worth).arrange(RIGHT, buff=0.16)
