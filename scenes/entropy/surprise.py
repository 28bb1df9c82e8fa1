"""Formalizing surprise: it counts how often the mass of what was possible is halved."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from manim import DL, DOWN, LEFT, ORIGIN, RIGHT, UL, UP, UR
from manim import Create, FadeIn, FadeOut, GrowFromEdge, LaggedStart, ReplacementTransform, TransformFromCopy
from manim import Animation, Rectangle, VGroup
from manim.typing import Point3D

from infotheory.block_code import source_extension
from infotheory.surprise import surprise
from narration.fact import Fact, Facts
from scenes.stage.beat import Beat
from scenes.stage.concept_scene import ConceptScene
from scenes.stage.die_face import DieFace
from scenes.stage.end_to_end import EndToEnd
from scenes.stage.function_curve import FunctionCurve
from scenes.stage.halving_ruler import HalvingRuler
from scenes.stage.live_number import LiveNumber
from scenes.stage.mosaic import Mosaic
from scenes.stage.probability_bar import ProbabilityBar, dimmed
from scenes.stage.theme import BODY, CODE, DISPLAY, GROUND, HEADING, PAPER, PROBABILITY, QUIET, SMALL
from scenes.stage.theme import QUICK, SAFE_LEFT, SLOW, STEADY, TITLE_CORNER
from scenes.stage.typeset import Maths, Words, stand_on

DIE = (Fraction(2, 5), Fraction(1, 5), Fraction(1, 5), Fraction(1, 5))
MESSAGE = (0, 1, 0, 2)  # outcomes counted from 0: the faces 1 2 1 3

CHART_LEFT, CHART_WIDTH = -5.5, 6.6  # where mass 0 stands and how long mass 1 is, from the mosaic to the curve
CHART_FOOT, BIT, HALVINGS = -2.1, 1.25, 3  # height of 0 bits in the frame, length of one, halvings that are shown
ROW = 0.26  # height of a row of mass
SIDE = 2.45  # left edge of the column to the right of the chart
SQUARE = 3.4


@dataclass
class Props:
    """What lives longer than a beat."""

    title: Words
    die: DieFace
    bar: ProbabilityBar
    shares: VGroup
    mosaic: Mosaic
    rolls: VGroup
    count: VGroup
    area: VGroup
    sample: VGroup
    rows: VGroup
    live: ProbabilityBar
    ruler: HalvingRuler
    height: Rectangle
    curve: FunctionCurve
    readout: VGroup
    square: Mosaic
    log: EndToEnd


def bits(p: float | Fraction) -> float:
    """Surprise of a probability in bits."""
    return surprise(float(p))


class Surprise(ConceptScene[Props]):
    """A loaded die, the mosaic of its rolls, a ruler of halvings, and the only curve that adds."""

    @staticmethod
    def compute_facts() -> Facts:
        """The die is given; everything else follows from it."""
        one, two = DIE[0], DIE[1]
        pair = source_extension(DIE, 2)[0, 1]
        rolls = {f"outcomes_{n}": Fact(len(DIE) ** n, formula=f"{len(DIE)}^{n}") for n in range(1, len(MESSAGE) + 1)}
        masses = {f"mass_{k}": Fact(Fraction(1, 2**k), formula=f"1 / 2^{k}") for k in range(HALVINGS + 1)}
        return Facts(
            p_one=Fact(one, given=True),
            p_two=Fact(two, given=True),
            p_pair=Fact(pair, formula="p(1) p(2)"),
            p_tile=Fact(source_extension(DIE, len(MESSAGE))[MESSAGE], formula="p(1) p(2) p(1) p(3)"),
            ratio_one=Fact(1 / one, formula="1 / p(1)"),
            ratio_two=Fact(1 / two, formula="1 / p(2)"),
            s_one=Fact(bits(one), "bits", "log_2 (1 / p(1))"),
            s_two=Fact(bits(two), "bits", "log_2 (1 / p(2))"),
            s_pair=Fact(bits(pair), "bits", "log_2 (1 / (p(1) p(2)))"),
            linear_one=Fact(1 - one, formula="1 - p(1)"),
            linear_two=Fact(1 - two, formula="1 - p(2)"),
            linear_sum=Fact(2 - one - two, formula="(1 - p(1)) + (1 - p(2))"),
            linear_pair=Fact(1 - pair, formula="1 - p(1) p(2)"),
            odds_one=Fact(1 / one - 1, formula="1 / p(1) - 1"),
            odds_two=Fact(1 / two - 1, formula="1 / p(2) - 1"),
            odds_sum=Fact(1 / one + 1 / two - 2, formula="(1 / p(1) - 1) + (1 / p(2) - 1)"),
            odds_pair=Fact(1 / pair - 1, formula="1 / (p(1) p(2)) - 1"),
            **rolls,
            **masses,
        )

    def set_stage(self) -> Props:
        """Mosaic, rows, ruler and curve share the places of mass 0 and mass 1."""
        faces = [DieFace(face, height=0.5) for face in range(1, len(DIE) + 1)]
        bar = ProbabilityBar([float(p) for p in DIE], labels=faces, width=10.4, height=0.9, label_side=UP)
        mosaic = Mosaic(DIE, width=CHART_WIDTH, height=5.3).move_to([CHART_LEFT, -2.65, 0], aligned_edge=DL)
        rolls = VGroup(*(DieFace(height=0.72).blank() for _ in MESSAGE)).arrange(RIGHT, buff=0.16)
        count = self._tally(self.facts.number("outcomes_1"), ".0f", "sequences", 1.2, PAPER)
        ruler = HalvingRuler(HALVINGS + 1, unit=BIT)
        ruler.shift(np.array([CHART_LEFT - 0.3, CHART_FOOT, 0]) - ruler.point(0))
        square = Mosaic(DIE, column_symbols=1, row_symbols=1, width=SQUARE, height=SQUARE)
        return Props(
            title=self._heading("How surprised should you be?"),
            die=DieFace(height=2.3).move_to(1.4 * UP),
            bar=bar.move_to(1.4 * DOWN),
            shares=self._shares(bar),
            mosaic=mosaic,
            rolls=rolls.move_to([SIDE, 3.3, 0], aligned_edge=UL),
            count=count,
            area=self._tally(1, ".2f", "of the area", -0.8, PROBABILITY),
            sample=self._sample(mosaic),
            rows=VGroup(*(ProbabilityBar([2.0 ** (1 - k)]).fit(self._strip(k)) for k in range(1, HALVINGS + 1))),
            live=ProbabilityBar([float(DIE[0])], frame=False).fit(self._strip(bits(DIE[0]))),
            ruler=ruler,
            height=ruler.span(0, bits(DIE[0]), thickness=0.16),
            curve=self._curve(),
            readout=self._readout(),
            square=square.move_to([CHART_LEFT, -1.2, 0], aligned_edge=DL),
            log=self._rule("s", "log_2 1 / p", 3, color=CODE).shift(1.9 * UP),
        )

    # ---- beats ---------------------------------------------------------------------------------------------------

    def question(self, beat: Beat) -> None:
        """A loaded die shows a 1: how surprised should you be?"""
        die, bar, shares = self.props.die, self.props.bar, self.props.shares
        self.play(FadeIn(die), run_time=STEADY)
        beat.wait_until("bar")
        self.play(FadeIn(bar.frame), run_time=QUICK)
        for i in range(len(DIE)):
            self.play(bar.pour(i), FadeIn(shares[i]), run_time=QUICK)
        beat.wait_until("roll")
        turns = [int(face) for face in self.random.integers(1, len(DIE) + 1, 7)]
        self.play(die.roll([*turns, 1]), run_time=SLOW)
        beat.wait_until("one")
        self.play(bar.animate.highlight(0), shares[1:].animate.set_color(QUIET), run_time=STEADY)
        beat.wait_until("ask")
        self.play(FadeIn(self.props.title), run_time=STEADY)

    def sequences(self, beat: Beat) -> None:
        """The bar becomes the first cut of a picture that holds every sequence of four rolls."""
        props, mosaic = self.props, self.props.mosaic
        self.play(FadeOut(props.shares, props.title), props.bar.animate.highlight(), run_time=QUICK)
        self.play(ReplacementTransform(props.die, props.rolls[0]), run_time=STEADY)
        beat.wait_until("first")
        self.play(props.bar.animate.fit(mosaic.whole), run_time=SLOW)
        self.play(FadeIn(props.count, mosaic.cuts[0]), run_time=QUICK)
        for n, cue in enumerate(("second", "third", "fourth"), 2):
            beat.wait_until(cue)
            self.play(*map(Create, mosaic.cuts[n - 1]), FadeIn(props.rolls[n - 1]), run_time=STEADY)
            props.count[0].set_value(self.facts.number(f"outcomes_{n}"))
        beat.wait_until("count")
        self.add(mosaic)  # the same picture, now in tiles
        beat.wait_until("tile")
        numbers = [roll.animate.set_number(i + 1) for roll, i in zip(props.rolls, MESSAGE, strict=True)]
        self.play(Create(props.sample[0]), *numbers, run_time=STEADY)
        self.play(FadeIn(props.sample[1]), run_time=QUICK)

    def first_roll(self, beat: Beat) -> None:
        """A quarter of the tiles is left, but more of the area: what counts is the mass."""
        props, facts = self.props, self.facts
        self.play(FadeOut(props.sample), *(roll.animate.blank() for roll in props.rolls[1:]), run_time=QUICK)
        beat.wait_until("dark")
        self.play(props.mosaic.animate.keep(0), props.bar.animate.highlight(0), run_time=SLOW)
        beat.wait_until("tiles")
        self.play(_count(props.count[0], facts.number("outcomes_4"), facts.number("outcomes_3")), run_time=STEADY)
        beat.wait_until("area")
        self.play(FadeIn(props.area), run_time=QUICK)
        self.play(_count(props.area[0], 1, facts.number("p_one")), run_time=STEADY)

    def halvings(self, beat: Beat) -> None:
        """A ruler counts halvings of the mass."""
        props = self.props
        beat.wait_until("flatten")
        self.play(FadeOut(props.mosaic, props.rolls, props.count, props.area, props.bar.labels), run_time=STEADY)
        self.play(props.bar.animate.fit(self._strip(0)), run_time=SLOW)
        self.play(FadeIn(props.ruler, self._mass_label(0)), run_time=QUICK)
        source = props.bar.segments
        for k, cue in enumerate(("half", "quarter", "eighth"), 1):
            beat.wait_until(cue)
            row = props.rows[k - 1]
            self.play(TransformFromCopy(source, row.segments), FadeIn(row.frame), run_time=QUICK)
            self.play(row.animate.set_values([2.0**-k]), FadeIn(self._mass_label(k)), run_time=STEADY)
            source = row.segments
        self._find(beat)

    def _find(self, beat: Beat) -> None:
        """Where 0.4 stands on the ruler, and why."""
        props = self.props
        beat.wait_until("where")
        self.play(*(_recede(row) for row in props.rows), run_time=QUICK)
        self.play(TransformFromCopy(props.bar.segments[0], props.live.segments[0]), run_time=STEADY)
        ratio, power = self._powers("one", 1.9)
        beat.wait_until("ratio")
        self.play(FadeIn(ratio), run_time=QUICK)
        beat.wait_until("power")
        self.play(FadeIn(power), run_time=QUICK)
        beat.wait_until("bits")
        self.play(GrowFromEdge(props.height, DOWN), FadeIn(self._price("one", 1.9)), run_time=STEADY)
        beat.wait_until("two")
