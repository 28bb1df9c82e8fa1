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

from infotheory import source_extension
from narration.fact import Fact, Facts
from scenes.entropy.surprise_props import (
    BIT,
    DIE,
    FOOT,
    HALVINGS,
    MESSAGE,
    WIDTH,
    Props,
    bits,
    height_of,
    make_props,
    rule_test,
    strip,
)
from scenes.stage.beat import Beat
from scenes.stage.concept_scene import ConceptScene
from scenes.stage.die_face import DieFace
from scenes.stage.theme import GROUND, PAPER, PROBABILITY, QUICK, QUIET, SLOW, STEADY
from scenes.stage.typeset import Maths, heading

RIVAL = ("linear", "1 - p", -0.6)  # a rule that does not add: its facts, formula and height


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
            zero=Fact(0, given=True),
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
            s_message=Fact(
                bits(source_extension(DIE, len(MESSAGE))[MESSAGE]),
                "bits",
                "log_2 (1 / (p(1) p(2) p(1) p(3)))",
            ),
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
        self.play(bar.animate.highlight(0), shares[1:].animate.set_color(PAPER), run_time=STEADY)
        beat.wait_until("ask")
        self.play(FadeIn(heading(beat.title)), run_time=STEADY)

    def sequences(self, beat: Beat) -> None:
        """The bar becomes the first cut of a picture that holds every sequence of four rolls."""
        props, mosaic = self.props, self.props.mosaic
        self.turn_page(beat.title, props.bar, props.die)
        self.play(ReplacementTransform(props.die, props.rolls[0]), props.bar.animate.highlight(), run_time=STEADY)
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
        self.turn_page(beat.title, props.bar, props.mosaic, props.rolls, props.count)
        self.play(*(roll.animate.blank() for roll in props.rolls[1:]), run_time=QUICK)
        self.play(props.mosaic.animate.keep(0), props.bar.animate.highlight(0), run_time=SLOW)
        beat.wait_until("tiles")
        self.play(
            props.count.count_to(facts.number("outcomes_3"), start=facts.number("outcomes_4")),
            run_time=STEADY,
        )
        beat.wait_until("area")
        self.play(FadeIn(props.area), run_time=QUICK)
        self.play(props.area.count_to(facts.number("p_one"), start=1), run_time=STEADY)
        beat.wait_until("mass")
        self.play(props.count.number.animate.set_color(QUIET), run_time=STEADY)

    def halvings(self, beat: Beat) -> None:
        """A ruler counts halvings of the mass; 0.4 stands between the first and the second."""
        props, halvings = self.props, self.props.halvings
        beat.wait_until("flatten")
        self.turn_page(beat.title, props.bar.frame, props.bar.segments)
        props.bar.remove(props.bar.labels)
        self.play(props.bar.animate.fit(strip(FOOT)), run_time=SLOW)
        self.play(
            FadeIn(halvings.ruler, halvings.unit, halvings.masses[0], halvings.left, halvings.count), run_time=QUICK
        )
        for k, cue in enumerate(("half", "quarter", "eighth"), 1):
            beat.wait_until(cue)
            self._halve(k)
        price = halvings.price_one
        beat.wait_until("where")
        self._clear_halvings()
        strip_one = TransformFromCopy(props.bar.segments[0], halvings.one.segments[0])
        self.play(strip_one, FadeIn(halvings.mass_one, price.face), run_time=STEADY)
        beat.wait_until("ratio")
        self.play(FadeIn(price.ratio), run_time=QUICK)
        beat.wait_until("power")
        self.play(FadeIn(price.power), run_time=QUICK)
        beat.wait_until("bits")
        self.play(GrowFromEdge(halvings.height_one, DOWN), FadeIn(price.number), run_time=STEADY)
        beat.wait_until("two")
        strip_two = TransformFromCopy(props.bar.segments[1], halvings.two.segments[0])
        self.play(strip_two, FadeIn(halvings.mass_two), run_time=STEADY)
        self.play(GrowFromEdge(halvings.height_two, DOWN), FadeIn(halvings.price_two.all), run_time=STEADY)

    def _halve(self, k: int) -> None:
        """The mass that is left rises by one bit, and half of it is thrown away."""
        halvings = self.props.halvings
        row, before = halvings.rows[k], self.props.bar if k == 1 else halvings.rows[k - 1]
        self.play(ReplacementTransform(before.segments.copy(), row.segments), FadeIn(row.frame), run_time=QUICK)
        shrink = row.animate.set_values([2.0**-k])
        self.play(shrink, FadeIn(halvings.masses[k]), *halvings.count_halving(k), run_time=STEADY)

    def _clear_halvings(self) -> None:
        """The halved masses stay as marks in the background; what was thrown away disappears."""
        halvings = self.props.halvings
        tallies = FadeOut(*(row.frame for row in halvings.rows[1:]), halvings.left, halvings.count)
        self.play(tallies, *(_recede(row.segments) for row in halvings.rows[1:]), run_time=QUICK)

    def curve(self, beat: Beat) -> None:
        """Every probability has its surprise: the ends of the strips lie on one curve."""
        props, halvings, curve = self.props, self.props.halvings, self.props.curve
        beat.wait_until("curve")
        rows = VGroup(*(row.segments for row in halvings.rows[1:]))
        self.turn_page(beat.title, props.bar, rows, halvings.one, halvings.ruler, halvings.unit, halvings.height_one)
        self.play(Create(curve.curve), run_time=SLOW)
        axis = Rectangle(width=WIDTH, height=0.05).move_to(props.bar.frame)
        self.play(FadeOut(rows), props.bar.animate.fit(axis), run_time=QUICK)
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
        log, faces = self.props.log, self.props.faces
        first, second = log.lengths.parts
        self._slide(float(DIE[0]), STEADY)
        self.turn_page(beat.title, self.props.bar, self.props.halvings.height_one)
        beat.wait_until("twice")
        self.play(Transform(self.props.halvings.height_one, first[0]), FadeIn(first[1], faces[0]), run_time=STEADY)
        self.remove(self.props.halvings.height_one)
        self.add(first)
        beat.wait_until("second")
        self.play(FadeIn(second, faces[1]), run_time=QUICK)
        beat.wait_until("multiply")
        self._multiply()
        beat.wait_until("lay")
        join = VGroup(second, faces[1]).animate.next_to(first, RIGHT, buff=0, aligned_edge=DOWN)
        self.play(join, FadeIn(log.formula, log.lengths.sum_label), run_time=STEADY)
        beat.wait_until("pair")
        self.play(FadeIn(log.pair), run_time=STEADY)
        rival = rule_test(self.facts, *RIVAL, color=QUIET)
        beat.wait_until("linear")
        self.play(FadeIn(rival.rolls), run_time=STEADY)
        beat.wait_until("linear_pair")
        self.play(FadeIn(rival.pair), run_time=STEADY)
        beat.wait_until("only")
        self.play(FadeOut(rival.rolls, rival.pair), run_time=QUICK)
        rule, base = self.props.only
        self.play(FadeIn(rule), run_time=STEADY)
        beat.wait_until("base")
        self.play(FadeIn(base), run_time=QUICK)

    def _multiply(self) -> None:
        """Two rolls as one picture: the pair is a tile of it, its area the product."""
        bar, square = self.props.bar, self.props.square.keep(0)
        self.play(bar.animate.fit(square.whole), run_time=STEADY)
        faces = VGroup(DieFace(1, height=0.5).next_to(square.cell((0,)), UP, buff=0.12), DieFace(2, height=0.5))
        faces[1].next_to(square, LEFT, buff=0.15).match_y(square.tile((0, 1)))
        self.remove(bar)
        self.add(square.tiles, square.cuts[0])  # the same picture, now in tiles
        pair = square.copy().keep(0, 1).tiles
        self.play(Transform(square.tiles, pair), Create(square.cuts[1]), FadeIn(faces), run_time=STEADY)
        product = Maths(self.facts.fill("{p_one:.1f} dot {p_two:.1f} = {p_pair:.2f}"), color=PROBABILITY)
        self.play(FadeIn(product.next_to(square, DOWN, buff=0.35)), run_time=QUICK)

    def next(self, beat: Beat) -> None:
        """Every roll has its price; what does a message cost?"""
        message, parts, faces = self.props.message, self.props.log.lengths.parts, self.props.faces
        self.play(self.others(parts, faces), run_time=QUICK)
        beat.wait_until("message")
        self.play(
            ReplacementTransform(parts, message.prices[:2]),
            ReplacementTransform(faces, message.dice[:2]),
            run_time=STEADY,
        )
        self.play(FadeIn(message.dice[2:]), run_time=QUICK)
        beat.wait_until("prices")
        self.play(FadeIn(message.prices[2:]), run_time=QUICK)
        self.play(FadeIn(message.ruler, message.total), run_time=QUICK)
        beat.wait_until("question")
        self.play(FadeIn(heading(beat.title)), run_time=QUICK)
        self.play(FadeIn(message.code), run_time=STEADY)


def _recede(strip: VGroup) -> Animation:
    """A strip of mass becomes a mark in the background."""
    faint: Animation = strip.animate.set_fill(interpolate_color(GROUND, PROBABILITY, 0.45)).build()
    return faint
