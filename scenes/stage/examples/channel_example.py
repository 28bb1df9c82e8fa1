"""How a message travels from encoder to decoder, whatever carries it."""

from __future__ import annotations

from manim import DOWN, LEFT, RIGHT, FadeIn, VGroup

from scenes.stage.channel import Channel, plain_channel
from scenes.stage.examples.stage_example import StageExample
from scenes.stage.pictograms import air, disk, new_strand, person, person_later, phone, polymerase, strand, tower
from scenes.stage.reading import Reading


class ChannelExample(StageExample):
    """A phone, a strand of DNA and a diary, each with a message on its way; then the diagram that they share."""

    def construct(self) -> None:
        """Send a message through each; the last one stops half-way."""
        channels = [
            Channel([phone(), air(), tower()], ["phone", "air", "tower"]),
            Channel([strand(), polymerase(), new_strand()], ["DNA", "polymerase", "new strand"]),
            Channel([person(), disk(), person_later()], ["you", "disk", "you, later"]),
            plain_channel(),
        ]
        VGroup(*channels).arrange(DOWN, buff=0.4)
        for channel in channels:
            self.play(FadeIn(channel))
            self.play(channel.carry(Reading(["011"])))
        self.play(FadeIn(Reading(["011"]).move_to(channels[-1].at(0.2))))
        self.play(FadeIn(Reading(["0"]).next_to(channels[-1].entrance, LEFT)))
        self.play(FadeIn(Reading(["0"]).next_to(channels[-1].exit, RIGHT)))
