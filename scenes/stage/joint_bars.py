"""What two variables cost one by one, and below it what they cost together."""

from __future__ import annotations

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, VGroup, VMobject
from manim.typing import Point3D

from scenes.stage.live_number import LiveNumber
from scenes.stage.probability_bar import ProbabilityBar
from scenes.stage.theme import BODY, BOTH, GROUND, PAPER, PROBABILITY, SECOND, SHARED, SMALL
from scenes.stage.typeset import Maths, Words

PAD = 0.18  # between a label and the ends of its bar
GAP = 0.16  # between the two rows
NUMBER_GAP = 0.22  # between a label and its number
READOUT = 0.25  # between the longest row and the numbers on its right
TOLERANCE = 1e-9


class JointBars(VGroup):
    """Two rows in bits: H(X) and H(Y) end to end, and H(X, Y) below them. What H(X, Y) lacks is marked as saved.

    The verb :meth:`set_entropies` changes all of it in place and returns it.

    Parameters
    ----------
    h_x, h_y, h_xy
        The entropies to start with, in bits. The numbers on the right stay where this sum ends.
    unit, thickness
        Length of a bit and height of a row in scene units.
    spec, total_spec
        How an entropy, and how the two totals on the right are shown.

    Raises
    ------
    ValueError
        For entropies that no two variables have: H(X, Y) is neither above the sum nor below one of them.
    """

    def __init__(
        self,
        h_x: float,
        h_y: float,
        h_xy: float,
        *,
        unit: float = 1.4,
        thickness: float = 0.62,
        spec: str = ".3f",
        total_spec: str | None = None,
    ) -> None:
        super().__init__()
        self.unit, longest = unit, unit * (h_x + h_y)
        self._upper, self._lower = (
            ProbabilityBar([0, 0], width=longest, height=thickness, colors=list(colors), frame=False)
            for colors in ((PROBABILITY, SECOND), (BOTH, SHARED))
        )
        self._lower.next_to(self._upper, DOWN, buff=GAP)
        self._lower.segments[1].set_fill(opacity=0.3)
        labels = [(Maths(text, color=GROUND), LiveNumber(0, spec, color=GROUND)) for text in ("H(X)", "H(Y)")]
        self._labels = labels
        self._joint_label = Maths("H(X, Y)", color=GROUND)
        self.saved = Words("saved", size=SMALL, color=PAPER)
        total_spec = total_spec or spec
        self.sum = LiveNumber(0, total_spec, size=1.1 * BODY, color=PAPER)
        self.total = LiveNumber(0, total_spec, size=1.1 * BODY, color=BOTH)
        self.x, self.y = (
            VGroup(bar, VGroup(*label)) for bar, label in zip(self._upper.segments, self._labels, strict=True)
        )
        self.both = VGroup(self._lower.segments[0], self._joint_label, self.total)
        self.gap = VGroup(self._lower.segments[1], self.saved)
        self.add(self._upper.frame, self._lower.frame, self.x, self.y, self.sum, self.both, self.gap)
        for number, row in ((self.sum, self._upper), (self.total, self._lower)):
            number.anchor_at(row.frame.get_right() + READOUT * RIGHT + number.height / 2 * DOWN)
        self.set_entropies(h_x, h_y, h_xy)

    @property
    def entropies(self) -> tuple[float, float, float]:
        """H(X), H(Y) and H(X, Y) as they are shown now."""
        return self._entropies

    def at(self, bits: float, *, below: float = 0.0) -> Point3D:
        """The point so many bits from the left end, so far below the lower row."""
        return self._lower.edge(bits / (self._lower.frame.width / self.unit)) + below * DOWN

    def set_entropies(self, h_x: float, h_y: float, h_xy: float) -> JointBars:
        """Show these entropies. Returns itself."""
        if h_xy > h_x + h_y + TOLERANCE or h_xy < max(h_x, h_y) - TOLERANCE:
            raise ValueError(f"H(X, Y) = {h_xy} bits does not go with H(X) = {h_x} and H(Y) = {h_y}")
        self._entropies = (h_x, h_y, h_xy)
        most = self._upper.frame.width / self.unit
        gap = max(0.0, h_x + h_y - h_xy)
        self._upper.set_values([h_x / most, h_y / most])
        self._lower.set_values([h_xy / most, gap / most])
        for bar, (sign, number), bits in zip(self._upper.segments, self._labels, (h_x, h_y), strict=True):
            number.set_value(bits)
            _label(bar, sign)
            number.anchor_at(np.array([sign.get_right()[0] + NUMBER_GAP, sign.submobjects[0].get_bottom()[1], 0.0]))
        _label(self._lower.segments[0], self._joint_label)
        self.saved.move_to(self._lower.segments[1])
        room = gap * self.unit - self.saved.width - PAD
        self.saved.set_opacity(min(1.0, max(0.0, room / PAD)))
        self._lower.segments[1].set_stroke(SHARED, width=2, opacity=1 if gap > TOLERANCE else 0)
        self.sum.set_value(h_x + h_y)
        self.total.set_value(h_xy)
        return self


def _label(bar: VMobject, sign: Maths) -> None:
    """Put *sign* at the left end of *bar*, the middle of its capital on the bar's."""
    sign.move_to(bar.get_left() + PAD * RIGHT, aligned_edge=LEFT)
    sign.shift((bar.get_y() - sign.submobjects[0].get_y()) * UP)
