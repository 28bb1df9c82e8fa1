"""How a sampled message fills its sheet while the average of its surprises settles."""

from __future__ import annotations

import numpy as np
from manim import LEFT, FadeIn

from infotheory import surprise
from scenes.stage.examples.stage_example import StageExample
from scenes.stage.message_stream import MessageStream
from scenes.stage.probability_bar import dimmed
from scenes.stage.theme import CODE

COIN = (0.9, 0.1)
FLIPS = 1000


class MessageStreamExample(StageExample):
    """A thousand flips of a loaded coin."""

    def construct(self) -> None:
        """The first ten flips one by one, then all of them."""
        flips = np.random.default_rng(0).choice(len(COIN), FLIPS, p=COIN)
        stream = MessageStream(
            flips,
            [surprise(p) for p in COIN],
            colors=[dimmed(CODE), CODE],
            bit=1.0,
            most_bits=3.5,
            counts={1: "1", FLIPS: str(FLIPS)},
        )
        self.play(FadeIn(stream.shift(5.5 * LEFT)))
        self.play(stream.run(10))
        self.play(stream.run(FLIPS))
        self.wait()
