"""KL divergence: the bill minus the fair price. It is waste, never negative, and no distance."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import numpy as np
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Create,
    Dot,
    FadeIn,
    FadeOut,
    GrowFromCenter,
    GrowFromEdge,
    LaggedStart,
    TransformFromCopy,
    UpdateFromAlphaFunc,
    VGroup,
    linear,
)

from infotheory import descend_covering, descend_picking, divergence_from_mixture, divergence_to_mixture
from narration.fact import Facts
from scenes.messages.kl_divergence_coins import (
    BEYOND,
    CoinPrices,
    WasteBar,
    divergence_name,
)
from scenes.messages.kl_divergence_facts import (
    CODE_WORDS,
    FAIR,
    HALF,
    HUMPS,
    LENGTHS,
    LETTERS,
    NINE,
    QUARTER,
    RATIOS,
    START,
    TENTH,
    TRUTH,
    all_facts,
    coin_waste,
)
from scenes.messages.kl_divergence_pictures import (
    APART,
    PANEL_LEFT,
    SCALE_LEFT,
    CodewordRows,
    HumpChart,
    LogAndTangent,
    PriceLedger,
    Scales,
    two_sources,
)
from scenes.stage.beat import Beat
from scenes.stage.bill import Bill
from scenes.stage.concept_scene import ConceptScene
from scenes.stage.exceptions import allow
from scenes.stage.theme import BODY, GROUND, MODEL, PAPER, QUICK, SLOW, SMALL, STEADY, STEP, WASTE
from scenes.stage.typeset import Maths, Words, heading

FORMULA = "D(p parallel q) = sum_x p(x) log_2 p(x) / q(x)"
FIRST_BAR, SECOND_BAR = -5.2, -2.9  # where bars of waste stand
LONGEST = 1000.0  # bits of a codeword that nobody can tell from an endless one, on this screen


@dataclass
class Props:
    """What lives longer than a beat."""

    bill: Bill
    ledger: PriceLedger
    prices: CoinPrices


class KlDivergence(ConceptScene[Props]):
    """Waste as a red part of a bill, as a gap between line and curve, and as what a fit makes least."""

    @staticmethod
    def compute_facts() -> Facts:
        """Two sources of four letters, some coins and two humps are given; everything else follows from them."""
        return all_facts()

    def set_stage(self) -> Props:
        """The bill of four letters, and the chart of all coins, both on the right."""
        p = [float(x) for x in TRUTH]
        bill = Bill(p, LENGTHS, names=list(LETTERS), codewords=CODE_WORDS, width=5.9, bit=1.25, most_bits=3)
        bill.move_to((6.1, -2.35, 0), aligned_edge=DOWN + RIGHT)
        ends = (self.facts.shown("zero"), self.facts.shown("one"))
        ledger = PriceLedger(self.facts, ("bill", "fair", "waste"), ".3f")
        return Props(bill, ledger, CoinPrices(HALF, NINE, ends=ends))

    # ---- the bill --------------------------------------------------------------------------------

    @allow("text over marks", "the fair price passes through the digits on its way", what="Words('1') at props.bill")
    def waste(self, beat: Beat) -> None:
        """What a bill has beyond the fair price is waste: some letters too long, others too short."""
        bill, ledger, sources = self.props.bill, self.props.ledger, two_sources(self.facts)
        self.play(FadeIn(heading(beat.title), bill.ruler, bill.unit_name, bill.columns, bill.cells, *bill.digits))
        beat.wait_until("source")
        self.play(FadeIn(sources[0], bill.strip, *bill.names), run_time=QUICK)
        beat.wait_until("bill")
        self.play(FadeIn(sources[1]), run_time=QUICK)
        beat.wait_until("area")
        self.play(FadeIn(ledger.bill), run_time=QUICK)
        beat.wait_until("over")
        bill.set_bill(bill.weights, LENGTHS, LENGTHS)
        self.play(bill.change(fair=[*FAIR[:2], *LENGTHS[2:]]), run_time=STEADY)
        beat.wait_until("under")
        self.play(bill.change(fair=FAIR), run_time=STEADY)
        beat.wait_until("level")
        self.play(bill.level(), run_time=SLOW)
        middles = {"price": 0.5, "waste": 1 + self.facts.number("bill") / 2}  # of cells that no line crosses
        for (cue, height), row in zip(middles.items(), (ledger.fair, ledger.waste), strict=True):
            block = Words(row.label.text, color=GROUND, weight="medium").move_to(bill.at(0.25, height))
            beat.wait_until(cue)
            self.play(FadeIn(row, block), run_time=QUICK)
        beat.wait_until("name")
        name = Words("Kullback-Leibler divergence").move_to((PANEL_LEFT, -1.35, 0), aligned_edge=LEFT)
        formula = Maths(FORMULA, size=BODY, color=WASTE).next_to(name, DOWN, buff=0.3, aligned_edge=LEFT)
        self.play(FadeIn(name), run_time=QUICK)
        beat.wait_until("formula")
        self.play(FadeIn(formula, shift=0.1 * UP), run_time=STEADY)

    # ---- coins -----------------------------------------------------------------------------------

    def line(self, beat: Beat) -> None:
        """For coins, the fair price is a curve, the bill its tangent, and the waste the gap."""
        prices, facts = self.props.prices, self.facts
        self.turn_page(beat.title, *self.props.ledger.names)
        self.play(FadeIn(prices.axes), run_time=STEP)
        beat.wait_until("curve")
        self.play(Create(prices.fair.curve), FadeIn(prices.fair_name), run_time=STEADY)
        beat.wait_until("code")
        lengths = Words(facts.fill("code for {q_nine:.1f}"), color=MODEL)
        sum_of_two = Maths(facts.fill("p dot {heads_cost:.4f} + (1 - p) dot {tails_cost:.4f}"), color=MODEL)
        lengths.move_to((PANEL_LEFT, 2.35, 0), aligned_edge=LEFT)
        sum_of_two.next_to(lengths, DOWN, buff=0.25, aligned_edge=LEFT)
        self.play(FadeIn(prices.q_mark, lengths), run_time=QUICK)
        self.play(FadeIn(sum_of_two), run_time=QUICK)
        beat.wait_until("line")
        self.play(Create(prices.bill), run_time=STEADY)
        self.play(FadeIn(prices.bill_name), run_time=STEP)
        beat.wait_until("touch")
        self.play(GrowFromCenter(prices.touch), run_time=QUICK)
        beat.wait_until("gap")
        self.play(FadeIn(prices.p_mark, prices.truth), run_time=STEP)
        self.play(GrowFromEdge(prices.gap, DOWN), run_time=STEADY)
        beat.wait_until("value")
        ledger = PriceLedger(facts, ("coin_bill", "coin_fair", "d_half_nine"), ".4f")
        for row in (ledger.bill, ledger.fair, ledger.waste):
            self.play(FadeIn(row.amount), run_time=STEP)

    def myth(self, beat: Beat) -> None:
        """Swap truth and belief, and the waste is another."""
        prices = self.props.prices
        prices.set_coins(HALF, NINE)
        self.turn_page(beat.title, prices, prices.bill_name)
        claim = Words("“KL is the distance\nbetween two distributions”", color=WASTE)
        claim.move_to((PANEL_LEFT, 1.95, 0), aligned_edge=LEFT)
        self.play(FadeIn(claim), run_time=STEP)
        bars = [self._bar("half_nine", FIRST_BAR), self._bar("nine_half", SECOND_BAR)]
        beat.wait_until("there")
        self.play(TransformFromCopy(prices.gap, bars[0].parts[0]), FadeIn(bars[0].names), run_time=STEADY)
        beat.wait_until("cost")
        self.play(FadeIn(bars[0].total), run_time=STEP)
        beat.wait_until("swap")
        self.play(prices.slide(NINE, HALF), run_time=beat.until("back", at_most=2 * SLOW))
        beat.wait_until("back")
        self._show(bars[1])
        beat.wait_until("verdict")
        answer = Words("Waste has a direction:\nwho is true, who is believed").move_to(claim, aligned_edge=LEFT)
        self.play(FadeOut(claim, shift=0.2 * UP), FadeIn(answer, shift=0.2 * UP), run_time=QUICK)

    def _bar(self, pair: str, x: float) -> WasteBar:
        """The waste between the two coins of *pair*, with its number and its name."""
        facts, (first, second) = self.facts, pair.split("_")
        coins = {"half": ("p_half", ".1f"), "nine": ("q_nine", ".1f"), "tenth": ("q_tenth", ".1f")}
        name = divergence_name(facts.shown(*coins[first]), facts.shown(*coins[second]))
        return WasteBar([facts.number(f"d_{pair}")], [facts.shown(f"d_{pair}", ".4f")], [name], x)

    def _show(self, bar: WasteBar) -> None:
        """The gap becomes the bar, which then gets its number and name."""
        self.play(TransformFromCopy(self.props.prices.gap, bar.parts[0]), run_time=STEADY)
        self.play(FadeIn(bar.total, bar.names), run_time=STEP)

    def detour(self, beat: Beat) -> None:
        """From coin to coin by way of a third one wastes less than the direct way."""
        prices, facts = self.props.prices, self.facts
        self.turn_page(beat.title, prices, prices.bill_name)
        self.play(prices.slide(HALF, TENTH), run_time=SLOW)
        beat.wait_until("direct")
        self._show(self._bar("half_tenth", FIRST_BAR))
        stops = [
            facts.shown(name, spec) for name, spec in (("p_half", ".1f"), ("q_quarter", ".2f"), ("q_tenth", ".1f"))
        ]
        steps = ("half_quarter", "quarter_tenth")
        two = WasteBar(
            [facts.number(f"d_{step}") for step in steps],
            [facts.shown(f"d_{step}", ".4f") for step in steps],
            [divergence_name(stops[0], stops[1]), divergence_name(stops[1], stops[2], before="+")],
            SECOND_BAR,
            total=facts.shown("d_detour", ".4f"),
        )
        for i, (cue, (p, q)) in enumerate((("first", (HALF, QUARTER)), ("second", (QUARTER, TENTH)))):
            beat.wait_until(cue)
            self.play(prices.slide(p, q), run_time=STEADY)
            self.play(TransformFromCopy(prices.gap, two.parts[i]), run_time=QUICK)
            self.play(FadeIn(two.numbers[i], two.names[i]), run_time=STEP)
        beat.wait_until("sum")
        longer = Maths(facts.fill("{d_half_tenth:.4f} > {d_half_quarter:.4f} + {d_quarter_tenth:.4f}"))
        verdict = VGroup(Words("The detour wastes less:"), longer).arrange(DOWN, buff=0.25, aligned_edge=LEFT)
        self.play(FadeIn(two.total, verdict.move_to((PANEL_LEFT, 1.95, 0), aligned_edge=LEFT)), run_time=QUICK)

    @allow("outside the frame", "what is infinite leaves the frame", what="props.prices")
    def infinite(self, beat: Beat) -> None:
        """As the believed chance of heads goes to nothing, its codeword grows without end, and so does the waste."""
        prices = self.props.prices
        self.turn_page(beat.title, prices, prices.bill_name)
        rows = CodewordRows(TENTH, lambda q: coin_waste(HALF, q))
        self.play(prices.slide(HALF, TENTH), FadeIn(rows), run_time=STEADY)
        self.play(FadeOut(prices.bill_name), run_time=STEP)
        first = -float(np.log2(TENTH))

        def grow(bits: float) -> None:
            prices.set_coins(HALF, rows.set_codeword(bits), ceiling=BEYOND)

        def by_ratio(_: object, alpha: float) -> None:
            grow(first * (LONGEST / first) ** alpha**4)

        beat.wait_until("tilt")
        tilt = UpdateFromAlphaFunc(VGroup(prices, rows), by_ratio, rate_func=linear)
        self.play(tilt, run_time=beat.until("zero"))
        grow(np.inf)
        beat.wait_until("endless")
        name = divergence_name(self.facts.shown("p_half", ".1f"), self.facts.shown("zero"))
        endless = Maths(self.facts.fill("= {d_zero:.1f}"), color=WASTE)
        name.move_to((PANEL_LEFT, -1.0, 0), aligned_edge=LEFT)
        self.play(FadeIn(name, endless.next_to(name, RIGHT, buff=0.15)), run_time=QUICK)

    # ---- the proof -------------------------------------------------------------------------------

    def never(self, beat: Beat) -> None:
        """A logarithm lies below its tangent, and the tangent's heights balance: waste is never negative."""
        self.turn_page(beat.title)
        ticks = {float(x): str(x) for x in (1, 2, 4)}
        picture, scales = LogAndTangent(ticks), Scales()
        log = picture.log
        self.play(FadeIn(log.axes, picture.x_name), run_time=STEP)
        beat.wait_until("curve")
        self.play(Create(log.curve), FadeIn(picture.log_name), run_time=STEADY)
        beat.wait_until("tangent")
        self.play(Create(picture.tangent), FadeIn(picture.tangent_name), run_time=STEADY)
        beat.wait_until("letters")
        self.play(FadeIn(picture.letters, picture.stems, picture.ratio), run_time=STEADY)
        beat.wait_until("columns")
        rise = [TransformFromCopy(stem, column) for stem, column in zip(picture.stems, scales.columns, strict=True)]
        self.play(FadeIn(scales.line, *scales.names), LaggedStart(*rise, lag_ratio=0.2), run_time=SLOW)
        beat.wait_until("balance")
        balance = VGroup(Maths("sum p (q / p - 1)"), Maths(self.facts.fill("= sum q - sum p = {tangent_sum:frac}")))
        balance.arrange(DOWN, buff=0.25, aligned_edge=LEFT).move_to((SCALE_LEFT, 1.55, 0), aligned_edge=LEFT)
        self.play(FadeIn(balance), run_time=QUICK)
        beat.wait_until("sink")
        sink = scales.sink([float(np.log(float(x))) for x in RATIOS])
        self.play(sink, *picture.lower(), run_time=SLOW)
        beat.wait_until("bits")
        total = Maths(self.facts.fill("sum p ln q / p = {log_sum:.3f}"), color=WASTE)
        total.move_to((SCALE_LEFT, -2.2, 0), aligned_edge=LEFT)
        unit = Words(self.facts.fill("nats, that is\n{waste:.3f} bits wasted"), size=SMALL, color=WASTE)
        self.play(FadeIn(total, unit.next_to(total, RIGHT, buff=0.3)), run_time=QUICK)
        beat.wait_until("equal")
        touch = Dot(log.point(1), radius=0.13, color=PAPER)
        self.play(GrowFromCenter(touch), FadeIn(picture.equal), run_time=QUICK)

    # ---- one hump for two ------------------------------------------------------------------------

    def fit(self, beat: Beat) -> None:
        """The least waste either way: one Gaussian covers both humps, the other picks one."""
        title = self.turn_page(beat.title)
        cover = HumpChart("D(p parallel q)", "p is true, q believed", partial(divergence_from_mixture, HUMPS), START)
        pick = HumpChart("D(q parallel p)", "q is true, p believed", partial(divergence_to_mixture, p=HUMPS), START)
        cover.shift(APART * LEFT)
        pick.shift(APART * RIGHT)
        charts = (cover, pick)
        beat.wait_until("truth")
        self.play(*(FadeIn(chart.axis, chart.humps, chart.p_name) for chart in charts), run_time=STEADY)
        beat.wait_until("belief")
        self.play(*(Create(chart.hump) for chart in charts), run_time=STEADY)
        self.play(*(FadeIn(chart.q_name) for chart in charts), run_time=STEP)
        beat.wait_until("cover")
        self.play(FadeIn(cover.waste, cover.says), run_time=STEP)
        self.play(cover.descend(descend_covering(HUMPS, START)), run_time=beat.until("covered"))
        beat.wait_until("pick")
        self.play(FadeIn(pick.waste, pick.says), run_time=STEP)
        self.play(pick.descend(descend_picking(HUMPS, START)), run_time=beat.until("picked"))
        for cue, text in (("nothing", "X and Y share nothing?"), ("question", "How much does X tell about Y?")):
            beat.wait_until(cue)
            before, title = title, heading(text)
            self.play(FadeOut(before, shift=0.1 * UP), FadeIn(title, shift=0.1 * UP), run_time=QUICK)
