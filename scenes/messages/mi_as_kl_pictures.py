"""Pictures and places of the film `mi_as_kl`."""

from __future__ import annotations

import numpy as np
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    DashedLine,
    ManimColor,
    Rectangle,
    Square,
    VGroup,
    VMobject,
    interpolate_color,
)
from manim.typing import Point3D
from numpy.typing import NDArray

from infotheory import log_ratio_to_independence, product_of_margins
from narration.fact import Facts
from scenes.messages.deck import NUMBERS, deck_joint
from scenes.messages.mi_as_kl_facts import KINDS, LENGTHS, STEPS, Kind, circle_joint, message_costs
from scenes.stage.card_deck import BESIDE_DECK, CardDeck
from scenes.stage.dot_cloud import DotCloud
from scenes.stage.hatching import Hatching
from scenes.stage.live_number import LiveNumber
from scenes.stage.playing_card import BLACK, RED, ColourLabel, Pip
from scenes.stage.probability_bar import ProbabilityBar
from scenes.stage.signed_columns import SignedColumns
from scenes.stage.theme import (
    GROUND,
    HEADING,
    MODEL,
    PAPER,
    PROBABILITY,
    QUIET,
    RULE,
    SECOND,
    SHARED,
    SMALL,
    THIN,
    WASTE,
)
from scenes.stage.typeset import Maths, Words, stand_on

ROOM = BESIDE_DECK[1] - BESIDE_DECK[0]  # beside the deck
BESIDE = sum(BESIDE_DECK) / 2  # middle of that room
DIVERGENCE = (
    "{{I(C; N) : shared}} = D ( {{p(c, n) : joint}} || {{p(c) thin p(n) : product}} )"
    " = sum_(c, n) {{p(c, n) : weight}} log_2 {{p(c, n) : true}} / {{p(c) thin p(n) : believed}}"
)
UNKNOWN = 'D ( {{"?" : of}} || {{"?" : from}} )'
FAINTEST = 0.42  # how much of its colour a cell keeps whose ratio is all but 1
STRONGEST = 2.0  # bits from which on it keeps all of it


def ratio_color(bits: float) -> ManimColor:
    """Blue where the truth has more, amber where the belief has; the stronger, the further apart they are."""
    side = PROBABILITY if bits > 0 else MODEL
    return interpolate_color(GROUND, side, FAINTEST + (1 - FAINTEST) * min(1.0, abs(bits) / STRONGEST))


def ratio_colors() -> list[list[ManimColor]]:
    """The colour of each cell of the deck, ``[colour][number - 1]``."""
    return [[ratio_color(bits) for bits in row] for row in log_ratio_to_independence(deck_joint()).tolist()]


def slabs(piles: VGroup) -> VGroup:
    """Piles without the lines between their cards: whatever becomes of them does not fall into cards on the way."""
    return VGroup(
        *(Rectangle(width=p.width, height=p.height).move_to(p).match_style(p).set_stroke(width=0) for p in piles)
    )


# ---- the question --------------------------------------------------------------------------------


class Bill(VGroup):
    """What a card costs under the wrong dictionary, and the wasted end of it."""

    def __init__(self, facts: Facts) -> None:
        total = facts.number("h_sum")
        values = [facts.number("h_both") / total, facts.number("shared") / total]
        self.bar = ProbabilityBar(values, width=ROOM, height=0.8, colors=[QUIET, WASTE])
        self.bar.move_to((BESIDE, 0.85, 0))
        self.unit = Words("bits a card", size=SMALL, color=QUIET)
        self.unit.next_to(self.bar, UP, buff=0.2, aligned_edge=LEFT)
        self.wasted = Words(facts.fill("wasted: {shared:.4f}"), size=SMALL, color=WASTE)
        self.wasted.next_to(self.bar, DOWN, buff=0.2, aligned_edge=RIGHT)
        super().__init__(self.bar, self.unit, self.wasted)


# ---- the shadow ----------------------------------------------------------------------------------


SHRUNK = 0.54  # of the deck, for the margin beside it
MARGIN_FOOT = np.array([BESIDE_DECK[1], -1.0, 0.0])  # right end of the number's margin
COLOURS_TOP = 2.2


class ColourMargin(VGroup):
    """The cards of each colour, laid end to end: two rows of the same length."""

    def __init__(self) -> None:
        joint = deck_joint()
        self.rows = tuple(
            ProbabilityBar(joint[colour].tolist(), width=4.6, height=0.42, colors=PROBABILITY, frame=False)
            for colour in (BLACK, RED)
        )
        self.names = VGroup(*(ColourLabel(colour, size=SMALL) for colour in (BLACK, RED)))
        for k, (row, name) in enumerate(zip(self.rows, self.names, strict=True)):
            y = COLOURS_TOP - 0.62 * k
            name.move_to((BESIDE_DECK[0], y, 0), aligned_edge=LEFT)
            row.shift(np.array([BESIDE_DECK[0] + 1.3, y, 0.0]) - row.frame.get_left())
        self.share = Maths("p(c)", color=PROBABILITY)
        self.share.next_to(self.rows[0].segments, RIGHT, buff=0.25).set_y(
            (self.rows[0].get_y() + self.rows[1].get_y()) / 2
        )
        super().__init__(*self.rows, self.names, self.share)


class NumberMargin(VGroup):
    """The stacked deck, smaller and in one colour: how likely each number is, whatever its colour."""

    def __init__(self, deck: CardDeck, facts: Facts) -> None:
        stacked = deck.copy().stack()
        self.cells = VGroup(*(stacked.pile(*cell) for cell in deck.all_cells)).scale(SHRUNK)
        self.cells.move_to(MARGIN_FOOT, aligned_edge=DOWN + RIGHT).set_fill(SECOND, 1).set_stroke(GROUND, THIN / 2)
        columns = [VGroup(self.cells[n], self.cells[n + NUMBERS]) for n in range(NUMBERS)]
        self.numbers = VGroup(*(Words(str(n + 1), size=SMALL) for n in range(NUMBERS)))
        for column, number in zip(columns, self.numbers, strict=True):
            number.next_to(column, DOWN, buff=0.15)
        half = NUMBERS // 2
        self.counts = VGroup(
            *(
                Words(facts.fill(text), size=SMALL, color=SECOND).next_to(VGroup(*group), UP, buff=0.15)
                for text, group in (("{n_low} each", columns[:half]), ("{n_high} each", columns[half:]))
            )
        )
        self.share = Maths("p(n)", color=SECOND).next_to(self.cells, LEFT, buff=0.25)
        super().__init__(self.cells, self.numbers, self.counts, self.share)


def multiplied(facts: Facts) -> VGroup:
    """Half of the cards of a number, for either colour: what is expected of low numbers, and of high ones."""
    law = Maths("p(c) thin p(n)", color=MODEL)
    low = Maths(facts.fill("1/2 dot {n_low} = {believed_low}"), color=MODEL)
    high = Maths(facts.fill("1/2 dot {n_high} = {believed_high}"), color=MODEL)
    row = VGroup(law, low, high).arrange(RIGHT, buff=0.5)
    return row.move_to((BESIDE, -2.3, 0))


# ---- cells ---------------------------------------------------------------------------------------


class RatioTable(VGroup):
    """A row for each kind of cell: its cards, true over believed, the logarithm, and the verdict."""

    def __init__(self, facts: Facts) -> None:
        self.rows = tuple(self._row(kind, facts) for kind in KINDS)
        super().__init__(*self.rows)
        self.arrange(DOWN, buff=0.34, aligned_edge=LEFT)
        lefts = (0.0, 1.44, 1.9, 3.24)
        for row in self.rows:
            for part, left in zip(row, lefts, strict=True):
                part.set_x(left, direction=LEFT)
        self.move_to((BESIDE, 0.65, 0))

    @staticmethod
    def _row(kind: Kind, facts: Facts) -> VGroup:
        often = facts.number(f"log_{kind.name}") > 0
        color = PROBABILITY if often else MODEL
        believed = "believed_low" if kind.numbers[0] == 1 else "believed_high"
        ratio = Maths(facts.fill(f"{{is_{kind.name}}}/{{{believed}}}"))
        log = Maths(facts.fill(f"{{log_{kind.name}:+.4f}}"), color=color)
        verdict = Words("too often" if often else "too rarely", size=SMALL, color=color)
        label = kind_label(kind)
        span = label[1]
        assert isinstance(span, Words)
        row = VGroup(label, ratio, log, verdict).arrange(RIGHT)
        stand_on(verdict, span.baseline)
        return row


def kind_label(kind: Kind) -> VGroup:
    """The pip of a colour, and from which number to which."""
    span = Words(f"{kind.numbers[0]} to {kind.numbers[-1]}", size=SMALL)
    return VGroup(Pip(kind.colour, height=0.24), span).arrange(RIGHT, buff=0.12)


def hatched(deck: CardDeck, kind: Kind) -> VGroup:
    """The pattern of cells that come too rarely; nothing for others."""
    logs = log_ratio_to_independence(deck_joint())
    return VGroup(*(Hatching(deck.pile(c, n)) for c, n in kind.cells if logs[c, n - 1] < 0))


# ---- the sum -------------------------------------------------------------------------------------


SUM_WIDTH, SUM_BIT = 11.6, 1.08
SUM_LINE = np.array([0.0, 1.35, 0.0])
SUM_PLACE = np.array([0.0, -1.55, 0.0])
LABEL_SIDES = {BLACK: LEFT, RED: RIGHT}  # of the columns below the line, where the labels have room
LAW_PLACE = np.array([0.0, -2.33, 0.0])


class WeighedCells(VGroup):
    """Every cell as wide as it is likely and as high as its logarithm, with the areas of each kind."""

    def __init__(self, facts: Facts) -> None:
        joint, logs = deck_joint(), log_ratio_to_independence(deck_joint())
        colors = [color for row in ratio_colors() for color in row]
        self.columns = SignedColumns(joint.ravel(), logs.ravel(), width=SUM_WIDTH, unit=SUM_BIT, colors=colors)
        self.columns.shift(SUM_LINE - self.columns.line.get_center())
        self.parts = VGroup()
        for k, kind in enumerate(KINDS):
            columns = VGroup(*self.columns.columns[k * len(kind.cells) : (k + 1) * len(kind.cells)])
            positive = facts.number(f"log_{kind.name}") > 0
            part = Maths(facts.fill(f"{{part_{kind.name}:+.4f}}"), color=PROBABILITY if positive else MODEL)
            says = VGroup(kind_label(kind), part).arrange(RIGHT, buff=0.3)
            side = UP if positive else LABEL_SIDES[kind.colour]
            says.next_to(columns, side, buff=0.2)
            if not positive:
                says.align_to(columns, DOWN)
            self.parts.add(says)
        super().__init__(self.columns, self.parts)

    def side(self, *, above: bool) -> VGroup:
        """The areas that are wasted, or those that are saved."""
        return VGroup(*(part for part in self.parts if bool(part.get_y() > SUM_LINE[1]) is above))


def weighed_sum(facts: Facts) -> VGroup:
    """The areas added up: a term for each kind, and what is left."""
    terms: list[str] = []
    for kind in KINDS:
        shown = facts.shown(f"part_{kind.name}", "+.4f" if terms else ".4f")
        terms.append(f"{{{{ {shown} : {kind.name} }}}}")
    whole = Maths(" ".join(terms) + facts.fill(" = {{ {shared:.4f} : rest }}"), size=HEADING)
    for kind in KINDS:
        whole.select(kind.name).set_color(PROBABILITY if facts.number(f"log_{kind.name}") > 0 else MODEL)
    whole.select("rest").set_color(SHARED)
    return VGroup(whole)


def divergence() -> Maths:
    """Mutual information as a divergence; the scene colours its parts when they are named."""
    law = Maths(DIVERGENCE, size=HEADING)
    law.select("shared").set_color(SHARED)
    return law


# ---- the cost ------------------------------------------------------------------------------------


PAID_AXES = np.array([-5.55, -1.75, 0.0])  # where the axes of the chart meet
PAID_LEFT = 2.25  # of what is said beside that chart


class PaidRows(VGroup):
    """Beside the chart: what the two dictionaries charge, first for one card, then on average, and the gap."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self.believed = self._row("believed", "made for its shadow", MODEL, 1.05)
        self.fair = self._row("fair", "made for the deck", PROBABILITY, -0.2)
        gap = Maths(facts.fill("I(C; N) = {h_sum:.4f} - {h_both:.4f}"), color=SHARED)
        rest = Maths(facts.fill("= {shared:.4f}"), size=HEADING, color=SHARED)
        self.gap = VGroup(gap, rest).arrange(DOWN, buff=0.2, aligned_edge=LEFT)
        self.gap.move_to((PAID_LEFT, -1.5, 0), aligned_edge=LEFT)
        super().__init__(self.believed, self.fair, self.gap)

    def _row(self, name: str, says: str, color: ManimColor, y: float) -> VGroup:
        number = LiveNumber(self._facts.number(f"price_{name}"), ".3f", size=HEADING, color=color)
        number.anchor_at(np.array([PAID_LEFT, y, 0.0]))
        bits = Words(says, size=SMALL, color=color).move_to((PAID_LEFT, y + 0.55, 0), aligned_edge=LEFT)
        return VGroup(number, bits)

    def follow(self, averages: list[float]) -> None:
        """Show the averages of the dictionary for the deck, and of the one for its shadow."""
        for row, average in zip((self.fair, self.believed), averages, strict=True):
            row[0].set_value(average)


# ---- the circle ----------------------------------------------------------------------------------


CIRCLE_AXES = np.array([0.1, -1.75, 0.0])  # where the axes of the chart meet
READINGS_TOP = 2.3
GRID_SIDE = 4.5
GRID_PLACE = np.array([-3.6, 0.1, 0.0])


class CircleGrid(VGroup):
    """The grid on which points of a circle are read, and on it the product of their margins."""

    def __init__(self) -> None:
        self.joint = circle_joint()
        self.product = product_of_margins(self.joint)
        side = GRID_SIDE / STEPS
        self.cells = VGroup()
        for across, up in np.ndindex(self.joint.shape):
            cell = Square(side, stroke_color=RULE, stroke_width=THIN / 2, fill_color=GROUND, fill_opacity=1)
            middle = (np.array([across, up, 0.0]) - (STEPS - 1) / 2) * [side, side, 0]
            self.cells.add(cell.move_to(GRID_PLACE + middle))
        super().__init__(self.cells)

    def place(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Where points of the unit circle lie in the frame, shape (points, 3)."""
        flat = np.column_stack([points, np.zeros(len(points))])
        return np.asarray(GRID_PLACE + flat * GRID_SIDE / 2)

    def shade(self) -> CircleGrid:
        """Give each cell as much of the belief's colour as the product has there. Returns itself."""
        for cell, p in zip(self.cells, self.product.ravel(), strict=True):
            cell.set_fill(interpolate_color(GROUND, MODEL, 0.9 * float(p / self.product.max())))
        return self

    def never(self) -> VGroup:
        """Pattern over the cells in which no point can fall."""
        return VGroup(*(Hatching(c) for c, p in zip(self.cells, self.joint.ravel(), strict=True) if p == 0))


class CircleReadings(VGroup):
    """Above the chart: the correlation, and what the two coordinates share."""

    def __init__(self, facts: Facts) -> None:
        self.correlation = self._row("correlation", facts.number("ring_correlation"), PAPER, READINGS_TOP)
        self.shared = self._row("shared bits", facts.number("ring_shared"), SHARED, READINGS_TOP - 0.6)
        super().__init__(self.correlation, self.shared)

    @staticmethod
    def _row(says: str, value: float, color: ManimColor, y: float) -> VGroup:
        name = stand_on(Words(says, color=color).move_to((CIRCLE_AXES[0], y, 0), aligned_edge=LEFT), y)
        number = LiveNumber(value, ".3f", size=HEADING, color=color)
        return VGroup(number.anchor_at(np.array([CIRCLE_AXES[0] + 2.3, y, 0.0])), name)

    def follow(self, values: list[float]) -> None:
        """Show what the points so far say of the correlation, and of what is shared."""
        for row, value in zip((self.correlation, self.shared), values, strict=True):
            row[0].set_value(value)


# ---- messages ------------------------------------------------------------------------------------


RULER_LEFT, RULER_RIGHT, RULER_Y = -4.2, 5.9, -1.95
ROW_TOP, ROW_PITCH, ROW_HEIGHT = 1.75, 1.0, 0.72
TICKS = range(4, 7)  # bits a card


class MessageRows(VGroup):
    """A row of dots for each length: every dot a message, as far to the right as it pays bits a card."""

    def __init__(self, random: np.random.Generator, facts: Facts) -> None:
        self._low, self._high = facts.number("cheapest"), facts.number("dearest")
        self.axis = VMobject(stroke_color=RULE, stroke_width=THIN)
        self.axis.set_points_as_corners([self.at(self._low, RULER_Y), self.at(self._high, RULER_Y)])
        self.ticks = VGroup(
            *(
                Maths(str(bits), size=SMALL, color=QUIET).next_to(self.at(bits, RULER_Y), DOWN, buff=0.12)
                for bits in TICKS
            )
        )
        self.unit = Words("bits a card", size=SMALL, color=QUIET).next_to(
            self.axis, DOWN, buff=0.12, aligned_edge=RIGHT
        )
        self.rows, self.names = [], VGroup()
        for k, (name, cards) in enumerate(LENGTHS.items()):
            costs = message_costs(random, cards)
            heights = ROW_TOP - k * ROW_PITCH + ROW_HEIGHT * (random.random(len(costs)) - 0.5)
            places = np.array([self.at(c, h) for c, h in zip(costs, heights, strict=True)])
            self.rows.append(DotCloud(places, radius=0.035))
            text = facts.fill(f"{{{name}:,d}} card" + ("s" if cards > 1 else ""))
            label = Words(text, size=SMALL).move_to((RULER_LEFT - 0.45, ROW_TOP - k * ROW_PITCH, 0), aligned_edge=RIGHT)
            self.names.add(label)
        super().__init__(self.axis, self.ticks, self.unit, *self.rows, self.names)

    def at(self, bits: float, y: float) -> Point3D:
        """The point over so many bits a card, at height *y*."""
        share = (bits - self._low) / (self._high - self._low)
        return np.array([RULER_LEFT + share * (RULER_RIGHT - RULER_LEFT), y, 0.0])

    def price(self, facts: Facts) -> VGroup:
        """The fair price, a line through all rows with its name above."""
        bits = facts.number("h_both")
        top = self.at(bits, ROW_TOP + ROW_PITCH / 2)
        says = Maths(facts.fill("H(C, N) = {h_both:.4f}")).next_to(top, UP, buff=0.1)
        return VGroup(DashedLine(top, self.at(bits, RULER_Y), color=PAPER, stroke_width=2), says)
