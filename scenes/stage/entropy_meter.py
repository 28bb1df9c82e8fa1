"""A meter of entropy: a bar in a frame as long as the entropy can get, and the number beside it."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import DL, DOWN, LEFT, RIGHT, UP, Animation, ManimColor, UpdateFromAlphaFunc, VGroup
from manim.typing import Point3D

from scenes.stage.live_number import LiveNumber
from scenes.stage.probability_bar import ProbabilityBar
from scenes.stage.theme import BODY, PROBABILITY, QUIET, SMALL
from scenes.stage.typeset import Words, stand_on


class EntropyMeter(VGroup):
    """The entropy of so many *outcomes*: the frame is log2(outcomes) bits long, the bar within it H bits.

    The frame is the room that the outcomes give, the bar what a distribution makes of it. Meters with one *unit* can be
    compared by length.

    Parameters
    ----------
    outcomes
        How many outcomes there are, two or more.
    bits
        The entropy to start with.
    label
        Words above the meter, if any.
    unit
        Length of a bit in scene units.
    thickness
        Height of the bar.
    spec
        How the number is shown.
    color
        Colour of the quantity: that of p and H(X), unless it is another's entropy.

    Raises
    ------
    ValueError
        For fewer than two outcomes, or an entropy that so many outcomes cannot have.
    """

    def __init__(
        self,
        outcomes: int,
        bits: float = 0.0,
        *,
        label: str | None = None,
        unit: float = 1.0,
        thickness: float = 0.42,
        spec: str = ".4f",
        color: ManimColor = PROBABILITY,
    ) -> None:
        if outcomes < 2:
            raise ValueError(f"a meter needs at least two outcomes, not {outcomes}")
        super().__init__()
        self.most = float(np.log2(outcomes))
        self.bar = ProbabilityBar([0.0], width=unit * self.most, height=thickness, colors=color)
        self.number = LiveNumber(bits, spec, size=1.2 * BODY, color=color)
        self.unit_name = Words("bits", size=SMALL, color=color)
        self.readout = VGroup(self.number, self.unit_name)
        self.label = VGroup(*([Words(label, size=SMALL, color=QUIET)] if label else []))
        self.label.next_to(self.bar, UP, buff=0.12, aligned_edge=LEFT)
        self.number.anchor_at(self.bar.frame.get_right() + 0.2 * RIGHT + self.number.height / 2 * DOWN)
        self.unit_name.next_to(self.number, RIGHT, buff=0.15)
        stand_on(self.unit_name, float(self.number.get_bottom()[1]))
        self.add(self.bar, self.readout, self.label)
        self.set_entropy(bits)

    @property
    def bits(self) -> float:
        """The entropy that it shows now."""
        return self._bits

    def at(self, bits: float) -> Point3D:
        """The point on the frame's lower edge that lies so many bits from its left end."""
        return self.bar.edge(bits / self.most)

    def set_entropy(self, bits: float) -> EntropyMeter:
        """Show an entropy of so many *bits*. Returns itself."""
        if not -1e-9 <= bits <= self.most + 1e-9:
            raise ValueError(f"an entropy of {bits} bits does not fit a meter for at most {self.most} bits")
        self._bits = max(0.0, bits)
        self.bar.set_values([self._bits / self.most])
        self.number.set_value(self._bits)
        return self

    def rise(self, bits: float, **kwargs: Any) -> Animation:
        """Let bar and number run from where they are to *bits*."""
        start = self._bits

        def show(_: object, alpha: float) -> None:
            self.set_entropy((1 - alpha) * start + alpha * bits)

        return UpdateFromAlphaFunc(VGroup(self.bar, self.number), show, **kwargs)

    def align_zero(self, point: Point3D) -> EntropyMeter:
        """Put the lower left corner of the frame at *point*. Returns itself."""
        self.shift(point - self.bar.frame.get_corner(DL))
        return self
