"""What entropy measures: how many outcomes there are, and how evenly they share."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from manim import (
    DOWN,
    LEFT,
    ORIGIN,
    RIGHT,
    UP,
    Circle,
    Create,
    Dot,
    FadeIn,
    FadeOut,
    GrowFromEdge,
    LaggedStart,
    Line,
    ReplacementTransform,
    UpdateFromAlphaFunc,
    VGroup,
)
from numpy.typing import NDArray

from infotheory import entropy, running_average, surprise
from narration.fact import Facts
from scenes.entropy.uncertainty_facts import (
    BENT,
    FACES,
    FAVOURITE,
    FLIPS,
    P_FIRST,
    P_SECOND,
    P_SUN,
    POCKETS,
    THREE,
    TWO,
    all_facts,
    fair,
    halving_path,
    neighbours,
    rigged,
)
from scenes.entropy.uncertainty_pictures import (
    CHART_HEIGHT,
    CURVE_LEFT,
    FINE,
    FORMULA,
    NUMBERS_RIGHT,
    TALL,
    BlindRow,
    Chord,
    CoinRow,
    DrawnCurve,
    Ledger,
    MythRow,
    Scale,
    SurpriseColumns,
    SurpriseRuler,
    average_row,
    binary_formula,
    entropy_curve,
    source,
    sun,
)
from scenes.stage.beat import Beat
from scenes.stage.concept_scene import ConceptScene
from scenes.stage.die import Die
from scenes.stage.entropy_meter import EntropyMeter
from scenes.stage.function_curve import FunctionCurve
from scenes.stage.halving_ruler import HalvingRuler
from scenes.stage.live_number import LiveNumber
from scenes.stage.roulette_wheel import RouletteWheel
from scenes.stage.theme import (
    CODE,
    DISPLAY,
    HEADING,
    PAPER,
    PROBABILITY,
    QUICK,
    QUIET,
    SHARED,
    SLOW,
    SMALL,
    STEADY,
    STEP,
)
from scenes.stage.typeset import Maths, Words, heading


@dataclass
class Props:
    """What lives longer than a beat. Columns and curve stand on one line."""

    die: Die
    die_meter: EntropyMeter
    wheel: RouletteWheel
    wheel_meter: EntropyMeter
    columns: SurpriseColumns
    ruler: SurpriseRuler
    curve: FunctionCurve


class Uncertainty(ConceptScene[Props]):
    """A die, a wheel, a sunrise and a coin: what makes entropy large, and what makes it small."""

    @staticmethod
    def compute_facts() -> Facts:
        """The examples' chances are given; everything else follows from them."""
        return all_facts()

    def set_stage(self) -> Props:
        """Die and wheel with their meters; columns and curve side by side."""
        die_meter = EntropyMeter(FACES, label="a fair die", unit=0.72).align_zero(np.array([-6.2, -0.55, 0]))
        wheel_meter = EntropyMeter(POCKETS, label="the wheel", unit=0.72).align_zero(np.array([-6.2, -1.75, 0]))
        return Props(
            die=Die(side=0.78).move_to((-6.2, 1.85, 0), aligned_edge=LEFT),
            die_meter=die_meter,
            wheel=RouletteWheel(radius=2.65, top=FAVOURITE).move_to((3.65, 0.05, 0)),
            wheel_meter=wheel_meter,
            columns=SurpriseColumns(1 / 2, [sun(True), sun(False)], unit=CHART_HEIGHT / TALL),
            ruler=SurpriseRuler(TALL, 2),
            curve=entropy_curve(self.facts),
        )

    # ---- die and wheel ---------------------------------------------------------------------------

    def question(self, beat: Beat) -> None:
        """Yes-or-no questions halve what is left; counted exactly, the halvings are the entropy."""
        props, facts = self.props, self.facts
        self.play(LaggedStart(*(FadeIn(face) for face in props.die.faces), lag_ratio=0.15), run_time=QUICK)
        beat.wait_until("wheel")
        self.play(FadeIn(props.wheel), run_time=STEADY)
        beat.wait_until("ask")
        self.play(FadeIn(heading(beat.title)), run_time=QUICK)
        beat.wait_until("halve")
        first, *others = ([face + 1 for face in left] for left in halving_path(FACES, FACES - 1))
        self.play(props.die.animate.highlight(*first), run_time=STEP)
        beat.wait_until("die_path")
        for faces in others:
            self.play(props.die.animate.highlight(*faces), run_time=STEP)
        die_says = Words(facts.fill("{die_fewest:d} or {die_most:d} questions")).next_to(props.die, DOWN, buff=0.3)
        self.play(FadeIn(die_says.align_to(props.die, LEFT)), run_time=STEP)
        beat.wait_until("wheel_path")
        order = props.wheel.order
        for left in halving_path(POCKETS, order.index(FAVOURITE)):
            self.play(props.wheel.animate.highlight(*(order[i] for i in left)), run_time=STEP)
        wheel_says = Words(facts.fill("{wheel_fewest:d} or {wheel_most:d}\nquestions"), align="center")
        self.play(FadeIn(wheel_says.move_to(props.wheel.middle)), run_time=STEP)
        beat.wait_until("die_bits")
        ruler = HalvingRuler(6, unit=0.72, direction=RIGHT)
        ruler.shift(props.wheel_meter.at(0) + 0.12 * DOWN - ruler.point(0)).numbers.set_color(QUIET)
        self.play(props.die.animate.highlight(), FadeIn(props.die_meter, props.wheel_meter.label, ruler), run_time=STEP)
        self.play(props.die_meter.rise(facts.number("h_die")), run_time=STEADY)
        beat.wait_until("wheel_bits")
        self.play(props.wheel.animate.highlight(), FadeIn(props.wheel_meter), run_time=STEP)
        self.play(props.wheel_meter.rise(facts.number("h_wheel")), run_time=STEADY)

    def rigged(self, beat: Beat) -> None:
        """The favourite pocket grows: as many outcomes, less and less entropy."""
        props, facts = self.props, self.facts
        self.play(FadeOut(*self._titles()), run_time=STEP)
        self.play(FadeIn(heading(beat.title)), run_time=STEP)
        wheel, meter = props.wheel, props.wheel_meter
        chance = LiveNumber(1 / POCKETS, ".2f", size=DISPLAY, color=PROBABILITY, edge=ORIGIN)
        chance.anchor_at(wheel.middle + 0.45 * DOWN)
        sign = Words(f"chance of {facts.shown('favourite')}", size=SMALL, color=QUIET).move_to(wheel.middle + 0.5 * UP)
        beat.wait_until("rig")
        questions = [mobject for mobject in self.mobjects if isinstance(mobject, Words) and "questions" in mobject.text]
        self.play(FadeOut(*questions), FadeIn(sign, chance), run_time=STEP)

        def share_out(target: NDArray[np.float64], run_time: float) -> None:
            start = wheel.distribution

            def follow(_: object, alpha: float) -> None:
                p = (1 - alpha) * start + alpha * target
                wheel.set_distribution(p)
                meter.set_entropy(entropy(p))
                chance.set_value(p[FAVOURITE])

            self.play(UpdateFromAlphaFunc(VGroup(wheel, meter, chance), follow), run_time=run_time)

        share_out(rigged(facts.number("p_level")), beat.until("level"))
        level = Line(props.die_meter.bar.edge(1), meter.at(props.die_meter.most), color=PAPER, stroke_width=2)
        self.play(Create(level), run_time=STEP)
        beat.wait_until("certain")
        self.play(FadeOut(level), run_time=STEP)
        share_out(rigged(1.0), 2 * SLOW)
        beat.wait_until("evenly")
        share_out(fair(POCKETS), SLOW)
        beat.wait_until("many")
        share_out(neighbours(wheel.order, FACES), SLOW)

    # ---- sunrise and coin ------------------------------------------------------------------------

    def sunrise(self, beat: Beat) -> None:
        """A certain sun and a rare night: probability times surprise is an area, and entropy their sum."""
        props, ledger = self.props, Ledger(self.facts)
        columns, unit = props.columns, CHART_HEIGHT / TALL
        self.turn_page(beat.title)
        dawn = sun(True, width=3).move_to(columns.base.get_center() + UP)
        self.play(FadeIn(dawn, shift=0.3 * UP), run_time=STEADY)
        beat.wait_until("even")
        rises, none = columns.labels
        self.play(ReplacementTransform(dawn, rises), FadeIn(none), run_time=QUICK)
        self.play(FadeIn(columns, props.ruler), run_time=QUICK)
        live = [ledger.heads, *(part for row in (ledger.sun, ledger.none) for part in (row.icon, row.p, row.s))]
        self.play(FadeIn(*live), run_time=QUICK)
        beat.wait_until("slide")

        def follow(_: object, alpha: float) -> None:
            p = 1 - 0.5 ** (1 - alpha) * (1 - P_SUN) ** alpha  # even steps of the rare event's surprise
            columns.set_probability(p, unit)
            ledger.set_probability(p)

        self.play(UpdateFromAlphaFunc(VGroup(columns, ledger.sun.live, ledger.none.live), follow), run_time=2 * SLOW)
        for cue, name, spec, column in zip(
            ("see", "miss"), ("s_sun", "s_none"), (".5f", ".2f"), columns.columns, strict=True
        ):
            height = Maths(self.facts.shown(name, spec), color=CODE)
            height.next_to(column.get_top(), UP if cue == "see" else LEFT, buff=0.2)
            beat.wait_until(cue)
            self.play(FadeIn(height), run_time=QUICK)
        beat.wait_until("weigh")
        self.play(FadeIn(*ledger.sun.signs, *ledger.none.signs, ledger.area), run_time=QUICK)
        for row in (ledger.sun, ledger.none):
            self.play(FadeIn(row.product, shift=0.2 * RIGHT), run_time=STEADY)
        beat.wait_until("add")
        self.play(FadeIn(ledger.sum), run_time=QUICK)
        beat.wait_until("formula")
        formula = Maths(FORMULA, size=HEADING).move_to(((CURVE_LEFT + 6.2) / 2, -1.5, 0))
        self.play(FadeIn(formula, shift=0.1 * UP), run_time=STEADY)

    def coin(self, beat: Beat) -> None:
        """The area of the two columns, over the bias: the binary entropy curve."""
        props = self.props
        columns, curve, drawn = props.columns, props.curve, DrawnCurve(props.curve)
        self.turn_page(beat.title, columns, props.ruler)
        fine = SurpriseRuler(FINE, 1)
        self.play(self.others(*columns.columns, columns.base, *self._titles()), run_time=STEP)
        columns.relabel("heads", "tails")
        self.play(FadeIn(fine, *columns.labels), self._bend(P_SUN, BENT), run_time=STEADY)
        self.play(FadeIn(curve.axes, curve.dot, drawn), run_time=QUICK)

        def follow(p: float) -> None:
            columns.set_probability(p, CHART_HEIGHT / FINE)
            drawn.follow(p)

        beat.wait_until("drag")
        followers = [*columns.columns, *columns.labels, *drawn]
        self.play(curve.slide(1 / 2, follow, followers=followers), run_time=beat.until("top", at_most=3 * SLOW))
        beat.wait_until("top")
        summit = Line(curve.at(0, 1), curve.at(1, 1), color=QUIET, stroke_width=2)
        self.play(Create(summit), run_time=STEADY)
        beat.wait_until("down")
        self.play(FadeOut(summit), run_time=STEP)
        self.play(curve.slide(1 - BENT, follow, followers=followers), run_time=beat.until("ends"))
        beat.wait_until("ends")
        self._reach_the_ends(drawn)
        self.play(FadeOut(fine, columns), run_time=QUICK)
        self.play(FadeIn(*binary_formula()), run_time=QUICK)

    def _bend(self, start: float, end: float) -> UpdateFromAlphaFunc:
        """Tails get likelier while the scale grows as their surprise shrinks: their column keeps its height."""
        columns = self.props.columns
        height = surprise(1 - start) * CHART_HEIGHT / TALL

        def follow(_: object, alpha: float) -> None:
            p = 1 - (1 - start) ** (1 - alpha) * (1 - end) ** alpha
            columns.set_probability(p, height / surprise(1 - p))

        return UpdateFromAlphaFunc(VGroup(*columns.columns), follow)

    def _reach_the_ends(self, drawn: DrawnCurve) -> None:
        """The point runs to nought, and the curve is completed at its other end."""
        curve = self.props.curve
        self.play(curve.slide(0.0, drawn.follow, followers=[*drawn]), run_time=QUICK)
        other = drawn.piece(BENT, 1.0)
        self.play(Create(other), run_time=STEP)
        self.add(curve.curve, curve.dot)
        self.remove(drawn.line, other)

    def _titles(self) -> list[Words]:
        """The heading on the stage."""
        return [mobject for mobject in self.mobjects if isinstance(mobject, Words) and mobject.get_top()[1] > 3]

    # ---- mixing ----------------------------------------------------------------------------------

    def mixing(self, beat: Beat) -> None:
        """Two coins: knowing which one is worth the chord, picking blindly the curve above it."""
        facts, curve = self.facts, self.props.curve
        self.turn_page(beat.title, curve.axes, curve.curve)
        rows = [
            CoinRow("one coin: heads", P_FIRST, 1.85, spec=".1f", entropy_shown=facts.shown("h_first", ".3f")),
            CoinRow("the other: heads", P_SECOND, 0.85, spec=".1f", entropy_shown=facts.shown("h_second", ".3f")),
        ]
        dots = [Dot(curve.point(p), radius=0.1, color=PAPER) for p in (P_FIRST, P_SECOND)]
        for cue, row, dot in zip(("first", "second"), rows, dots, strict=True):
            beat.wait_until(cue)
            self.play(FadeIn(row.coin), run_time=QUICK)
            stem = Line(curve.at(row.bar.values[0], 0), dot.get_center(), color=QUIET, stroke_width=2)
            self.play(Create(stem), run_time=QUICK)
            self.play(FadeIn(dot, row.entropy), FadeOut(stem), run_time=STEP)
        beat.wait_until("chord")
        chord = Chord(curve, P_FIRST, P_SECOND)
        mixed, average = facts.number("p_mixed"), facts.number("h_average")
        middle = Dot(curve.at(mixed, average), radius=0.1, color=PAPER)
        self.play(Create(chord), run_time=STEADY)
        self.play(FadeIn(middle, average_row(facts.shown("h_average", ".3f"), 0.15)), run_time=QUICK)
        beat.wait_until("blind")
        blind = self._flip_blindly(beat)
        beat.wait_until("lift")
        target = Circle(radius=0.17, color=PAPER, stroke_width=3).move_to(curve.point(mixed))
        self.play(FadeIn(target, blind.entropy), run_time=QUICK)
        beat.wait_until("gap")
        gap = self._show_gap(middle, target)
        beat.wait_until("above")
        marks = [gap, middle, target, curve.dot, *dots]
        self.play(FadeOut(*marks), run_time=STEP)
        for p, q in ((0.02, 0.45), (0.5, 0.96), (P_FIRST, P_SECOND)):
            self.play(chord.slide(p, q), run_time=STEADY)
        self.play(FadeIn(*marks), run_time=STEP)

    def _flip_blindly(self, beat: Beat) -> BlindRow:
        """Thousands of blind flips: the share of heads, and with it the live point, settles at the formula's place."""
        curve = self.props.curve
        second = self.random.integers(0, 2, FLIPS).astype(bool)
        share = running_average(self.random.random(FLIPS) < np.where(second, P_SECOND, P_FIRST))
        row = BlindRow(share, -0.95, entropy_shown=self.facts.shown("h_mixed", ".3f"))
        curve.place(row.share)
        self.play(FadeIn(row.coin, row.count, curve.dot), run_time=QUICK)

        def follow(_: object, alpha: float) -> None:
            row.set_progress(alpha)
            curve.place(row.share)

        self.play(UpdateFromAlphaFunc(VGroup(row.coin, row.count, curve.dot), follow), run_time=beat.until("settle"))
        return row

    def _show_gap(self, middle: Dot, target: Circle) -> VGroup:
        """The way up from the chord to the curve, as a length (which is returned) and as a sum."""
        gap = Line(middle.get_top(), target.get_bottom(), color=SHARED, stroke_width=5)
        length = Maths(self.facts.shown("gap", ".3f"), color=SHARED).next_to(gap, RIGHT, buff=0.15).shift(0.2 * UP)
        total = Maths(self.facts.fill("{h_average:.3f} + {{ {gap:.3f} : gap }} = {h_mixed:.3f}"))
        total.set_color(PROBABILITY).select("gap").set_color(SHARED)
        total.move_to((NUMBERS_RIGHT, -2.1, 0), aligned_edge=RIGHT)
        self.play(GrowFromEdge(gap, DOWN), FadeIn(length), run_time=STEADY)
        self.play(FadeIn(total), run_time=QUICK)
        return VGroup(gap, length)

    # ---- myth and units --------------------------------------------------------------------------

    def myth(self, beat: Beat) -> None:
        """A third outcome gives room, and yet there can be less entropy."""
        facts = self.facts
        self.turn_page(beat.title)
        two = MythRow(TWO, 1.2, facts.fill("room for {room_two:.3f} bits"))
        three = MythRow((*TWO, 0.0), -1.1, facts.fill("room for {room_three:.3f} bits"))
        even = two.chances([facts.shown("p_even", ".1f")] * len(TWO))
        beat.wait_until("two")
        self.play(FadeIn(two.bar, even), run_time=QUICK)
        self.play(FadeIn(two.meter, two.heads()), run_time=QUICK)
        beat.wait_until("three")
        self.play(FadeIn(three.bar, three.meter), run_time=STEP)

        def follow(_: object, alpha: float) -> None:
            three.set_distribution([(1 - alpha) * p + alpha * q for p, q in zip((*TWO, 0.0), THREE, strict=True)])

        self.play(UpdateFromAlphaFunc(VGroup(three.bar, three.meter), follow), run_time=SLOW)
        names = ("p_least", "p_least", "p_most")
        self.play(FadeIn(three.chances([facts.shown(name, ".2f") for name in names])), run_time=STEP)
        beat.wait_until("verdict")
        self.play(FadeIn(two.room, three.room), run_time=STEADY)

    def units(self, beat: Beat) -> None:
        """One bit on three scales; then the formula, and where else it might come from."""
        facts = self.facts
        self.turn_page(beat.title)
        scales = [
            Scale(3, facts.number("bit"), "bits", facts.fill("{bit}"), 2.0),
            Scale(2, facts.number("nats_per_bit"), "nats", facts.shown("nats_per_bit", ".3f"), 0.75),
            Scale(1, facts.number("hartleys_per_bit"), "hartleys", facts.shown("hartleys_per_bit", ".3f"), -0.5),
        ]
        self.play(FadeIn(scales[0].ruler, scales[0].label), run_time=QUICK)
        for cue, scale in zip(("nats", "hartleys"), scales[1:], strict=True):
            beat.wait_until(cue)
            self.play(FadeIn(scale.ruler, scale.label), run_time=QUICK)
        beat.wait_until("bit")
        for scale in scales:
            self.play(GrowFromEdge(scale.amount, LEFT), FadeIn(scale.value), run_time=QUICK)
        beat.wait_until("formula")
        formula = Maths(FORMULA, size=HEADING).move_to(1.95 * DOWN)
        self.play(FadeIn(formula, source(formula, "surprise", LEFT)), run_time=STEADY)
        beat.wait_until("question")
        self.play(FadeIn(source(formula, "counting?", RIGHT)), run_time=STEADY)
