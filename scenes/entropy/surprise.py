"""Formalizing surprise: it counts how often the mass of what was possible is halved."""

from __future__ import annotations

from fractions import Fraction

from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Animation,
    Create,
    FadeIn,
    FadeOut,
    GrowFromEdge,
    Rectangle,
    ReplacementTransform,
    Transform,
    TransformFromCopy,
    VGroup,
    interpolate_color,
)

from infotheory.block_code import source_extension
from narration.fact import Fact, Facts
from scenes.entropy.surprise_props import (
    BIT,
    DIE,
    FOOT,
    HALVINGS,
    MESSAGE,
    WIDTH,
    Props,
    RuleTest,
    bits,
    heading,
    height_of,
    make_props,
    rule_test,
    strip,
)
from scenes.stage.beat import Beat
from scenes.stage.concept_scene import ConceptScene
from scenes.stage.die_face import DieFace
from scenes.stage.theme import GROUND, PROBABILITY, QUICK, QUIET, SLOW, STEADY
from scenes.stage.typeset import Maths


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
            s_sum=Fact(bits(one) + bits(two), "bits", "log_2 (1 / p(1)) + log_2 (1 / p(2))"),
            s_pair=Fact(bits(pair), "bits", "log_2 (1 / (p(1) p(2)))"),
            linear_one=Fact(1 - one, formula="1 - p(1)"),
            linear_two=Fact(1 - two, formula="1 - p(2)"),
            linear_sum=Fact(2 - one - two, formula="(1 - p(1)) + (1 - p(2))"),
            linear_pair=Fact(1 - pair, formula="1 - p(1) p(2)"),
            odds_one=Fact(1 / one - 1, formula="1 / p(1) - 1"),
            odds_two=Fact(1 / two - 1, formula="1 / p(2) - 1"),
            odds_sum=Fact(1 / one + 1 / two - 2, formula="(1 / p(1) - 1) + (1 / p(2) - 1)"),
            s_message=Fact(
                bits(source_extension(DIE, len(MESSAGE))[MESSAGE]),
                "bits",
                "log_2 (1 / (p(1) p(2) p(1) p(3)))",
            ),
            odds_pair=Fact(1 / pair - 1, formula="1 / (p(1) p(2)) - 1"),
            **rolls,
            **masses,
        )

    def set_stage(self) -> Props:
        """Everything in its place."""
        return make_props(self.facts)

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
            props.count.number.set_value(self.facts.number(f"outcomes_{n}"))
        beat.wait_until("count")
        self.add(mosaic)  # the same picture, now in tiles
        beat.wait_until("tile")
        numbers = [roll.animate.set_number(i + 1) for roll, i in zip(props.rolls, MESSAGE, strict=True)]
        self.play(FadeIn(props.sample[0]), *numbers, run_time=STEADY)
        self.play(FadeIn(props.sample[1]), run_time=QUICK)
        self.play(FadeIn(props.sample[2]), run_time=QUICK)

    def first_roll(self, beat: Beat) -> None:
        """A quarter of the tiles is left, but more of the area: what counts is the mass."""
        props, facts = self.props, self.facts
        beat.wait_until("dark")
        self.play(FadeOut(props.sample), *(roll.animate.blank() for roll in props.rolls[1:]), run_time=QUICK)
        self.play(props.mosaic.animate.keep(0), props.bar.animate.highlight(0), run_time=SLOW)
        beat.wait_until("tiles")
        self.play(
            props.count.count_to(facts.number("outcomes_3"), start=facts.number("outcomes_4")),
            run_time=STEADY,
        )
        beat.wait_until("area")
        self.play(FadeIn(props.area), run_time=QUICK)
        self.play(props.area.count_to(facts.number("p_one"), start=1), run_time=STEADY)

    def halvings(self, beat: Beat) -> None:
        """A ruler counts halvings of the mass; 0.4 stands between the first and the second."""
        props, halvings = self.props, self.props.halvings
        beat.wait_until("flatten")
        self.play(FadeOut(props.mosaic, props.rolls, props.count, props.area, props.bar.labels), run_time=QUICK)
        props.bar.remove(props.bar.labels)
        self.play(props.bar.animate.fit(strip(FOOT)), run_time=SLOW)
        self.play(FadeIn(halvings.ruler, halvings.unit, halvings.masses[0]), run_time=QUICK)
        source = props.bar.segments
        for k, cue in enumerate(("half", "quarter", "eighth"), 1):
            beat.wait_until(cue)
            row = halvings.rows[k]
            self.play(ReplacementTransform(source.copy(), row.segments), FadeIn(row.frame), run_time=QUICK)
            self.play(row.animate.set_values([2.0**-k]), FadeIn(halvings.masses[k]), run_time=STEADY)
            source = row.segments
        price = halvings.price_one
        beat.wait_until("where")
        strips, frames = zip(*((row.segments, row.frame) for row in halvings.rows[1:]), strict=True)
        self.play(FadeOut(*frames), *(_recede(strip) for strip in strips), run_time=QUICK)
        self.play(
            TransformFromCopy(props.bar.segments[0], halvings.one.segments[0]),
            FadeIn(price.face),
            run_time=STEADY,
        )
        beat.wait_until("ratio")
        self.play(FadeIn(price.ratio), run_time=QUICK)
        beat.wait_until("power")
        self.play(FadeIn(price.power), run_time=QUICK)
        beat.wait_until("bits")
        self.play(GrowFromEdge(halvings.height_one, DOWN), FadeIn(price.number), run_time=STEADY)
        beat.wait_until("two")
        self.play(TransformFromCopy(props.bar.segments[1], halvings.two.segments[0]), run_time=STEADY)
        self.play(GrowFromEdge(halvings.height_two, DOWN), FadeIn(halvings.price_two.all), run_time=STEADY)

    def curve(self, beat: Beat) -> None:
        """Every probability has its surprise: the ends of the strips lie on one curve."""
        props, halvings, curve = self.props, self.props.halvings, self.props.curve
        gone = [halvings.two, halvings.height_two, halvings.price_one.all, halvings.price_two.all]
        beat.wait_until("curve")
        self.play(FadeOut(*gone), run_time=QUICK)
        self.play(Create(curve.curve), run_time=SLOW)
        axis = Rectangle(width=WIDTH, height=0.05).move_to(props.bar.frame)
        self.play(FadeOut(*halvings.rows[1:], halvings.masses), props.bar.animate.fit(axis), run_time=QUICK)
        self.play(FadeIn(curve.x_labels, curve.dot, props.probability, props.surprise), run_time=QUICK)
        for cue, p in (("certain", 1.0), ("half", 1 / 2), ("quarter", 1 / 4)):
            beat.wait_until(cue)
            self._slide(p, STEADY)
        beat.wait_until("unlikely")
        self._slide(2.0 ** -(HALVINGS + 1), 2 * SLOW)
        beat.wait_until("formula")
        self.play(FadeIn(props.formula), run_time=STEADY)

    def _slide(self, p: float, run_time: float) -> None:
        """Move the live point; its strip, its height on the ruler and the readout go with it."""
        props, halvings = self.props, self.props.halvings
        followers = [halvings.one, halvings.height_one, props.probability, props.surprise]

        def follow(p: float) -> None:
            halvings.one.set_values([p]).shift(UP * (height_of(p) - halvings.one.frame.get_y()))
            halvings.height_one.stretch_to_fit_height(max(BIT * bits(p), 1e-3)).align_to(halvings.ruler.point(0), DOWN)
            props.probability.number.set_value(p)
            props.surprise.number.set_value(bits(p))

        self.play(props.curve.slide(p, follow, followers=followers, by_ratio=True), run_time=run_time)

    def why_log(self, beat: Beat) -> None:
        """Probabilities multiply, surprises must add; only a logarithm does that."""
        props, halvings, curve = self.props, self.props.halvings, self.props.curve
        lengths = props.log.lengths
        lengths.separate()
        self._slide(float(DIE[0]), STEADY)
        beat.wait_until("twice")
        chart = [
            curve.curve,
            curve.dot,
            curve.x_labels,
            halvings.ruler,
            halvings.unit,
            halvings.one,
            props.formula,
        ]
        self.play(
            FadeOut(*chart, props.probability, props.surprise),
            FadeIn(heading("Why a logarithm?")),
            run_time=QUICK,
        )
        first, second = lengths.parts
        self.play(Transform(halvings.height_one, first[0]), FadeIn(first[1]), run_time=STEADY)
        self.remove(halvings.height_one)
        self.add(first)
        beat.wait_until("second")
        self.play(FadeIn(second, shift=0.3 * LEFT), run_time=QUICK)
        beat.wait_until("multiply")
        self._multiply()
        beat.wait_until("lay")
        self.play(
            lengths.parts.animate.arrange(RIGHT, buff=0, center=False),
            FadeIn(props.log.formula),
            run_time=STEADY,
        )
        beat.wait_until("pair")
        self.play(FadeIn(lengths.whole, lengths.sum_label, lengths.whole_label), run_time=STEADY)
        rivals = [self._rival("linear", "1 - p", 0.0), self._rival("odds", "1 / p - 1", -1.75)]
        for rival, cues in zip(rivals, (("linear", "linear_pair"), ("odds", "odds_pair")), strict=True):
            beat.wait_until(cues[0])
            self.play(FadeIn(rival.formula, rival.lengths.parts, rival.lengths.sum_label), run_time=STEADY)
            beat.wait_until(cues[1])
            self.play(FadeIn(rival.lengths.whole, rival.lengths.whole_label, rival.lengths.gap), run_time=STEADY)
        beat.wait_until("only")
        self.play(FadeOut(*(rival.all for rival in rivals)), run_time=QUICK)
        self.play(FadeIn(props.only), run_time=STEADY)

    def _rival(self, rule: str, formula: str, height: float) -> RuleTest:
        return rule_test(self.facts, rule, formula, height=height, color=QUIET)

    def _multiply(self) -> None:
        """Two rolls as one picture: the pair is a tile of it, its area the product."""
        bar, square = self.props.bar, self.props.square
        self.play(bar.animate.fit(square.whole), run_time=STEADY)
        column, row = square.cell((0,)), square.tile((0, 1))
        faces = VGroup(DieFace(1, height=0.5).next_to(column, UP, buff=0.15), DieFace(2, height=0.5))
        faces[1].next_to(square, LEFT, buff=0.15).match_y(row)
        product = Maths(self.facts.fill("{p_one:.1f} dot {p_two:.1f} = {p_pair:.2f}"), color=PROBABILITY)
        product.next_to(square, DOWN, buff=0.35)
        self.add(square.tiles.copy())
        self.play(FadeIn(faces), Create(square.cuts[1]), square.keep(0, 1).animate, run_time=STEADY)
        self.play(FadeIn(product), run_time=QUICK)

    def next(self, beat: Beat) -> None:
        """Every roll has its price; what does a message cost?"""
        message, parts = self.props.message, self.props.log.lengths.parts
        others = [mobject for mobject in self.mobjects if mobject is not parts]
        self.play(FadeOut(*others), run_time=QUICK)
        beat.wait_until("message")
        self.play(ReplacementTransform(parts, VGroup(*message.prices[:2])), run_time=STEADY)
        self.play(FadeIn(message.dice, lag_ratio=0.3), run_time=STEADY)
        beat.wait_until("prices")
        self.play(FadeIn(*message.prices[2:], shift=0.3 * LEFT, lag_ratio=0.5), run_time=STEADY)
        self.play(FadeIn(message.ruler, message.total), run_time=QUICK)
        beat.wait_until("question")
        self.play(FadeIn(heading("What does a message cost?")), run_time=QUICK)
        self.play(FadeIn(message.code, lag_ratio=0.2), run_time=SLOW)


def _recede(strip: VGroup) -> Animation:
    """A strip of mass becomes a mark in the background."""
    faint: Animation = strip.animate.set_fill(interpolate_color(GROUND, PROBABILITY, 0.45)).build()
    return faint
