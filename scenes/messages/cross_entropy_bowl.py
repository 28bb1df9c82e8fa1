"""The bowl of the film `cross_entropy`: what the coffee shop pays, over the dictionary that it pays with."""

from __future__ import annotations

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, DashedLine, VGroup, VMobject
from numpy.typing import NDArray

from infotheory import surprise
from narration.fact import Facts
from scenes.messages.cross_entropy_facts import BOWL, P_PMF, Q_PMF, believed, bill
from scenes.messages.cross_entropy_pictures import BOWL_BIT, CROSS, FOOT, LAW, coloured, drinks_bill
from scenes.stage.function_curve import FunctionCurve
from scenes.stage.live_number import LiveNumber
from scenes.stage.probability_bar import ProbabilityBar
from scenes.stage.theme import CODE, HEADING, MODEL, PAPER, PROBABILITY, QUIET, SMALL
from scenes.stage.typeset import Maths, Words

BILL_WIDTH = 4.9
CHART_LEFT, CHART_WIDTH, CHART_BITS = 0.9, 5.2, 4.6
NOW, RULE_HEIGHT = 1.0, 2.1  # where the live bill and the law stand, in the mouth of the bowl


class Bowl(VGroup):
    """Columns over p whose heights follow a dragged q, and the curve that their area draws.

    A line at the height of the average joins the two pictures.
    """

    def __init__(self, facts: Facts) -> None:
        start = facts.number("q_coffee")
        self.bill = drinks_bill(width=BILL_WIDTH, bit=BOWL_BIT, most_bits=5, digits=False)
        self.q = ProbabilityBar(Q_PMF.tolist(), width=BILL_WIDTH, height=0.22, colors=MODEL, frame=False)
        self.q.move_to(self.bill.strip).shift(0.82 * DOWN)
        self.signs = VGroup(
            *(
                Maths(sign, size=SMALL, color=color).next_to(strip, LEFT, buff=0.14)
                for sign, color, strip in (("p", PROBABILITY, self.bill.strip), ("q", MODEL, self.q))
            )
        )
        self.curve = _chart(facts).place(start)
        self.trace = VMobject(stroke_color=CODE, stroke_width=4)
        self._seen = (start, start)
        self.level = self.bill.line(self.bill.area, PAPER)
        middle = float(self.curve.x_axis.get_center()[0])
        sign = coloured(f"{CROSS} =", size=HEADING)
        self.number = LiveNumber(facts.number("cross"), ".3f", size=HEADING, color=CODE)
        sign.move_to((middle - 1.55, NOW, 0), aligned_edge=LEFT)
        self.number.anchor_at(sign.get_right() + 0.2 * RIGHT)
        self.number.shift((sign[-1].get_y() - self.number.get_y()) * UP)
        self.readout = VGroup(sign, self.number)
        super().__init__(self.bill, self.q, self.signs, self.curve.axes, self.level, self.trace, self.readout)
        self.add(self.curve.dot)
        self.follow(start)

    @property
    def moving(self) -> list[VMobject]:
        """What :meth:`follow` changes."""
        return [self.bill, self.q, self.level, self.trace, self.number]

    def follow(self, coffee: float) -> None:
        """The dictionary now expects so much coffee."""
        q = believed(coffee)
        self.bill.set_bill(P_PMF, surprise(q))
        self.q.set_values(q.tolist())
        self._seen = (min(self._seen[0], coffee), max(self._seen[1], coffee))
        self.trace.set_points(self.piece(*self._seen).points)
        self.level.put_start_and_end_on(self.bill.at(0, self.bill.area), self.curve.point(coffee))
        self.number.set_value(self.bill.area)

    def piece(self, start: float, end: float) -> VMobject:
        """The piece of the bowl between two dictionaries, as a new line."""
        places = _places()
        inside = places[(places > start) & (places < end)]
        points = [self.curve.point(float(x)) for x in (start, *inside, end)]
        return VMobject(stroke_color=CODE, stroke_width=4).set_points_as_corners(points)

    def rims(self) -> tuple[VMobject, VMobject]:
        """What the drag has not drawn: the left and the right end of the bowl, from where it stopped."""
        left, right = self.piece(BOWL[0], self._seen[0]), self.piece(self._seen[1], BOWL[1])
        return left.reverse_points(), right

    def floor(self, bits: float) -> VGroup:
        """The entropy of p as a level across the chart, from the columns on."""
        start, end = self.bill.at(1, bits), self.curve.at(1, bits)
        line = DashedLine(start, end, color=PROBABILITY, stroke_width=3)
        return VGroup(line, Maths("H(p)", color=PROBABILITY).next_to(line.get_end(), DOWN + LEFT, buff=0.12))

    def law(self) -> VGroup:
        """The inequality, and when it is none."""
        law = coloured(LAW, size=HEADING)
        when = VGroup(Words("equal only if", size=SMALL, color=QUIET), Maths("q = p", size=SMALL)).arrange(
            RIGHT, buff=0.15
        )
        middle = float(self.curve.x_axis.get_center()[0])
        return VGroup(law, when).arrange(DOWN, buff=0.2).move_to((middle, RULE_HEIGHT, 0))


def _places() -> NDArray[np.float64]:
    """Amounts of coffee to draw the bowl through: finer where it is steep."""
    return np.asarray((1 - np.cos(np.linspace(0, np.pi, 401))) / 2)


def _chart(facts: Facts) -> FunctionCurve:
    marks = {facts.number(name): facts.shown(name, "frac") for name in ("none", "q_coffee", "p_coffee", "all")}
    places = _places()
    chart = FunctionCurve(
        bill,
        y_range=(0.0, CHART_BITS),
        width=CHART_WIDTH,
        height=CHART_BITS * BOWL_BIT,
        samples=places[(places >= BOWL[0]) & (places <= BOWL[1])].tolist(),
        x_ticks={value: text.replace("/", "\\/") for value, text in marks.items()},
    )
    chart.x_labels.add(Words("coffee that q expects", size=SMALL, color=QUIET).next_to(chart.x_labels, DOWN, buff=0.12))
    return chart.shift(np.array([CHART_LEFT, FOOT, 0.0]) - chart.at(0, 0))
