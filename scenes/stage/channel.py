"""Encoder, channel, decoder: whoever sends, what carries, whoever receives, and a message on its way."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from manim import (
    DOWN,
    LEFT,
    RIGHT,
    FadeIn,
    FadeOut,
    Line,
    MoveAlongPath,
    Succession,
    VGroup,
    VMobject,
    linear,
    smooth,
)
from manim.typing import Point3D

from scenes.stage.pictograms import funnel, tube
from scenes.stage.theme import QUIET, RULE, SLOW, SMALL, THIN
from scenes.stage.typeset import Words, stand_on

ROLES = ("encoder", "channel", "decoder")
GAP = 0.16  # between a station and its wires
NAME_DROP = 0.34  # of a name's baseline below the stations
ENDS = 0.15  # share of a journey that a message takes to appear, and to go


class Channel(VGroup):
    """Three stations in a row, joined by wires: encoder, channel, decoder.

    Messages are mobjects of the caller's: :meth:`carry` takes one through; :attr:`entrance` and :attr:`exit` are where
    what is to be sent, and what was received, may stand.

    Parameters
    ----------
    stations
        Encoder, channel and decoder, as pictures of about one height.
    names
        What stands below each station, if anything.
    width
        Distance from the middle of the encoder to that of the decoder, in scene units.

    Raises
    ------
    ValueError
        When there are not three stations, or not as many names.
    """

    def __init__(self, stations: Sequence[VMobject], names: Sequence[str] = (), *, width: float = 8.0) -> None:
        if len(stations) != len(ROLES) or (names and len(names) != len(ROLES)):
            raise ValueError(f"a channel has three stations ({', '.join(ROLES)}), each with a name or none with any")
        super().__init__()
        self.encoder, self.medium, self.decoder = self.stations = tuple(stations)
        for share, station in zip((-0.5, 0.0, 0.5), self.stations, strict=True):
            station.move_to(share * width * RIGHT)
        self.wires = VGroup(self._wire(self.encoder, self.medium), self._wire(self.medium, self.decoder))
        self.names = tuple(self._name(name, at) for name, at in zip(names, self.stations, strict=False))
        self.add(self.wires, *self.stations, *self.names)

    @property
    def entrance(self) -> Point3D:
        """Where the encoder begins."""
        left: Point3D = self.encoder.get_left()
        return left

    @property
    def exit(self) -> Point3D:
        """Where the decoder ends."""
        right: Point3D = self.decoder.get_right()
        return right

    def at(self, share: float) -> Point3D:
        """The point that lies *share* of the way from the encoder's wire to the decoder."""
        start, end = self.wires[0].get_start(), self.wires[1].get_end()
        point: Point3D = start + share * (end - start)
        return point

    def carry(self, message: VMobject, *, run_time: float = SLOW, **kwargs: Any) -> Succession:
        """Let *message* come out of the encoder, travel through the channel, and go into the decoder."""
        half = message.width / 2 * RIGHT
        way = Line(self.at(0) + half, self.at(1) - half)
        message.move_to(way.get_start())
        middle = run_time * (1 - 2 * ENDS)
        return Succession(
            FadeIn(message, scale=0.5, run_time=run_time * ENDS),
            MoveAlongPath(message, way, run_time=middle, rate_func=smooth),
            FadeOut(message, scale=0.5, run_time=run_time * ENDS, rate_func=linear),
            **kwargs,
        )

    def _wire(self, left: VMobject, right: VMobject) -> Line:
        start, end = left.get_right() + GAP * RIGHT, right.get_left() + GAP * LEFT
        return Line(start, end, color=RULE, stroke_width=2 * THIN)

    def _name(self, name: str, station: VMobject) -> Words:
        words = Words(name, size=SMALL, color=QUIET).next_to(station, DOWN)
        return stand_on(words, min(float(each.get_bottom()[1]) for each in self.stations) - NAME_DROP)


def plain_channel(*, width: float = 8.0) -> Channel:
    """The diagram that all channels share: one part makes messages short, one carries them, one makes them long."""
    return Channel([funnel(), tube(width=0.42 * width), funnel().flip()], ROLES, width=width)
