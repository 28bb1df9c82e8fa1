"""Surprise and code length: what does a whole message cost?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from manim import (
    DL,
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Create,
    DashedLine,
    FadeIn,
    FadeOut,
    GrowFromEdge,
    ReplacementTransform,
    Transform,
    TransformFromCopy,
    VGroup,
    interpolate_color,
)

from narration.fact import Facts
from scenes.entropy import code_length_facts
from scenes.entropy.code_length_chart import RateChart, receipt
from scenes.entropy.code_length_facts import DIE, DIE_PMF, FACE_NAMES, LONGEST_BLOCK, MESSAGE, ROLLS
from scenes.entropy.code_length_pictures import (
    BIT,
    COLUMNS_WIDTH,
    FOOT,
    LEFT_EDGE,
    Bill,
    BitColumns,
    Costs,
    FlipCost,
    UnderColumns,
    coin_source,
    die_line,
    die_source,
    interval_ends,
    room_bar,
    room_bill,
)
from scenes.stage.beat import Beat
from scenes.stage.concept_scene import ConceptScene
from scenes.stage.interval_zoom import IntervalZoom
from scenes.stage.live_number import LiveNumber
from scenes.stage.message_stream import MessageStream
from scenes.stage.theme import (
    CODE,
    DISPLAY,
    GROUND,
    HEADING,
    PROBABILITY,
    QUICK,
    QUIET,
    SMALL,
    STEADY,
    STEP,
    WASTE,
)
from scenes.stage.typeset import Maths, Words, heading

CHEAP = interpolate_color(GROUND, CODE, 0.4)  # tiles of the likely face, which costs less
UNHURRIED = 1.1  # seconds of a zoom into a piece, and of the rolls' way into order
DROP = 0.2  # how far a settled digit falls into its place
MOST_BITS = 2.5  # where the chart of the average ends
COUNTS = {10**k: f'"{10**k:,}"' for k in range(4)}  # its ticks
SHRINKING = range(2, 6)  # bars of blocks that get cheaper and cheaper, after the first two


@dataclass
class Props:
    """What lives longer than a beat."""

    line: IntervalZoom
    odds: VGroup
    bill: Bill
    columns: BitColumns
    under: UnderColumns
    floor: DashedLine
    floor_name: Maths
    flip: FlipCost


class CodeLength(ConceptScene[Props]):
    """A message is a piece of the line; its surprise is its length in bits, and the average is the entropy."""

    @staticmethod
    def compute_facts() -> Facts:
        """Die, message and coin are given; everything else follows from them."""
        return code_length_facts.compute_facts()

    def set_stage(self) -> Props:
        """Everything in its place."""
        facts, line = self.facts, die_line(self.facts)
        columns = BitColumns([facts.number(f"s_{name}") for name in FACE_NAMES])
        odds = VGroup(*(Maths(facts.shown(f"p_{name}", ".1f"), color=PROBABILITY) for name in FACE_NAMES))
        for odd, piece in zip(odds, line.pieces, strict=True):
            odd.next_to(piece, UP, buff=0.18)
        ends = [np.array([x, FOOT + BIT * facts.number("h_die"), 0]) for x in (LEFT_EDGE, LEFT_EDGE + COLUMNS_WIDTH)]
        floor = DashedLine(*ends, color=PROBABILITY, stroke_width=3)
        return Props(
            line=line,
            odds=odds,
            bill=Bill(facts),
            columns=columns,
            under=UnderColumns(columns, facts),
            floor=floor,
            floor_name=Maths("H", color=PROBABILITY).next_to(floor, LEFT, buff=0.12),
            flip=FlipCost(facts),
        )

    def question(self, beat: Beat) -> None:
        """Four rolls of a loaded die: their surprises add up to no whole number of bits."""
        line, bill = self.props.line, self.props.bill
        self.play(FadeIn(*line.pieces), run_time=STEADY)
        self.play(FadeIn(self.props.odds[0]), run_time=QUICK)
        beat.wait_until("odds")
        self.play(FadeIn(*self.props.odds[1:]), run_time=QUICK)
        beat.wait_until("message")
        for symbol, die in zip(MESSAGE, bill.dice, strict=True):
            self.play(TransformFromCopy(line.pieces[symbol].label, die), run_time=STEP)
        beat.wait_until("prices")
        self.play(FadeIn(bill.ruler), run_time=STEP)
        for price in bill.prices:
            self.play(GrowFromEdge(price[0], LEFT), FadeIn(price[1]), run_time=QUICK)
        beat.wait_until("total")
        self.play(FadeIn(bill.total), run_time=QUICK)
        beat.wait_until("fragment")
        self.play(FadeIn(*bill.cells[:-1]), run_time=QUICK)
        self.play(FadeIn(bill.fragment, bill.doubt), run_time=QUICK)
        beat.wait_until("ask")
        self.play(FadeIn(heading(beat.title)), run_time=QUICK)

    def zoom(self, beat: Beat) -> None:
        """Each roll narrows the line to its piece; digits settle, and the code is as long as the surprise."""
        line, bill = self.props.line, self.props.bill
        self.turn_page(beat.title, *line.pieces, bill.ruler, *bill.prices, bill.total, *bill.cells)
        unpaid = [Transform(price, bill.unpaid(price)) for price in bill.prices]
        self.play(*unpaid, FadeIn(*bill.message, bill.cells[-1]), run_time=STEADY)
        beat.wait_until("rows")
        self.play(FadeIn(line.ends, *line.rows), run_time=STEADY)
        cues = (("one", "settled"), ("two", "settled_two"), ("three", ""), ("four", "settled_four"))
        for rolls, (rolled, settled) in enumerate(cues, 1):
            beat.wait_until(rolled)
            self._zoom_in(rolls)
            if settled:
                beat.wait_until(settled)
                self._settle(rolls)
        self._point_inside(beat)

    def _zoom_in(self, rolls: int) -> None:
        """Zoom into the piece of the next roll; its surprise is paid."""
        line, bill, symbol = self.props.line, self.props.bill, MESSAGE[rolls - 1]
        shown = [
            Transform(part, part.copy().set_opacity(1)) for part in (bill.message[rolls - 1], bill.prices[rolls - 1])
        ]
        self.play(line.choose(symbol), *shown, run_time=STEP)
        self.play(line.zoom(symbol, interval_ends(self.facts, rolls)), run_time=UNHURRIED)

    def _settle(self, rolls: int) -> None:
        """The digits that all numbers in view begin with are sent; the next ones come up."""
        line = self.props.line
        self.play(line.settle(), run_time=STEP)
        self._send(self.facts.shown(f"settled_{rolls}"), since=rolls - 1)
        self.play(line.advance(), run_time=QUICK)

    def _send(self, code: str, since: int) -> None:
        """The digits of *code* that were not settled after *since* rolls drop out below."""
        bill = self.props.bill
        new = range(len(self.facts.shown(f"settled_{since}")), len(code))
        self.play(*(FadeIn(bill.digit(k, code[k]), shift=DROP * DOWN) for k in new), run_time=QUICK)

    def _point_inside(self, beat: Beat) -> None:
        """The width is the product of the probabilities; two more digits lie safely inside."""
        line, bill, facts = self.props.line, self.props.bill, self.facts
        factors = " dot ".join(facts.shown(f"p_{FACE_NAMES[symbol]}", ".1f") for symbol in MESSAGE)
        product = Maths(facts.fill(f"{factors} = {{width:.4f}}"), color=PROBABILITY)
        beat.wait_until("width")
        self.play(FadeIn(product.next_to(line.frame, UP, buff=0.18)), run_time=QUICK)
        beat.wait_until("inside")
        self.play(line.point(facts.shown("code", "bits")), run_time=QUICK)
        self._send(facts.shown("code", "bits"), since=len(MESSAGE))
        beat.wait_until("cost")
        self.play(FadeIn(bill.code_total), run_time=QUICK)
        beat.wait_until("always")
        self.play(FadeIn(bill.rest, bill.bound), run_time=STEADY)

    def average(self, beat: Beat) -> None:
        """The average surprise of a long message settles on the entropy: the mean height of the die's columns."""
        props = self.props
        self.turn_page(beat.title)
        stream, mean = self._stream(), LiveNumber(0, ".3f", size=HEADING, color=CODE)
        mean.set_value(stream.average(1)).anchor_at(stream.chart.at(0, MOST_BITS) + 0.3 * (UP + RIGHT))
        names = self._names(stream, mean)
        beat.wait_until("stream")
        self.play(FadeIn(stream, mean, names), run_time=QUICK)
        self.play(stream.run(10, mean.set_value, followers=[mean]), run_time=2 * STEADY)
        self.play(stream.run(ROLLS, mean.set_value, followers=[mean]), run_time=beat.until("settle"))
        beat.wait_until("line")
        start, end = stream.chart.x_axis.get_start(), stream.chart.x_axis.get_end()
        up = (props.floor.get_y() - FOOT) * UP
        chart_floor = DashedLine(start + up, end + up, color=PROBABILITY, stroke_width=3)
        self.play(Create(props.floor), Create(chart_floor), run_time=QUICK)
        beat.wait_until("sort")
        self.play(stream.sheet.gather(), run_time=UNHURRIED)
        self.play(FadeOut(stream.sheet), FadeIn(props.columns, *props.under.dice), run_time=QUICK)
        self.bring_to_front(props.floor)
        self._weigh(beat, chart_floor)

    def _stream(self) -> MessageStream:
        """A long sampled message of the die, on the page where its columns will stand."""
        stream = MessageStream(
            self.random.choice(len(DIE), ROLLS, p=DIE_PMF),
            [self.facts.number(f"s_{name}") for name in FACE_NAMES],
            colors=[CHEAP, *[CODE] * (len(DIE) - 1)],
            width=COLUMNS_WIDTH,
            height=BIT * MOST_BITS,
            bit=BIT,
            most_bits=MOST_BITS,
            counts=COUNTS,
        )
        return stream.shift(np.array([LEFT_EDGE, FOOT, 0]) - stream.sheet.area.get_corner(DL))

    def _names(self, stream: MessageStream, mean: LiveNumber) -> VGroup:
        """What the axis and the live number count."""
        rolls = Words("rolls", size=SMALL, color=QUIET).next_to(stream.chart.x_axis, DOWN, buff=0.65)
        return VGroup(rolls, Words("bits a roll, so far", size=SMALL, color=QUIET).next_to(mean, RIGHT, buff=0.25))

    def _weigh(self, beat: Beat, level: DashedLine) -> None:
        """Each price times its probability; the sum is the entropy."""
        under, facts = self.props.under, self.facts
        source = (
            "{{ {p_one:.1f} : p }} dot {{ {s_one:.3f} : s }} + {{ {p_others:.1f} : q }} dot {{ {s_two:.3f} : t }} "
            "= {{ {h_die:.3f} : sum }}"
        )
        terms = Maths(facts.fill(source)).move_to((LEFT_EDGE, 2.3, 0), aligned_edge=LEFT)
        for label in ("p", "q", "sum"):
            terms.select(label).set_color(PROBABILITY)
        for label in ("s", "t"):
            terms.select(label).set_color(CODE)
        beat.wait_until("ones")
        self.play(FadeIn(under.odds[0], under.prices[0]), run_time=QUICK)
        beat.wait_until("others")
        self.play(FadeIn(*under.odds[1:], *under.prices[1:]), run_time=QUICK)
        beat.wait_until("sum")
        self.play(FadeIn(terms), run_time=STEADY)
        formula = Maths("H = sum_x p(x) log_2 1 / p(x)", size=HEADING)
        beat.wait_until("formula")
        self.play(FadeIn(formula.next_to(level, DOWN, buff=0.9), self.props.floor_name), run_time=STEADY)

    def shannon(self, beat: Beat) -> None:
        """Whole bits for each roll: less than one bit above the entropy."""
        props, facts, costs = self.props, self.facts, Costs(self.facts)
        under, names = props.under, ("shannon", "huffman")
        self.turn_page(
            beat.title, props.columns, *under.dice, *under.odds, *under.prices, props.floor, props.floor_name
        )
        codes = {name: [facts.shown(f"{name}_{i}", "bits") for i in range(len(DIE))] for name in names}
        words = {name: under.codewords(codes[name]) for name in names}
        beat.wait_until("round")
        self._set_lengths(codes["shannon"])
        self.play(FadeIn(*words["shannon"]), run_time=QUICK)
        room = room_bar(facts, "shannon")
        bill = room_bill(facts, room)
        beat.wait_until("room")
        name = Words("room for codewords", size=SMALL, color=QUIET)
        self.play(FadeIn(room.frame, name.next_to(room, UP, buff=0.15)), run_time=STEP)
        self.play(FadeIn(*(room.part(i) for i in range(len(DIE))), lag_ratio=0.4), run_time=STEADY)
        self.play(FadeIn(bill), run_time=STEP)
        beat.wait_until("cost")
        self.play(FadeIn(costs.entropy, costs.shannon), run_time=STEADY)
        beat.wait_until("bound")
        self.play(FadeIn(costs.ceiling, costs.bound), run_time=STEADY)
        beat.wait_until("huffman")
        self.play(FadeOut(*words["shannon"], bill), run_time=STEP)
        self._set_lengths(codes["huffman"])
        filled = room_bar(facts, "huffman")
        parts = [ReplacementTransform(room.part(i), filled.part(i)) for i in range(len(DIE))]
        self.play(FadeIn(*words["huffman"], costs.huffman), *parts, run_time=QUICK)
        beat.wait_until("pairs")
        self.play(FadeIn(costs.pairs), run_time=QUICK)

    def _set_lengths(self, code: list[str]) -> None:
        """The columns grow or shrink to the lengths of codewords."""
        columns = self.props.columns
        rounded = columns.copy().set_lengths([len(word) for word in code])
        self.play(Transform(columns, rounded), run_time=STEADY)
        self.bring_to_front(*self.props.under.prices, self.props.floor)

    def myth(self, beat: Beat) -> None:
        """A coin of half a bit costs a whole bit a flip, even with the best code for single flips."""
        flip = self.props.flip
        self.turn_page(beat.title)
        claim = Words("Huffman is optimal", size=DISPLAY, color=WASTE).move_to(1.9 * DOWN)
        self.play(FadeIn(claim), run_time=QUICK)
        beat.wait_until("coin")
        self.play(FadeIn(flip.coin, *flip.sides), run_time=STEADY)
        beat.wait_until("codewords")
        self.play(FadeIn(*flip.codewords), run_time=QUICK)
        self.play(FadeIn(flip.bit, flip.bit_name), run_time=QUICK)
        beat.wait_until("entropy")
        self.play(FadeIn(flip.within, flip.beyond, flip.floor), run_time=STEADY)
        self.remove(flip.bit)
        verdict = Words("Optimal for one symbol at a time", size=HEADING).move_to(claim)
        beat.wait_until("verdict")
        self.play(FadeOut(claim), run_time=STEP)
        self.play(FadeIn(verdict), run_time=STEP)

    def blocks(self, beat: Beat) -> None:
        """Blocks of flips share the rounding; arithmetic coding rounds once."""
        facts, flip, chart = self.facts, self.props.flip, RateChart(self.facts)
        self.turn_page(beat.title, flip.within, flip.beyond)
        wide = chart.scale(facts.shown("wide_low", ".0f"), facts.shown("wide_high", ".0f"))
        first = VGroup(flip.within, flip.beyond)
        self.play(ReplacementTransform(first, chart.parts[0]), run_time=STEADY)
        self.play(FadeIn(chart.axis, chart.axis_name, wide, chart.edge, chart.edge_name), run_time=STEP)
        self.play(FadeIn(chart.breaks[0], chart.numbers[0], chart.names[0]), run_time=STEP)
        beat.wait_until("pair")
        self.play(FadeIn(chart.bar(1)), run_time=QUICK)
        beat.wait_until("more")
        for i in SHRINKING:
            self.play(FadeIn(chart.bar(i)), run_time=QUICK)
        ceilings = chart.ceilings(SHRINKING.stop)
        bound = chart.bound()
        beat.wait_until("bound")
        self.play(FadeIn(ceilings, bound), run_time=STEADY)
        beat.wait_until("closer")
        close = chart.scale(facts.shown("close_low", ".3f"), facts.shown("close_high", ".3f"))
        self.play(FadeOut(ceilings, bound, wide), run_time=STEP)
        self.play(chart.draw_out(SHRINKING.stop), FadeIn(close), run_time=2 * STEADY)
        self._compare(beat, chart)

    def _compare(self, beat: Beat, chart: RateChart) -> None:
        """Longer blocks may cost more; one codeword for the whole message costs next to nothing extra."""
        for i, cue in enumerate(("seven", "eight"), SHRINKING.stop):
            beat.wait_until(cue)
            self.play(FadeIn(chart.bar(i)), run_time=QUICK)
        beat.wait_until("coder")
        self.play(FadeIn(chart.bar(LONGEST_BLOCK)), run_time=STEADY)
        beat.wait_until("totals")
        self.play(FadeIn(receipt(self.facts)), run_time=STEADY)

    def next(self, beat: Beat) -> None:
        """Two sources, two entropies: what makes it large, what makes it small?"""
        die, coin = die_source(self.facts).set_y(1.6), coin_source(self.facts).set_y(-0.2)
        self.turn_page(beat.title)
        for cue, source in (("die", die), ("coin", coin)):
            beat.wait_until(cue)
            self.play(FadeIn(source), run_time=STEADY)
        beat.wait_until("question")
        ask = Words("What makes it large, and what makes it small?", size=HEADING).move_to(1.9 * DOWN)
        self.play(FadeIn(ask), run_time=STEADY)
