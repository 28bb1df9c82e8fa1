"""Mutual information as a KL divergence: the joint against its shadow, the product of its margins."""

from __future__ import annotations

from dataclasses import dataclass

from manim import (
    DOWN,
    LEFT,
    UP,
    Create,
    FadeIn,
    FadeOut,
    ReplacementTransform,
    Transform,
    VGroup,
    interpolate_color,
)

from narration.fact import Facts
from scenes.messages.deck import deck_joint, independent_joint
from scenes.messages.mi_as_kl_facts import KINDS, SHOWN, Paid, Thrown, all_facts
from scenes.messages.mi_as_kl_pictures import (
    BESIDE,
    CIRCLE_AXES,
    LAW_PLACE,
    PAID_AXES,
    SUM_PLACE,
    UNKNOWN,
    Bill,
    CircleGrid,
    CircleReadings,
    ColourMargin,
    MessageRows,
    NumberMargin,
    PaidRows,
    RatioTable,
    WeighedCells,
    divergence,
    hatched,
    multiplied,
    ratio_colors,
    slabs,
    weighed_sum,
)
from scenes.stage.beat import Beat
from scenes.stage.card_deck import CardDeck
from scenes.stage.concept_scene import ConceptScene
from scenes.stage.convergence_chart import ConvergenceChart
from scenes.stage.dot_cloud import DotCloud
from scenes.stage.playing_card import BLACK, RED, PlayingCard
from scenes.stage.probability_bar import dimmed
from scenes.stage.theme import (
    GROUND,
    HEADING,
    MODEL,
    PAPER,
    PROBABILITY,
    QUICK,
    SHARED,
    SLOW,
    STEADY,
    STEP,
    TITLE,
    WASTE,
)
from scenes.stage.typeset import Maths, Words, heading

CARD_HEIGHT = 3.4  # of the card that is paid for twice
DRAWN_POINTS = 300  # of those thrown on the circle


@dataclass
class Props:
    """What lives longer than a beat: the deck, and the outlines of its shadow."""

    deck: CardDeck
    outlines: VGroup
    hatching: VGroup


class MiAsKl(ConceptScene[Props]):
    """Independence is a shadow of the joint; mutual information is the cost of believing in it."""

    @staticmethod
    def compute_facts() -> Facts:
        """The deck and the circle are given; everything else follows from them."""
        return all_facts()

    def set_stage(self) -> Props:
        """The deck at home, and over it the piles that the product of its margins would have."""
        deck = CardDeck(deck_joint())
        return Props(deck, deck.shadow(independent_joint()).set_stroke(MODEL, 3), VGroup())

    # ---- the shadow --------------------------------------------------------------------------------

    def question(self, beat: Beat) -> None:
        """A belief wastes as many bits as colour and number share: a divergence, but of what from what?"""
        deck, bill = self.props.deck, Bill(self.facts)
        self.play(FadeIn(deck), run_time=STEADY)
        beat.wait_until("deck")
        self.play(deck.animate.highlight(*deck.row(BLACK)), run_time=QUICK)
        beat.wait_until("red")
        self.play(deck.animate.highlight(*deck.row(RED)), run_time=QUICK)
        beat.wait_until("believe")
        self.play(deck.animate.highlight(), run_time=QUICK)
        self.play(FadeIn(bill.unit, bill.bar.frame), run_time=STEP)
        self.play(bill.bar.pour(0), run_time=STEADY)
        beat.wait_until("waste")
        self.play(bill.bar.pour(1), FadeIn(bill.wasted), run_time=STEADY)
        beat.wait_until("divergence")
        law = Maths(UNKNOWN, size=TITLE).move_to((BESIDE, -1.0, 0))
        self.play(FadeIn(law, shift=0.1 * UP), run_time=QUICK)
        beat.wait_until("ask")
        marks = [law.select(name).animate.set_color(WASTE) for name in ("of", "from")]
        self.play(FadeIn(heading(beat.title)), *marks, run_time=QUICK)

    def shadow(self, beat: Beat) -> None:
        """The margins are all that is left of the deck for somebody who believes; multiplied, they are another deck."""
        deck, outlines = self.props.deck, self.props.outlines
        self.turn_page(beat.title, deck)
        colours, numbers = ColourMargin(), NumberMargin(deck, self.facts)
        beat.wait_until("colours")
        for colour, row in zip((BLACK, RED), colours.rows, strict=True):
            lifted = slabs(deck.lift(*deck.row(colour)))
            self.play(ReplacementTransform(lifted, row.segments), FadeIn(colours.names[colour]), run_time=STEADY)
        self.play(FadeIn(colours.share), run_time=STEP)
        beat.wait_until("numbers")
        self.play(deck.animate.stack(), run_time=QUICK)
        self.play(ReplacementTransform(deck.lift(*deck.all_cells), numbers.cells), run_time=STEADY)
        self.play(FadeIn(numbers.numbers, numbers.counts, numbers.share), run_time=STEP)
        beat.wait_until("margins")
        self.play(deck.animate.pile_up(), run_time=STEADY)
        beat.wait_until("multiply")
        product = multiplied(self.facts)
        self.play(FadeIn(product[0], shift=0.1 * UP), run_time=QUICK)
        beat.wait_until("outlines")
        hollow = slabs(numbers.cells).set_fill(opacity=0).set_stroke(MODEL, 3)
        self.play(ReplacementTransform(hollow, outlines), run_time=SLOW)
        self.play(FadeIn(product[1:]), run_time=QUICK)

    def cells(self, beat: Beat) -> None:
        """Too often or too rarely: each kind of cell is off by the logarithm of a ratio."""
        deck, table = self.props.deck, RatioTable(self.facts)
        self.turn_page(beat.title, deck, self.props.outlines)
        own, tinted = [[pile.get_fill_color() for pile in row] for row in deck.cells], ratio_colors()
        cues = ("black_low", "black_high", "red_low", "red_high")
        for cue, kind, row in zip(cues, KINDS, table.rows, strict=True):
            beat.wait_until(cue)
            for colour, number in kind.cells:
                own[colour][number - 1] = tinted[colour][number - 1]
            self.play(deck.animate.tint(own).highlight(*kind.cells), FadeIn(row[0]), run_time=QUICK)
            self.play(FadeIn(row[1]), run_time=STEP)
            if cue == "black_low":
                beat.wait_until("long")
            patterns = hatched(deck, kind)
            self.props.hatching.add(patterns)
            self.play(FadeIn(row[2:], patterns), run_time=QUICK)
        beat.wait_until("ratio")
        law = Maths("log_2 {{p(c, n) : true}} / {{p(c) thin p(n) : believed}}", size=HEADING)
        law.select("true").set_color(PROBABILITY)
        law.select("believed").set_color(MODEL)
        law.next_to(table, DOWN, buff=0.45)
        self.play(deck.animate.highlight(), FadeIn(law, shift=0.1 * UP), run_time=QUICK)

    def sum(self, beat: Beat) -> None:
        """Weighed by how likely the cells are, the logarithms leave what is shared."""
        facts, deck = self.facts, self.props.deck
        self.turn_page(beat.title, deck, self.props.outlines)
        weighed, total, law = WeighedCells(facts), weighed_sum(facts), divergence()
        total.move_to(SUM_PLACE)
        law.move_to(LAW_PLACE)
        columns = weighed.columns
        beat.wait_until("columns")
        lifted = slabs(deck.lift(*deck.all_cells))
        self.add(lifted)
        self.play(FadeOut(deck, self.props.outlines), run_time=STEP)
        self.play(ReplacementTransform(lifted, columns.columns), FadeIn(columns.line), run_time=SLOW)
        self.add(columns)
        for cue, above in (("above", True), ("below", False)):
            beat.wait_until(cue)
            self.play(FadeIn(weighed.side(above=above)), run_time=QUICK)
        beat.wait_until("level")
        ghost = columns.columns.copy()
        for column in ghost:
            column.set_fill(dimmed(column.get_fill_color()))
        self.add(ghost, columns)
        self.play(columns.level(SHARED), run_time=SLOW)
        beat.wait_until("rest")
        self.play(FadeIn(total), run_time=QUICK)
        beat.wait_until("formula")
        self.play(FadeIn(law, shift=0.1 * UP), run_time=QUICK)
        for cue, names, color in (
            ("joint", ("joint", "weight", "true"), PROBABILITY),
            ("product", ("product", "believed"), MODEL),
        ):
            beat.wait_until(cue)
            named = law.copy()
            for name in names:
                named.select(name).set_color(color)
            self.play(Transform(law, named), run_time=QUICK)

    # ---- the cost ----------------------------------------------------------------------------------

    def believe(self, beat: Beat) -> None:
        """Cards are dealt and paid for twice; the gap between the averages is what is shared."""
        facts = self.facts
        self.turn_page(beat.title)
        chart, paid = self._paid_chart(), PaidRows(facts)
        card = PlayingCard(*SHOWN, height=CARD_HEIGHT).move_to(chart.axes)
        beat.wait_until("deal")
        self.play(FadeIn(card, shift=0.2 * DOWN), run_time=QUICK)
        self.play(FadeIn(paid.fair), run_time=QUICK)
        beat.wait_until("believed")
        self.play(FadeIn(paid.believed), run_time=QUICK)
        beat.wait_until("run")
        self.play(FadeOut(card), FadeIn(chart), run_time=STEP)
        self.play(chart.run(paid.follow, followers=[paid.fair, paid.believed]), run_time=beat.until("settle"))
        lines = [chart.truth(facts.number(name), color) for name, color in (("h_both", PROBABILITY), ("h_sum", MODEL))]
        self.play(*(Create(line) for line in lines), run_time=QUICK)
        beat.wait_until("gap")
        self.play(chart.band.animate.set_fill(opacity=0.6), FadeIn(paid.gap), run_time=STEADY)

    def _paid_chart(self) -> ConvergenceChart:
        paid = Paid(self.random)
        return ConvergenceChart(
            paid.counts,
            [paid.fair, paid.believed],
            colors=(PROBABILITY, MODEL),
            y_range=(3.4, 4.8),
            y_ticks=(3.5, 4.0, 4.5),
            counted="cards dealt",
            unit="bits a card",
            width=7.0,
            height=3.9,
            band=SHARED,
        ).start_at(PAID_AXES)

    # ---- the circle --------------------------------------------------------------------------------

    def circle(self, beat: Beat) -> None:
        """Nothing that a straight line sees, and yet almost a bit is shared."""
        facts, grid, thrown = self.facts, CircleGrid(), Thrown(self.random)
        self.turn_page(beat.title)
        cloud, read = DotCloud(grid.place(thrown.points[:DRAWN_POINTS])), CircleReadings(facts)
        beat.wait_until("ring")
        self.play(FadeIn(grid), run_time=QUICK)
        self.play(cloud.fall(), run_time=2 * SLOW)
        beat.wait_until("correlation")
        self.play(FadeIn(read.correlation), run_time=QUICK)
        beat.wait_until("shadow")
        self.play(grid.animate.shade(), run_time=STEADY)
        beat.wait_until("never")
        never = Words(facts.fill("{ring_never:%} of the shadow lies\nwhere no point can fall"), color=MODEL)
        never.next_to(read.correlation, DOWN, buff=1.0, aligned_edge=LEFT)
        self.play(FadeIn(grid.never(), never), run_time=QUICK)
        beat.wait_until("count")
        self.play(FadeOut(never), run_time=STEP)
        self._count_points(beat, thrown, read)

    def _count_points(self, beat: Beat, thrown: Thrown, read: CircleReadings) -> None:
        """What more and more points say of the correlation, and of what is shared."""
        chart = ConvergenceChart(
            thrown.counts,
            [thrown.correlation, thrown.shared],
            colors=(PAPER, SHARED),
            y_range=(-0.5, 2.0),
            y_ticks=(0, 1, 2),
            counted="points thrown",
            width=5.9,
            height=3.0,
        ).start_at(CIRCLE_AXES)
        read.follow(chart.draw_to(0.0))
        self.play(FadeIn(chart, read.shared), run_time=STEP)
        self.play(chart.run(read.follow, followers=[read.correlation, read.shared]), run_time=beat.until("settle"))
        truths = (("ring_correlation", PAPER), ("ring_shared", SHARED))
        self.play(*(Create(chart.truth(self.facts.number(name), color)) for name, color in truths), run_time=QUICK)

    # ---- the next question -------------------------------------------------------------------------

    def next(self, beat: Beat) -> None:
        """Single cards differ in price; long messages hardly do."""
        rows = MessageRows(self.random, self.facts)
        self.turn_page(beat.title)
        self.play(FadeIn(rows.axis, rows.ticks, rows.unit), run_time=STEP)
        for cue, name, row in zip(("one", "ten", "hundred", "thousand"), rows.names, rows.rows, strict=True):
            beat.wait_until(cue)
            self.play(FadeIn(name), row.fall(), run_time=STEADY)
        line, says = rows.price(self.facts)
        self.play(Create(line), FadeIn(says), run_time=QUICK)
        beat.wait_until("question")
        self.play(
            *(row.animate.set_fill(interpolate_color(GROUND, PROBABILITY, 0.45)) for row in rows.rows[:-1]),
            run_time=STEADY,
        )
