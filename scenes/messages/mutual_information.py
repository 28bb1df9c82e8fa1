"""Mutual information: what two messages share, as bars that overlap and as circles to scale."""

from __future__ import annotations

from dataclasses import dataclass

from manim import (
    DOWN,
    LEFT,
    ORIGIN,
    RIGHT,
    UP,
    Create,
    FadeIn,
    FadeOut,
    GrowFromEdge,
    LaggedStart,
    Line,
    ReplacementTransform,
    TransformFromCopy,
    UpdateFromAlphaFunc,
    VGroup,
    VMobject,
)

from narration.fact import Facts
from scenes.messages.deck import deck_joint
from scenes.messages.mutual_information_facts import DRAWN, Dealt, all_facts
from scenes.messages.mutual_information_pictures import (
    BIT,
    CARD_PLACE,
    CIRCLES_PLACE,
    CIRCLES_SHIFT,
    EITHER_WAY,
    FORMULA_PLACE,
    LAW,
    LEFT_END,
    MUTUAL,
    ONE_WHEEL_PLACE,
    POCKETS_PLACE,
    WHEELS_PLACE,
    CoinTable,
    DealtChart,
    Named,
    Trio,
    asked,
    both_bar,
    entropies,
    pockets_wheel,
    region_numbers,
    remainder,
)
from scenes.stage.beat import Beat
from scenes.stage.card_deck import CardDeck
from scenes.stage.concept_scene import ConceptScene
from scenes.stage.live_number import LiveNumber
from scenes.stage.playing_card import BLACK, PlayingCard
from scenes.stage.probability_bar import ProbabilityBar
from scenes.stage.roulette_wheel import RouletteWheel
from scenes.stage.shared_entropy import SharedEntropy
from scenes.stage.theme import (
    GROUND,
    HEADING,
    PROBABILITY,
    QUICK,
    QUIET,
    SECOND,
    SHARED,
    SLOW,
    SMALL,
    STEADY,
    STEP,
    TITLE,
    WASTE,
)
from scenes.stage.typeset import Maths, Words, heading


@dataclass
class Props:
    """What lives longer than a beat: the deck, the two entropies with their names, and what the pair costs."""

    deck: CardDeck
    picture: SharedEntropy
    colour: Named
    number: Named
    both: ProbabilityBar
    asked: VGroup


class MutualInformation(ConceptScene[Props]):
    """Two entropies, what they share, and where circles begin to lie."""

    @staticmethod
    def compute_facts() -> Facts:
        """The deck, the wheels and the coins are given; everything else follows from them."""
        return all_facts()

    def set_stage(self) -> Props:
        """The deck at home; the bars end to end, each with its name at its outer end."""
        facts = self.facts
        picture = entropies(facts, "h_colour", "h_number", "shared")
        left, right, _ = picture.entropies
        picture.set_entropies(left, right, 0.0).as_bars(LEFT_END)
        colour = Named("colour", facts.fill("H(C) = {h_colour:.4f}"), PROBABILITY)
        number = Named("number", facts.fill("H(N) = {h_number:.4f}"), SECOND)
        colour.next_to(picture.left, UP, buff=0.2, aligned_edge=LEFT)
        number.next_to(picture.right, UP, buff=0.2, aligned_edge=RIGHT)
        return Props(CardDeck(deck_joint()), picture, colour, number, both_bar(facts), asked())

    # ---- cards and bars --------------------------------------------------------------------------

    def question(self, beat: Beat) -> None:
        """A card of which one thing is seen: which thing tells more of the other?"""
        deck = self.props.deck
        self.play(FadeIn(deck), run_time=QUICK)
        card = PlayingCard(None, None, height=2.4).move_to(CARD_PLACE)
        beat.wait_until("take")
        self.play(ReplacementTransform(deck.card(BLACK, DRAWN), card), run_time=QUICK)
        lines = self.props.asked
        for cue, seen, cells, line in (
            ("colour", PlayingCard(BLACK, None, height=2.4), deck.row(BLACK), lines[0]),
            ("number", PlayingCard(None, DRAWN, height=2.4), deck.column(DRAWN), lines[1]),
        ):
            beat.wait_until(cue)
            self.play(FadeOut(card), FadeIn(seen.move_to(CARD_PLACE)), run_time=QUICK)
            self.play(deck.animate.pile_up().highlight(*cells), FadeIn(line), run_time=STEADY)
            card = seen
            if cue == "colour":
                beat.wait_until("low")
                self.play(deck.animate.given_colour(BLACK), run_time=STEADY)
        beat.wait_until("ask")
        self.play(FadeIn(heading(beat.title)), deck.animate.highlight(), run_time=QUICK)

    def bars(self, beat: Beat) -> None:
        """Laid end to end the bars are too long for what the pair costs: they overlap."""
        props, facts = self.props, self.facts
        left, right, shared = entropies(facts, "h_colour", "h_number", "shared").entropies
        words = [line[0] for line in props.asked]
        self.turn_page(beat.title, *words)
        for cue, word, bar, named in (
            ("colour", words[0], props.picture.left, props.colour),
            ("number", words[1], props.picture.right, props.number),
        ):
            beat.wait_until(cue)
            self.play(ReplacementTransform(word, named.word), GrowFromEdge(bar, LEFT), run_time=QUICK)
            self.play(FadeIn(named.formula), run_time=STEP)
        self._measure_both(beat)
        beat.wait_until("slide")
        outer = props.number.copy().shift(shared * BIT * LEFT)
        self.add(props.picture)
        self.play(props.picture.vary(left, right, shared), props.number.animate.move_to(outer), run_time=STEADY)
        beat.wait_until("shared")
        says = Maths(facts.shown("shared", ".4f"), color=SHARED).next_to(props.picture.both, DOWN, buff=0.2)
        self.play(FadeIn(says), run_time=QUICK)
        beat.wait_until("formula")
        law = Maths(MUTUAL, size=LAW)
        sum_ = Maths(facts.fill("= {h_colour:.4f} + {h_number:.4f} - {h_both:.4f} = {shared:.4f}"), size=LAW)
        VGroup(law, sum_).arrange(RIGHT, buff=0.25).move_to(FORMULA_PLACE)
        for part, color in (("shared", SHARED), ("left", PROBABILITY), ("right", SECOND)):
            law.select(part).set_color(color)
        self.play(FadeIn(law, shift=0.1 * UP), run_time=QUICK)
        self.play(FadeIn(sum_, shift=0.1 * UP), run_time=QUICK)

    def _measure_both(self, beat: Beat) -> None:
        """A ruler as long as both bars; the pair fills it but for a piece at its end."""
        both, facts = self.props.both, self.facts
        total = Words(facts.fill("end to end: {h_sum:.4f}"), size=SMALL, color=QUIET)
        total.next_to(both, DOWN, buff=0.15, aligned_edge=RIGHT)
        beat.wait_until("sum")
        self.play(FadeIn(both.frame, total), run_time=QUICK)
        beat.wait_until("both")
        cost = Maths(facts.fill("H(C, N) = {h_both:.4f}"), color=GROUND).move_to(both.segments[0])
        self.play(both.pour(0), run_time=STEADY)
        self.play(FadeIn(cost), run_time=STEP)

    def same(self, beat: Beat) -> None:
        """Either way the same piece is no news."""
        props, facts, picture = self.props, self.facts, self.props.picture
        self.turn_page(beat.title, picture, props.colour, props.number)
        rows = [remainder(picture, y, of_left=of_left) for y, of_left in ((-0.15, False), (-1.35, True))]
        left = [
            Maths(facts.fill(text), color=color)
            for text, color in (
                ("H(N|C) = {h_number:.4f} - {shared:.4f} = {h_number_given_colour:.4f}", GROUND),
                ("H(C|N) = {h_colour:.4f} - {shared:.4f} = {h_colour_given_number:.4f}", PROBABILITY),
            )
        ]
        left[0].move_to(rows[0][0])
        left[1].next_to(rows[1], RIGHT, buff=0.3)
        for cue, row, bar, formula in (
            ("colour", rows[0], picture.right, left[0]),
            ("number", rows[1], picture.left, left[1]),
        ):
            beat.wait_until(cue)
            self.play(TransformFromCopy(bar, row[0]), TransformFromCopy(picture.both, row[1]), run_time=STEADY)
            self.play(FadeIn(formula), run_time=QUICK)
        beat.wait_until("formula")
        law = Maths(EITHER_WAY, size=HEADING).move_to(FORMULA_PLACE)
        for part, color in (("shared", SHARED), ("left", PROBABILITY), ("right", SECOND)):
            law.select(part).set_color(color)
        self.play(FadeIn(law, shift=0.1 * UP), run_time=QUICK)

    # ---- circles ---------------------------------------------------------------------------------

    def circles(self, beat: Beat) -> None:
        """Bars become circles of their areas; counted cards let the overlap settle at its true size."""
        facts, picture = self.facts, self.props.picture
        self.turn_page(beat.title, picture)
        beat.wait_until("round")
        self.play(picture.animate.as_circles(CIRCLES_PLACE + CIRCLES_SHIFT * LEFT), run_time=SLOW)
        names = VGroup(Words("colour", color=PROBABILITY), Words("number", color=SECOND))
        names[0].next_to(picture.left, UP, buff=0.3).shift(0.25 * LEFT)
        names[1].next_to(picture.right, UP, buff=0.2)
        shared, pointer = self._lens_number()
        self.play(FadeIn(names, shared, pointer), run_time=QUICK)
        beat.wait_until("deal")
        self.play(VGroup(picture, names, shared, pointer).animate.shift(CIRCLES_SHIFT * RIGHT), run_time=STEADY)
        chart = DealtChart(Dealt(self.random), facts.shown("shared", ".4f"), facts.number("shared"))
        shown = VGroup(chart.chart, chart.axis_name, chart.bits)
        follow = UpdateFromAlphaFunc(shared, lambda number, _: number.set_value(picture.entropies[2]))
        self.play(FadeIn(shown), picture.vary(*chart.first()), follow, run_time=QUICK)
        self.play(chart.deal(picture, shared), run_time=beat.until("settle"))
        beat.wait_until("settle")
        self.play(Create(chart.truth), FadeIn(chart.truth_says), run_time=QUICK)

    def _lens_number(self) -> tuple[LiveNumber, Line]:
        """What is shared, below the circles, and a line from it into the lens."""
        lens = self.props.picture.both.get_center()
        number = LiveNumber(self.facts.number("shared"), ".4f", size=HEADING, color=SHARED, edge=ORIGIN)
        number.anchor_at(lens + 1.75 * DOWN + 0.15 * LEFT)
        return number, Line(number.get_top() + 0.1 * UP, lens + 0.3 * DOWN, color=SHARED, stroke_width=2)

    def wheels(self, beat: Beat) -> None:
        """Two wheels share nothing; one wheel's number holds all of its colour."""
        facts, pair = self.facts, self.props.picture
        self.turn_page(beat.title)
        pair.set_entropies(*entropies(facts, "h_wheel", "h_wheel", "shared_wheels").entropies).as_circles(WHEELS_PLACE)
        radius = pair.circles.left_radius
        wheels = [RouletteWheel(radius=radius, hub=radius / 2, colors=color) for color in (PROBABILITY, SECOND)]
        for wheel, part in zip(wheels, (pair.left, pair.right), strict=True):
            wheel.move_to(part)
        self.play(LaggedStart(*(FadeIn(wheel) for wheel in wheels), lag_ratio=0.4), run_time=STEADY)
        bits = VGroup(*(self._in_circle("H = {h_wheel:.3f}", part) for part in (pair.left, pair.right)))
        beat.wait_until("touch")
        self.play(FadeOut(*wheels), FadeIn(pair), run_time=STEADY)
        none = Maths(facts.fill("I = {shared_wheels:.0f}"), size=HEADING, color=SHARED).next_to(pair, DOWN, buff=0.25)
        self.play(FadeIn(bits, none), run_time=QUICK)
        beat.wait_until("one")
        self.play(FadeOut(bits, none), run_time=STEP)
        self._one_wheel(beat)

    def _in_circle(self, text: str, circle: VMobject) -> Maths:
        return Maths(self.facts.fill(text), color=GROUND).move_to(circle)

    def _one_wheel(self, beat: Beat) -> None:
        """The colour's circle moves into the number's, which settles it."""
        facts, picture = self.facts, self.props.picture
        colour, number, shared = (facts.number(n) for n in ("h_wheel_colour", "h_wheel", "h_wheel_colour"))
        wheel = pockets_wheel(picture.circles.right_radius).move_to(POCKETS_PLACE)
        self.play(picture.vary(colour, number, 0.0), run_time=QUICK)
        self.play(picture.animate.as_circles(ONE_WHEEL_PLACE), run_time=QUICK)
        self.play(FadeIn(wheel), run_time=QUICK)
        names = VGroup(Words("colour", color=PROBABILITY), Words("number", color=SECOND))
        names[0].next_to(picture.left, UP, buff=0.2)
        names[1].next_to(picture.right, UP, buff=0.15)
        self.play(FadeIn(names), run_time=QUICK)
        beat.wait_until("inside")
        self.play(FadeOut(names), run_time=STEP)
        self.play(picture.vary(colour, number, shared), run_time=SLOW)
        beat.wait_until("all")
        whole = Named("number", facts.fill("{h_wheel:.3f}"), SECOND).next_to(picture.right, UP, buff=0.15)
        inner = VGroup(Words("colour", color=SHARED), Maths(facts.fill("{h_wheel_colour:.3f}"), color=SHARED))
        rest = VGroup(Maths("H(N|C)", color=GROUND), self._in_circle("{h_wheel_given_colour:.3f}", picture.right))
        inner.arrange(DOWN, buff=0.15).next_to(picture.both, LEFT, buff=0.2)
        rest.arrange(DOWN, buff=0.15).move_to(picture.right).shift(picture.both.width / 2 * RIGHT)
        self.play(FadeIn(inner), run_time=QUICK)
        self.play(FadeIn(rest, whole), run_time=QUICK)

    def three(self, beat: Beat) -> None:
        """Two coins and whether they match: no three circles can show what they share."""
        facts, picture = self.facts, self.props.picture
        self.turn_page(beat.title, picture)
        colour, number, _ = picture.entropies
        self.play(picture.animate.as_circles(WHEELS_PLACE), run_time=QUICK)
        self.play(picture.vary(colour, number, 0.0), run_time=2 * STEADY)
        table, trio = CoinTable(), Trio(picture.bit_area)
        beat.wait_until("coins")
        self.play(FadeOut(picture), run_time=STEP)
        self.play(LaggedStart(*(FadeIn(column) for column in table), lag_ratio=0.4), run_time=SLOW)
        beat.wait_until("pairs")
        self.play(FadeIn(trio), run_time=QUICK)
        beat.wait_until("fix")
        shown = Words(facts.fill("the circles show {coins_shown:.0f} bits"), color=QUIET)
        true = Words(facts.fill("the coins hold {coins_true:.0f}"), color=WASTE)
        said = VGroup(shown, true).arrange(DOWN, buff=0.2, aligned_edge=LEFT)
        said.next_to(table, DOWN, buff=0.4, aligned_edge=LEFT)
        self.play(FadeIn(said), run_time=QUICK)
        beat.wait_until("told")
        self._tell(beat, table, trio, said)

    def _tell(self, beat: Beat, table: CoinTable, trio: Trio, said: VGroup) -> None:
        """Throws that match are left; circles that show what is shared then need a negative middle."""
        facts = self.facts
        alone, pairs, middle = region_numbers(trio, facts)
        self.play(table.animate.keep(True), run_time=QUICK)
        self.play(trio.animate.overlap(), FadeOut(said), run_time=STEADY)
        self.play(FadeIn(pairs), run_time=QUICK)
        self.play(FadeIn(alone), run_time=QUICK)
        beat.wait_until("middle")
        law = Maths(facts.fill("I(X; Y) - I(X; Y|Z) = {pair:.0f} - {told:.0f} = {middle:.0f}"))
        self.play(FadeIn(middle), FadeIn(law.next_to(table, DOWN, buff=0.6, aligned_edge=LEFT)), run_time=QUICK)

    # ---- the next question -----------------------------------------------------------------------

    def price(self, beat: Beat) -> None:
        """Who believes that nothing is shared pays for both bars; the overlap is the waste."""
        props, facts = self.props, self.facts
        self.turn_page(beat.title)
        left, right, shared = entropies(facts, "h_colour", "h_number", "shared").entropies
        picture, both = props.picture.set_entropies(left, right, shared).as_bars(LEFT_END), props.both
        cost = Maths(facts.fill("H(C, N) = {h_both:.4f}"), color=GROUND).move_to(both.segments[0])
        self.play(FadeIn(picture, props.colour, props.number, both.frame, both.segments[0], cost), run_time=QUICK)
        beat.wait_until("apart")
        apart = props.number.copy().shift(shared * BIT * RIGHT)
        self.play(picture.vary(left, right, 0.0), props.number.animate.move_to(apart), run_time=STEADY)
        beat.wait_until("pay")
        paid = Words(facts.fill("paid: {h_sum:.4f}"), size=SMALL, color=QUIET)
        self.play(FadeIn(paid.next_to(both, DOWN, buff=0.15, aligned_edge=LEFT)), run_time=QUICK)
        beat.wait_until("waste")
        self.play(both.pour(1), run_time=QUICK)
        wasted = Words(facts.fill("wasted: {shared:.4f}"), size=SMALL, color=WASTE)
        self.play(FadeIn(wasted.next_to(both, DOWN, buff=0.15, aligned_edge=RIGHT)), run_time=STEP)
        beat.wait_until("divergence")
        law = Maths('{{I(C; N) : shared}} = D({{"?" : of}} || {{"?" : from}})', size=TITLE).move_to(FORMULA_PLACE)
        law.select("shared").set_color(SHARED)
        self.play(FadeIn(law, shift=0.1 * UP), run_time=QUICK)
        beat.wait_until("question")
        self.play(
            law.select("of").animate.set_color(WASTE), law.select("from").animate.set_color(WASTE), run_time=QUICK
        )
