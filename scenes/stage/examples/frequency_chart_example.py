"""How tiles gather into a frequency chart, and a chart of large counts."""

from __future__ import annotations

from manim import DOWN, UP, FadeIn, FadeOut, GrowFromEdge

from scenes.stage.examples.stage_example import StageExample
from scenes.stage.frequency_chart import FrequencyChart, by_frequency
from scenes.stage.word_tile import SentenceTiles, words_of


class FrequencyChartExample(StageExample):
    """A rhyme is stacked word by word; then three columns of large counts grow."""

    def construct(self) -> None:
        """Show both kinds of chart."""
        rhyme = "The rain in Spain stays in the plain, and rain on the plain is rain."
        sentence = SentenceTiles(rhyme.lower(), width=7).apart().move_to(2 * UP)
        chart = FrequencyChart(by_frequency(words_of(rhyme.lower())), tile_height=1.0).move_to(1.5 * DOWN)
        self.play(FadeIn(sentence))
        self.remove(sentence)
        self.add(*sentence.tiles)
        self.play(FadeIn(chart.base), chart.gather(sentence.tiles, run_time=3))
        self.remove(*sentence.tiles)
        self.play(FadeOut(chart))
        letters = FrequencyChart({"e": 127, "t": 91, "z": 1}, column_width=2, gap=1, tile_height=0.2, per_row=10)
        self.play(FadeIn(letters.base), *(GrowFromEdge(column, DOWN) for column in letters.columns.values()))
        self.wait()
