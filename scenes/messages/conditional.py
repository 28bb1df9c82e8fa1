"""Conditional entropy: Q arrives; how much is the next letter worth?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Create,
    FadeIn,
    FadeOut,
    GrowFromEdge,
    LaggedStart,
    Line,
    ManimColor,
    ReplacementTransform,
    UpdateFromAlphaFunc,
    VGroup,
)

from narration.fact import Facts
from scenes.messages.conditional_facts import (
    ARRIVED,
    FOLLOWS,
    UNSURE,
    concordance,
    conditional_facts,
    place,
    rows,
    running_bill,
    split_row,
)
from scenes.messages.conditional_pictures import (
    BAR_UNIT,
    CONTEXT,
    PRICE_UNIT,
    PRICES_TOP,
    BitBar,
    DealtBill,
    LiftedRow,
    MythRow,
    NovelLine,
    RowBars,
    SumBar,
    deck_meters,
    novel_map,
    total_row,
)
from scenes.messages.deck import deck_joint
from scenes.novel import ALPHABET, SPACE
from scenes.stage.beat import Beat
from scenes.stage.card_deck import CardDeck
from scenes.stage.concept_scene import ConceptScene
from scenes.stage.entropy_meter import EntropyMeter
from scenes.stage.halving_ruler import HalvingRuler
from scenes.stage.letter_map import LetterMap
from scenes.stage.playing_card import BLACK, RED, PlayingCard
from scenes.stage.theme import (
    BOLD,
    HEADING,
    PAPER,
    PROBABILITY,
    QUICK,
    QUIET,
    SAFE_LEFT,
    SECOND,
    SLOW,
    SMALL,
    STAGE_CENTER,
    STEADY,
    STEP,
)
from scenes.stage.typeset import Maths, Words, heading

WORDS_WITH_Q = ("queue", "squeak", "quarter", "quiet", "question", "q")  # the last one stands alone
LINES_TOP, LINE_PITCH = 2.1, 0.86
LARGE = 2.6  # the first Q, in sizes of its place in the line
Q_PLACE = np.array([-0.4, 0.0, 0.0])  # of the column of Qs
ASIDE = np.array([SAFE_LEFT, 0.0, 0.0])  # left edge of what is said beside the table
LAW_PLACE = 0.7 * DOWN  # of what is done to row Q


@dataclass
class Props:
    """What lives longer than a beat."""

    table: LetterMap
    deck: CardDeck


class Conditional(ConceptScene[Props]):
    """Letters of a novel, then cards: what is still uncertain about one when the other is known."""

    @staticmethod
    def compute_facts() -> Facts:
        """Letter statistics of the novel, measured; the deck's entropies."""
        return conditional_facts()

    def set_stage(self) -> Props:
        """The table of letter pairs and the deck, each where it is shown."""
        return Props(novel_map(), CardDeck(deck_joint()))

    # ---- letters ---------------------------------------------------------------------------------

    def arrives(self, beat: Beat) -> None:
        """Lines of the novel, cut at their Q: what follows can be told in advance, all but once."""
        lines = []
        for i, word in enumerate(WORDS_WITH_Q):
            before, follows, after = concordance(word, ARRIVED, CONTEXT)
            lines.append(NovelLine(before, ARRIVED, follows, after).shift(Q_PLACE + (LINES_TOP - i * LINE_PITCH) * UP))
        self._let_q_arrive(beat, lines[0])
        self.play(FadeIn(lines[0].before, lines[0].after), run_time=STEP)
        rest = [VGroup(line.before, line.arrived, line.cover, line.after) for line in lines[1:]]
        self.play(LaggedStart(*(FadeIn(line, shift=0.1 * DOWN) for line in rest), lag_ratio=0.4), run_time=STEADY)
        beat.wait_until("reveal")
        for line in lines[:-1]:
            self.play(FadeOut(line.cover), FadeIn(line.follows), run_time=STEP)
        beat.wait_until("lone")
        self.play(FadeOut(lines[-1].cover), FadeIn(lines[-1].follows), lines[-1].before.animate.set_color(PAPER))
        beat.wait_until("question")
        self.play(FadeIn(heading("How much is U worth after Q?")))

    def _let_q_arrive(self, beat: Beat, line: NovelLine) -> None:
        """Large and alone at first; then the Q and what hides its neighbour take their places in a line."""
        arrived, unseen = line.arrived.copy(), line.cover.copy()
        empty, unknown = line.cover.copy().move_to(arrived), Words("?", size=HEADING, color=QUIET).move_to(unseen)
        VGroup(arrived, empty, unseen, unknown).scale(LARGE).move_to(STAGE_CENTER)
        self.play(FadeIn(empty), run_time=QUICK)
        beat.wait_until("q")
        self.play(FadeIn(arrived, shift=0.3 * RIGHT), FadeOut(empty))
        self.play(FadeIn(unseen, unknown), run_time=QUICK)
        beat.wait_until("lines")
        self.play(
            FadeOut(unknown),
            ReplacementTransform(arrived, line.arrived),
            ReplacementTransform(unseen, line.cover),
            run_time=QUICK,
        )

    def table(self, beat: Beat) -> None:
        """Every pair of neighbours counted: a table whose areas are shares; its rows add up to what follows at all."""
        table, facts = self.props.table, self.facts
        self.turn_page(beat.title)
        count = Words(facts.fill("{pairs:,d} pairs"), size=HEADING).move_to(ASIDE + 2.55 * UP, aligned_edge=LEFT)
        self.play(FadeIn(count, table.ground), run_time=QUICK)
        legend = [Words("row: what came"), Words("column: what follows")]
        VGroup(*legend).arrange(DOWN, buff=0.3, aligned_edge=LEFT).next_to(count, DOWN, buff=0.5, aligned_edge=LEFT)
        for cue, labels, words in zip(
            ("rows", "columns"), (table.row_labels, table.column_labels), legend, strict=True
        ):
            beat.wait_until(cue)
            self.play(FadeIn(*labels, words), run_time=QUICK)
        beat.wait_until("area")
        self.play(LaggedStart(*(FadeIn(row) for row in table.rows), lag_ratio=0.08), run_time=SLOW)
        beat.wait_until("common")
        self._point_at_pairs(table, legend[-1])
        beat.wait_until("blind")
        total = total_row(table)
        name = Words("all", size=SMALL, color=SECOND).next_to(total, LEFT, buff=0.1)
        self.play(FadeIn(total.frame, name), run_time=STEP)
        falling = [row.boxes.copy() for row in table.rows]
        self.play(*(boxes.animate.set_y(total.get_y()).set_fill(SECOND, 0) for boxes in falling), run_time=STEADY)
        self.remove(*falling)
        self.play(FadeIn(total.boxes), run_time=STEP)
        beat.wait_until("h_next")
        bits = Maths(facts.fill('H(Y) = {h_next:.4f} "bits"'), size=HEADING, color=SECOND)
        bits.move_to(ASIDE + total.get_y() * UP, aligned_edge=LEFT)
        self.play(FadeIn(bits, shift=0.1 * UP))

    def _point_at_pairs(self, table: LetterMap, above: Words) -> None:
        """Two of the largest boxes, and their shares."""
        said = [
            Words(self.facts.fill("E then space: {share_e_space:.1%}")),
            Words(self.facts.fill("T then H: {share_th:.1%}")),
        ]
        VGroup(*said).arrange(DOWN, buff=0.3, aligned_edge=LEFT).next_to(above, DOWN, buff=0.7, aligned_edge=LEFT)
        for pair, words in zip(("e" + SPACE, "th"), said, strict=True):
            self.play(Create(table.around(pair)), FadeIn(words), run_time=QUICK)

    def row(self, beat: Beat) -> None:
        """Row Q alone, made the whole: a distribution with hardly any entropy, in which U costs nothing."""
        table, facts = self.props.table, self.facts
        self.play(self.others(table), run_time=STEP)
        outline = table.around_row(ARRIVED)
        self.play(FadeIn(heading(beat.title)), Create(outline), run_time=QUICK)
        lifted = LiftedRow(table.largest)
        beat.wait_until("lift")
        row = table.row(ARRIVED)
        self.play(
            FadeOut(table.ground, outline, *table.row_labels, *(other for other in table.rows if other is not row)),
            run_time=STEP,
        )
        self.play(
            FadeIn(lifted.cells.frame),
            ReplacementTransform(row.boxes, lifted.cells.boxes),
            *(ReplacementTransform(*pair) for pair in zip(table.column_labels, lifted.letters, strict=True)),
            run_time=STEADY,
        )
        self.remove(*table.get_family())
        self.add(lifted)
        beat.wait_until("grow")
        law = Maths('p(y | "q") = p("q", y) / p("q")', size=HEADING, color=PROBABILITY).move_to(LAW_PLACE)
        self.play(lifted.renormalise(run_time=SLOW), FadeIn(law))
        beat.wait_until("share")
        shares = [
            lifted.below(letter, Words(facts.shown(name, ".1%"), color=PROBABILITY))
            for letter, name in ((FOLLOWS, "share_u"), (SPACE, "share_space"))
        ]
        counted = Words(facts.fill("U after {count_qu} of {count_q} Qs"), color=QUIET)
        counted.move_to(np.array([SAFE_LEFT, shares[0].get_y(), 0.0]), aligned_edge=LEFT)
        for part in ([shares[0], counted], [shares[1]]):
            self.play(FadeIn(*part, shift=0.1 * DOWN), run_time=QUICK)
        self._price_u(beat, law)

    def _price_u(self, beat: Beat, law: Maths) -> None:
        """*law* makes room for what is left to learn after Q; then what U costs without and with it, on one scale."""
        facts = self.facts
        left = np.array([SAFE_LEFT, PRICES_TOP, 0.0])
        meter = EntropyMeter(len(ALPHABET), label="what may follow a Q", unit=PRICE_UNIT, thickness=0.36, color=SECOND)
        meter.align_zero(left + 0.6 * DOWN)
        beat.wait_until("h_q")
        self.play(FadeOut(law), run_time=STEP)
        self.play(FadeIn(meter), run_time=STEP)
        self.play(meter.rise(facts.number("h_q")), run_time=QUICK)
        bars = [("blind", "s_u", "U, out of nowhere", 1.65), ("known", "s_u_given_q", "U, after a Q", 2.65)]
        for cue, name, says, down in bars:
            bar = BitBar(facts.number(name), says, facts.shown(name, ".2f"), unit=PRICE_UNIT)
            bar.align_zero(left + down * DOWN)
            beat.wait_until(cue)
            self.play(FadeIn(bar.says), GrowFromEdge(bar.bar, LEFT), run_time=STEADY)
            self.play(FadeIn(bar.number), run_time=STEP)

    def average(self, beat: Beat) -> None:
        """Each row's entropy is a bar as thick as its letter is frequent; levelled, they are as long as the average."""
        facts = self.facts
        self.turn_page(beat.title)
        table = novel_map()
        bars = RowBars(table)
        self.play(FadeIn(table), run_time=QUICK)
        beat.wait_until("bars")
        self.play(FadeOut(table.ground, *table.rows, *table.column_labels), FadeIn(bars), run_time=STEP)
        length = self._aside("length", "H(Y | X = x)", SECOND, 2.4)
        ruler = HalvingRuler(4, unit=BAR_UNIT, direction=RIGHT)
        ruler.shift(bars.at(0, 1) + 0.05 * DOWN - ruler.point(0))
        self.play(FadeIn(ruler), bars.become_bars(bars.bits, bars.even), FadeIn(length), run_time=SLOW)
        beat.wait_until("thick")
        pointer = self._weigh(table, bars)
        self.play(FadeIn(self._aside("thickness", "p(x)", PROBABILITY, 1.75)), run_time=STEP)
        beat.wait_until("space")
        widest = bars.bars[place(SPACE)]
        edge = Line(widest.get_corner(UP + RIGHT), widest.get_corner(DOWN + RIGHT), color=PAPER, stroke_width=BOLD)
        says = Words(facts.shown("h_space", ".4f"), color=PAPER).next_to(edge, RIGHT, buff=0.15)
        self.play(Create(edge), FadeIn(says), run_time=QUICK)
        beat.wait_until("level")
        self.play(FadeOut(edge, says, pointer), run_time=STEP)
        self.play(bars.become_bars(np.full(len(ALPHABET), bars.mean), bars.shares), run_time=SLOW)
        beat.wait_until("mean")
        self._name_the_average(beat, bars)

    def _aside(self, says: str, formula: str, color: ManimColor, height: float) -> VGroup:
        """What a formula is in the picture, left of the bars."""
        line = VGroup(Words(says, color=QUIET), Maths(formula, color=color)).arrange(RIGHT, buff=0.3)
        return line.move_to(ASIDE + height * UP, aligned_edge=LEFT)

    def _weigh(self, table: LetterMap, bars: RowBars) -> VGroup:
        """Bars get as thick as their letters are frequent; letters without room leave, but Q gets a pointer."""
        labels = dict(zip(table.alphabet, table.row_labels, strict=True))
        roomy = [letter for letter in table.alphabet if bars.has_room(letter)]
        thin = [labels[letter] for letter in table.alphabet if letter not in (*roomy, ARRIVED)]
        pointer, column = bars.pointer(ARRIVED, labels[ARRIVED].copy()), table.row_labels[0].get_x()
        self.play(FadeOut(*thin), run_time=STEP)
        self.play(
            bars.become_bars(bars.bits, bars.shares),
            *(labels[letter].animate.set_x(column).set_y(bars.middle(letter)) for letter in roomy),
            ReplacementTransform(labels[ARRIVED], pointer[0]),
            FadeIn(pointer[1]),
            run_time=SLOW,
        )
        return pointer

    def _name_the_average(self, beat: Beat, bars: RowBars) -> None:
        """The level, the entropy without knowing, and the formula."""
        facts = self.facts
        value = Maths(facts.fill('{h_given:.4f} "bits"'), size=HEADING, color=SECOND)
        value.move_to(ASIDE + 0.5 * DOWN, aligned_edge=LEFT)
        line = bars.level_line(facts.number("h_next"))
        nothing = VGroup(Maths("H(Y)", color=SECOND), Maths(facts.shown("h_next", ".4f"), color=SECOND))
        nothing.arrange(DOWN, buff=0.2, aligned_edge=LEFT).next_to(line, RIGHT, buff=0.15).align_to(line, UP)
        self.play(FadeIn(value), Create(line), FadeIn(nothing))
        beat.wait_until("weighted")
        formula = Maths("H(Y | X) = sum_x {{ p(x) : weight }} thin H(Y | X = x)", color=SECOND)
        formula.select("weight").set_color(PROBABILITY)
        self.play(FadeIn(formula.next_to(value, UP, buff=0.35, aligned_edge=LEFT), shift=0.1 * UP))
        beat.wait_until("name")
        name = Words("conditional entropy", color=SECOND).next_to(value, DOWN, buff=0.35, aligned_edge=LEFT)
        self.play(FadeIn(name, shift=0.1 * UP))

    # ---- cards -----------------------------------------------------------------------------------

    def cards(self, beat: Beat) -> None:
        """One colour, the other, their average as a dealt one; and the number alone, in which the two rows mix."""
        deck, facts = self.props.deck, self.facts
        self.turn_page(beat.title)
        self.play(FadeIn(deck), run_time=QUICK)
        meters = deck_meters(deck.count)
        for cue, colour, name in (("black", BLACK, "h_number_black"), ("red", RED, "h_number_red")):
            meter = meters[colour]
            beat.wait_until(cue)
            if colour != BLACK:
                self.play(deck.animate.pile_up(), run_time=QUICK)
            self.play(deck.animate.given_colour(colour), FadeIn(meter), run_time=STEADY)
            self.play(meter.rise(facts.number(name)), run_time=STEADY)
        beat.wait_until("deal")
        self.play(deck.animate.pile_up(), FadeIn(meters[2]), run_time=QUICK)
        bill = self._deal(beat, meters[2])
        beat.wait_until("mix")
        self.play(deck.animate.stack(), FadeIn(meters[3]), FadeOut(bill), run_time=SLOW)
        beat.wait_until("h_number")
        average = facts.number("h_number_given_colour")
        level = Line(meters[2].at(average), meters[3].at(average), color=PAPER, stroke_width=BOLD)
        self.play(meters[3].rise(facts.number("h_number")), run_time=STEADY)
        law = Maths("H(N | C) <= H(N)", size=HEADING, color=SECOND)
        law.next_to(meters[3], DOWN, buff=0.3, aligned_edge=LEFT)
        self.play(Create(level), FadeIn(law), run_time=QUICK)

    def _deal(self, beat: Beat, meter: EntropyMeter) -> DealtBill:
        """Cards are dealt and their numbers paid for, the colour known: the average bill settles at the entropy."""
        most = round(self.facts.number("dealt"))
        average = running_bill(self.random, most)
        bill = DealtBill(meter.at(0) + 0.36 * DOWN)

        def follow(_: object, alpha: float) -> None:
            number = max(1, round(most**alpha))
            bill.set_bill(number, float(average[number - 1]))
            meter.set_entropy(min(float(average[number - 1]), meter.most))

        follow(None, 0.0)
        self.play(FadeIn(bill), run_time=STEP)
        self.play(UpdateFromAlphaFunc(VGroup(meter, bill), follow), run_time=beat.until("settle") + STEADY)
        self.play(meter.rise(self.facts.number("h_number_given_colour")), run_time=QUICK)
        return bill

    # ---- myth and question -----------------------------------------------------------------------

    def myth(self, beat: Beat) -> None:
        """A D is followed by a space; at the beginning of a word it is not, and there is more uncertainty."""
        facts = self.facts
        self.turn_page(beat.title)
        first, later = split_row()
        every = rows()[place(UNSURE)]
        whole, begins, others = (
            MythRow(says, every, top)
            for says, top in (("after D", 1.75), ("… where D begins a word", 0.35), ("… elsewhere", -1.05))
        )
        beat.wait_until("after")
        self.play(FadeIn(whole), run_time=QUICK)
        self.play(whole.meter.rise(facts.number("h_d")), run_time=QUICK)
        beat.wait_until("learn")
        self.play(FadeIn(begins), run_time=QUICK)
        self.play(begins.learn(first / first.sum()), run_time=STEADY)
        beat.wait_until("more")
        self.play(begins.meter.rise(facts.number("h_d_first")), run_time=QUICK)
        beat.wait_until("verdict")
        before = facts.number("h_d")
        level = Line(whole.meter.at(before), begins.meter.at(before), color=PAPER, stroke_width=BOLD)
        self.play(Create(level), run_time=QUICK)
        self.play(FadeIn(others), run_time=STEP)
        self.play(others.learn(later / later.sum()), others.meter.rise(facts.number("h_d_later")), run_time=QUICK)
        beat.wait_until("average")
        says = Words("on average").move_to(np.array([SAFE_LEFT, -2.3, 0.0]), aligned_edge=LEFT)
        formula = "{share_first:.3f} times {h_d_first:.2f} + {share_later:.3f} times {h_d_later:.2f} = {h_d_split:.2f}"
        average = Maths(facts.fill(formula), size=HEADING, color=SECOND)
        self.play(FadeIn(says, average.next_to(says, RIGHT, buff=0.4)))

    def question(self, beat: Beat) -> None:
        """Colour, then number: one bar. Number first would be another cut."""
        facts = self.facts
        self.turn_page(beat.title)
        card = PlayingCard(None, None, height=2.2).move_to(1.7 * UP)
        bits = [facts.number("h_colour"), facts.number("h_number_given_colour")]
        bar = SumBar(bits, ["colour", "number, colour known"], [PROBABILITY, SECOND]).shift(0.45 * DOWN)
        self.play(FadeIn(card, bar.bar.frame))
        for cue, i, known in (("colour", 0, (RED, None)), ("number", 1, (RED, 7))):
            beat.wait_until(cue)
            seen = PlayingCard(*known, height=2.2).move_to(card)
            self.play(FadeIn(seen), bar.bar.pour(i))
            self.remove(card)
            card = seen
        beat.wait_until("sum")
        total = Maths(
            facts.fill('{h_colour:.4f} + {h_number_given_colour:.4f} = {h_both:.4f} "bits"'), size=HEADING
        ).next_to(bar, DOWN, buff=0.35)
        self.play(FadeIn(total, shift=0.1 * UP))
        beat.wait_until("question")
        self.play(FadeIn(bar.frame_like("number first?").next_to(total, DOWN, buff=0.35)))
