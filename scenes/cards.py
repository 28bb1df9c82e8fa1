"""The cards between films: a chapter's title, a short one before each film, and the end."""

from __future__ import annotations

from typing import Any

from manim import DOWN, LEFT, FadeIn, FadeOut, LaggedStart, VGroup

from scenes.card import Card
from scenes.stage.halving_rule import HalvingRule
from scenes.stage.theme import DISPLAY, HEADING, PAPER, QUICK, QUIET, SAFE_LEFT, STAGE_CENTER, STEADY
from scenes.stage.timed_scene import TimedScene
from scenes.stage.typeset import Words


class CardScene(TimedScene):
    """A card: its lines come in above and below a rule that is halved again and again, and leave together."""

    def __init__(self, *args: Any, card: Card, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._card = card

    def construct(self) -> None:
        """Show the card for its time."""
        card = self._card
        rule = HalvingRule(width=6.0)
        lines = [
            Words(card.above, size=HEADING, color=QUIET),
            Words(card.title, size=DISPLAY, weight="semibold"),
            rule,
        ]
        if card.below:
            lines.append(Words(card.below, size=HEADING, color=PAPER))
        block = VGroup(*lines).arrange(DOWN, buff=0.5, aligned_edge=LEFT).move_to(STAGE_CENTER)
        block.set_x(SAFE_LEFT + 0.6, direction=LEFT)
        words = [line for line in lines if line is not rule]
        grow = LaggedStart(*(FadeIn(piece, shift=0.2 * DOWN) for piece in rule), lag_ratio=0.3)
        self.play(LaggedStart(*(FadeIn(line) for line in words), lag_ratio=0.3), grow, run_time=STEADY)
        self.wait(max(0.1, card.seconds - STEADY - QUICK))
        self.play(FadeOut(block), run_time=QUICK)
