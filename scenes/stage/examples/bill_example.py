"""How a bill is read: widths are probabilities, heights are code lengths, and the area is paid."""

from __future__ import annotations

from manim import DOWN, FadeIn

from infotheory import entropy, huffman_code, surprise
from scenes.stage.bill import Bill
from scenes.stage.examples.stage_example import StageExample
from scenes.stage.theme import MODEL, PROBABILITY

TRUTH = (1 / 2, 1 / 4, 1 / 8, 1 / 8)
MODELLED = TRUTH[::-1]


class BillExample(StageExample):
    """A code made for one source, paid for by another: bill, waste, and the level of both."""

    def construct(self) -> None:
        """Show every verb once."""
        code = huffman_code(MODELLED)
        lengths = [len(word) for word in code]
        bill = Bill(MODELLED, lengths, names="abcd", codewords=code, most_bits=3, color=MODEL)
        self.play(FadeIn(bill.shift(1.5 * DOWN)))
        self.play(bill.change(weights=TRUTH))
        self.play(bill.strip.segments.animate.set_fill(PROBABILITY))
        bill.set_bill(TRUTH, lengths, [surprise(p) for p in TRUTH])
        self.wait(0.5)
        self.play(bill.level())
        self.play(FadeIn(bill.line(entropy(TRUTH), PROBABILITY, start=0, end=1.1)))
        self.wait()
