"""How a rule that adds looks beside one that does not."""

from __future__ import annotations

from manim import DOWN, FadeIn, VGroup

from infotheory import surprise
from scenes.stage.end_to_end import EndToEnd
from scenes.stage.examples.stage_example import StageExample
from scenes.stage.theme import QUIET


class EndToEndExample(StageExample):
    """Two coins that land heads: their surprises add, their rarities do not."""

    def construct(self) -> None:
        """Show a rule that passes and one that fails."""
        coin, both = surprise(0.5), surprise(0.25)
        passes = EndToEnd(
            [coin, coin],
            both,
            part_labels=[f"{coin:.0f}"] * 2,
            sum_label=f"{2 * coin:.0f}",
            whole_label=f"{both:.0f}",
            whole_name="both",
        )
        fails = EndToEnd(
            [0.5, 0.5],
            0.75,
            part_labels=["0.5"] * 2,
            sum_label="1",
            whole_label="0.75",
            whole_name="both",
            color=QUIET,
        )
        self.play(FadeIn(VGroup(passes, fails).arrange(DOWN, buff=1).center()))
        self.wait()
