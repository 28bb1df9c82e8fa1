"""Slepian and Wolf: two encoders who never speak, and what they save all the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from manim import (
    LEFT,
    RIGHT,
    UP,
    Animation,
    Create,
    FadeIn,
    FadeOut,
    GrowFromEdge,
    LaggedStart,
    Line,
    ReplacementTransform,
    SurroundingRectangle,
    TransformFromCopy,
    VGroup,
)

from narration.fact import Facts
from scenes.messages.deck import deck_joint, independent_joint
from scenes.messages.slepian_wolf_facts import (
    BLOCK_SIZES,
    ENOUGH,
    SHORT,
    all_facts,
    misread_blocks,
    partners,
    region,
)
from scenes.messages.slepian_wolf_pictures import (
    GONE,
    RateBars,
    SyndromeTable,
    TwoPeople,
    card_bill,
    card_chart,
    deck_note,
    enough_label,
    rate_law,
    syndrome_law,
)
from scenes.messages.slepian_wolf_sheets import (
    SHEET_ROWS,
    SHEETS_LEFT,
    BlockSheets,
    Drawers,
    FieldNotes,
    PairField,
    drawer_note,
    rate_label,
    sheets_legend,
    size_labels,
)
from scenes.stage.beat import Beat
from scenes.stage.card_deck import CardDeck
from scenes.stage.concept_scene import ConceptScene
from scenes.stage.playing_card import BLACK, RED
from scenes.stage.rate_chart import RateChart, Rates
from scenes.stage.reading import CodewordTile
from scenes.stage.theme import (
    BODY,
    MODEL,
    PANEL,
    PAPER,
    PROBABILITY,
    QUICK,
    QUIET,
    SAFE_RIGHT,
    SECOND,
    SHARED,
    SLOW,
    SMALL,
    STEADY,
    STEP,
    THIN,
)
from scenes.stage.typeset import Maths, Words, heading

REMEDY = "Long blocks help,\nand random drawers,\nand a rare mistake."


@dataclass
class Props:
    """What lives longer than a beat."""

    deck: CardDeck


class SlepianWolf(ConceptScene[Props]):
    """Syndromes first, exactly; then the cards, in the long run."""

    @staticmethod
    def compute_facts() -> Facts:
        """Two readings, their syndromes and drawers; rates of the cards."""
        return all_facts()

    def set_stage(self) -> Props:
        """The deck, at home."""
        return Props(CardDeck(deck_joint()))

    # ---- two who never speak -----------------------------------------------------------------------

    def apart(self, beat: Beat) -> None:
        """Two people see two sides of a card; alone they pay more than the card holds."""
        people, bill = TwoPeople(self.facts), card_bill(self.facts)
        self.play(FadeIn(heading(beat.title), people.whole_card), run_time=QUICK)
        beat.wait_until("first")
        self.play(FadeIn(people.people[0]), TransformFromCopy(people.whole_card, people.cards[0]), run_time=STEADY)
        beat.wait_until("second")
        self.play(FadeIn(people.people[1]), ReplacementTransform(people.whole_card, people.cards[1]), run_time=STEADY)
        beat.wait_until("send")
        self.play(FadeIn(people.reader, people.reader_name), run_time=STEP)
        self.play(*(GrowFromEdge(bar, LEFT) for bar in people.bars), FadeIn(*people.names), run_time=QUICK)
        self.play(*(Create(arrow) for arrow in people.arrows), run_time=QUICK)
        self.play(Create(people.wall), run_time=STEP)
        beat.wait_until("alone")
        down = [TransformFromCopy(bar, part[0]) for bar, part in zip(people.bars, bill.parts, strict=True)]
        self.play(*down, run_time=STEADY)
        self.play(FadeIn(*(part[1] for part in bill.parts), bill.sum_label), run_time=STEP)
        beat.wait_until("both")
        self.play(GrowFromEdge(bill.whole, LEFT), FadeIn(bill.whole_name), run_time=STEADY)
        self.play(FadeIn(bill.whole_label), run_time=STEP)
        beat.wait_until("ask")
        self.play(FadeIn(bill.gap, Words("?", size=BODY).move_to(bill.gap)), run_time=QUICK)

    # ---- a syndrome --------------------------------------------------------------------------------

    def syndrome(self, beat: Beat) -> None:
        """The parities of the rows name the place in which two readings differ."""
        table, facts = SyndromeTable(self.facts), self.facts
        first, second = facts.shown("first"), facts.shown("second")
        self.turn_page(beat.title)
        place = int(facts.number("place")) - 1
        self._show_readings(beat, table, place)
        beat.wait_until("number")
        self.play(FadeIn(table.place_name, *table.places), run_time=STEP)
        columns = (FadeIn(column, shift=0.2 * UP) for column in table.columns)
        self.play(LaggedStart(*columns, lag_ratio=0.25), run_time=STEADY)
        beat.wait_until("ones")
        self.play(*self._keep(table, second), run_time=QUICK)
        beat.wait_until("parity")
        self.play(FadeOut(table.costs[1]), FadeIn(table.sum_names[0]), run_time=STEP)
        self._count_rows(table, 0, beat.until("sent") / 3.6)
        beat.wait_until("sent")
        beat.wait_until("reader")
        self.play(*self._keep(table, first), FadeOut(table.costs[0]), FadeIn(table.sum_names[1]), run_time=QUICK)
        self._count_rows(table, 1, STEP)
        beat.wait_until("compare")
        self._compare(beat, table, place)

    def _show_readings(self, beat: Beat, table: SyndromeTable, place: int) -> None:
        beat.wait_until("sensors")
        for name, row in zip(table.names, (table.first, table.second), strict=True):
            self.play(FadeIn(name), LaggedStart(*(FadeIn(tile) for tile in row), lag_ratio=0.15), run_time=STEADY)
        frames = table.pair_frames(place)
        self.play(Create(frames), run_time=QUICK)
        beat.wait_until("all")
        self.play(FadeIn(table.costs[0], shift=0.2 * RIGHT), run_time=QUICK)
        self.play(
            FadeIn(table.costs[1], shift=0.2 * RIGHT), FadeOut(frames), run_time=beat.until("number", at_most=STEADY)
        )

    def _keep(self, table: SyndromeTable, word: str) -> list[Animation]:
        """Numbers of the places at which *word* has a one stay, or come back; the others go."""
        return [
            column.animate.set_opacity(1.0 if bit == "1" else GONE).build()
            for column, bit in zip(table.columns, word, strict=True)
        ]

    def _count_rows(self, table: SyndromeTable, which: int, run_time: float) -> None:
        """Row by row, an even count of ones becomes 0 and an odd one 1."""
        for row, tile in enumerate(table.sums[which]):
            frame = table.row_frame(row)
            self.play(FadeIn(frame), FadeIn(tile, shift=0.2 * RIGHT), run_time=run_time)
            self.remove(frame)

    def _compare(self, beat: Beat, table: SyndromeTable, place: int) -> None:
        """What differs between the two sums is the number of a place; there the bit is flipped."""
        self.play(FadeIn(table.sum_names[2]), run_time=STEP)
        for differ in table.sums[2]:
            self.play(FadeIn(differ, shift=0.2 * RIGHT), run_time=STEP)
        beat.wait_until("place")
        others = [column for i, column in enumerate(table.columns) if i != place]
        self.play(table.columns[place].animate.set_opacity(1), FadeOut(*others), run_time=STEP)
        self.play(Create(_around(table.sums[2])), Create(table.column_frame(place)), run_time=STEADY)
        self.play(table.places[place].animate.set_color(PAPER), run_time=STEP)
        beat.wait_until("flip")
        flipped = table.flipped(place, self.facts.shown("second")[place])
        self.play(ReplacementTransform(table.first[place], flipped), run_time=QUICK)
        rest = [tile.box.animate.set_fill(SECOND) for i, tile in enumerate(table.first) if i != place]
        self.play(*rest, FadeOut(table.names[0]), FadeIn(table.decoded_name, syndrome_law()), run_time=QUICK)

    # ---- every pair --------------------------------------------------------------------------------

    def field(self, beat: Beat) -> None:
        """All pairs are decoded, and the bits that were sent are as few as two who talk would need."""
        field = PairField()
        notes = FieldNotes(field, self.facts)
        self.turn_page(beat.title)
        beat.wait_until("pairs")
        partners = field.partners()
        self.play(FadeIn(field.empty), run_time=QUICK)
        self.play(Create(partners), run_time=QUICK)
        beat.wait_until("decode")
        self.play(FadeOut(partners), FadeIn(field.count, notes.counted, notes.legend), run_time=STEP)
        self.add(field)
        self.play(field.decode(run_time=beat.until("count")))
        beat.wait_until("bits")
        self.play(FadeIn(notes.bits, shift=0.1 * UP), run_time=QUICK)
        beat.wait_until("talk")
        self.play(FadeIn(notes.names, shift=0.1 * UP), run_time=QUICK)

    # ---- drawers -----------------------------------------------------------------------------------

    def drawers(self, beat: Beat) -> None:
        """A syndrome names a drawer; the readings that are still possible lie in different ones."""
        drawers, facts = Drawers(), self.facts
        self.turn_page(beat.title)
        beat.wait_until("drawers")
        self.play(LaggedStart(*(FadeIn(label) for label in drawers.labels), lag_ratio=0.15), run_time=STEADY)
        fill = (FadeIn(column) for column in drawers.columns)
        self.play(LaggedStart(*fill, lag_ratio=0.15), run_time=SLOW)
        beat.wait_until("far")
        note = self._far(drawers, facts.shown("second"))
        beat.wait_until("near")
        self._near(beat, drawers, partners(facts.shown("first")), note)

    def _far(self, drawers: Drawers, reading: str) -> Words:
        """One drawer alone: its readings are far from each other."""
        mine = next(i for i, row in enumerate(drawers.readings) if reading in {r.text for r in row})
        note = drawer_note(self.facts.fill("in one drawer: {distance:d} places apart, or more"))
        lit = [other.text for other in drawers.readings[mine]]
        self.play(drawers.animate.light(*lit), FadeIn(note), run_time=QUICK)
        return note

    def _near(self, beat: Beat, drawers: Drawers, near: list[str], far: Words) -> None:
        """The partners of the first reading, one in each drawer; the drawer that was sent leaves one."""
        note = drawer_note(self.facts.fill("next to {first}: one in each drawer"), PROBABILITY)
        self.play(drawers.animate.light(*near), FadeOut(far), FadeIn(note), run_time=QUICK)
        frames = {reading: drawers.frame(reading, PROBABILITY) for reading in near}
        beat.wait_until("spread")
        order = sorted(near, key=lambda reading: float(frames[reading].get_x()))
        self.play(LaggedStart(*(Create(frames[reading]) for reading in order), lag_ratio=0.3), run_time=SLOW)
        beat.wait_until("open")
        left = self.facts.shown("second")
        sent = self.facts.shown("sent")
        others = [label for i, label in enumerate(drawers.labels) if i != int(sent, 2)]
        gone = [frames[reading] for reading in near if reading != left]
        answer = drawer_note(self.facts.fill("in drawer {sent}, next to {first}: only {second}"))
        self.play(drawers.animate.light(left), FadeOut(*gone, note), FadeIn(answer), run_time=QUICK)
        self.play(*(label.animate.fill(PANEL, QUIET) for label in others), run_time=STEP)

    # ---- the cards ---------------------------------------------------------------------------------

    def region(self, beat: Beat) -> None:
        """The rates that are enough for colour and number, with what each saves the other."""
        chart, bars = card_chart(), RateBars(region().apart)
        self.turn_page(beat.title)
        beat.wait_until("axes")
        self.play(Create(chart.x_axis), FadeIn(chart.x_name), run_time=QUICK)
        self.play(Create(chart.y_axis), FadeIn(chart.y_name, chart.axes[4]), run_time=QUICK)
        beat.wait_until("corner")
        self.play(FadeIn(chart.naive, chart.dot, chart.guides, enough_label(chart)), run_time=QUICK)
        self.play(FadeIn(chart.x_ticks[1], chart.y_ticks[1], *bars.rows), run_time=QUICK)
        self._trade(beat, chart, bars)
        beat.wait_until("law")
        self.play(FadeIn(rate_law(), shift=0.1 * UP), run_time=QUICK)
        beat.wait_until("saved")
        self.play(FadeIn(chart.gained), run_time=QUICK)
        leg = Maths(self.facts.fill("I(C; N) = {shared:.4f}"), size=SMALL, color=SHARED)
        corner, foot = chart.at(*chart.region.apart), chart.at(*chart.region.corners[1])
        line = Line(corner, foot, color=SHARED, stroke_width=6)
        self.play(Create(line), FadeIn(leg.next_to(line, RIGHT, buff=0.15)), run_time=QUICK)

    def _trade(self, beat: Beat, chart: RateChart, bars: RateBars) -> None:
        """From the corner down, round to the other side, and along the edge."""
        left, right = chart.region.corners

        def go(*stops: Rates) -> Animation:
            return chart.go(*stops, follow=bars.show_rates, followers=[bars])

        self.add(bars)
        beat.wait_until("first")
        self.play(go(right), run_time=STEADY)
        self.play(FadeIn(chart.y_ticks[0]), run_time=STEP)
        beat.wait_until("second")
        self.play(go(chart.region.apart, left), run_time=SLOW)
        self.play(FadeIn(chart.x_ticks[0]), run_time=STEP)
        beat.wait_until("edge")
        self.bring_to_back(chart.whole)
        self.play(Create(chart.edge), FadeIn(chart.whole), run_time=QUICK)
        self.play(go(right, chart.region.along_edge(0.5)), run_time=2 * STEADY)

    # ---- long blocks -------------------------------------------------------------------------------

    def blocks(self, beat: Beat) -> None:
        """One card saves nothing; with longer and longer blocks in random drawers, mistakes die out."""
        deck = self.props.deck
        self.turn_page(beat.title)
        self.play(FadeIn(deck), run_time=QUICK)
        beat.wait_until("deck")
        notes = deck_note("Whatever the colour,\neach number can come.", 1.2), deck_note(REMEDY, -0.9)
        self.play(deck.animate.highlight(*deck.row(BLACK)), FadeIn(notes[0]), run_time=QUICK)
        self.play(deck.animate.highlight(*deck.row(RED)), run_time=QUICK)
        self.play(deck.animate.highlight(), run_time=QUICK)
        beat.wait_until("drawers")
        self.play(FadeIn(notes[1]), run_time=QUICK)
        beat.wait_until("enough")
        self.play(FadeOut(deck, *notes), run_time=STEP)
        self.play(FadeIn(size_labels(self.facts)), run_time=QUICK)
        above = self._row("enough", ENOUGH, SHEET_ROWS[0])
        self.play(FadeIn(above[1], sheets_legend(self.facts)), run_time=QUICK)
        beat.wait_until("grow")
        self._fill(above[0], "enough", beat.until("short") / (len(BLOCK_SIZES) + 0.6))
        beat.wait_until("short")
        below = self._row("short", SHORT, SHEET_ROWS[1])
        self.play(FadeIn(below[1]), run_time=QUICK)
        beat.wait_until("fail")
        self._fill(below[0], "short", STEP)
        beat.wait_until("limit")
        self._limit()

    def _row(self, name: str, rate: float, y: float) -> tuple[BlockSheets, Words]:
        """Simulated blocks of every size at a rate, and what the rate is called."""
        misread = [misread_blocks(self.random, n, rate) for n in BLOCK_SIZES]
        return BlockSheets(misread, y), rate_label(self.facts.fill(f"{{{name}:.2f}} bits\na number"), y)

    def _fill(self, sheets: BlockSheets, name: str, run_time: float) -> None:
        """Decode all blocks, size after size; then say what is expected of them."""
        for i in range(len(BLOCK_SIZES)):
            self.play(sheets.fill(i), run_time=run_time)
        shown = [self.facts.shown(f"error_{name}_{i}", ".1%") for i in range(len(BLOCK_SIZES))]
        self.play(FadeIn(sheets.computed(shown)), run_time=STEP)

    def _limit(self) -> None:
        """Between the two rates lies the limit."""
        y = sum(SHEET_ROWS) / 2 - 0.28
        line = Line(SHEETS_LEFT * RIGHT, SAFE_RIGHT * RIGHT, color=SECOND, stroke_width=2 * THIN).set_y(y)
        name = rate_label(self.facts.fill("limit {h_number_given_colour:.4f}"), y)
        self.play(Create(line), FadeIn(name), run_time=QUICK)

    def next(self, beat: Beat) -> None:
        """A dictionary that was made for another deck."""
        deck = self.props.deck
        self.turn_page(beat.title)
        self.play(FadeIn(deck), run_time=QUICK)
        beat.wait_until("other")
        other = deck.shadow(independent_joint()).set_stroke(MODEL, 3)
        names = VGroup(
            deck_note("this deck", 0.9), deck_note("the deck that your\ndictionary was made for", -0.1, MODEL)
        )
        self.play(FadeIn(names[0]), run_time=STEP)
        self.play(Create(other), FadeIn(names[1]), run_time=STEADY)
        beat.wait_until("question")
        self.play(FadeIn(deck_note("What does it cost?", -1.5)), run_time=QUICK)


def _around(tiles: Sequence[CodewordTile]) -> SurroundingRectangle:
    """A frame around the tiles of a sum."""
    return SurroundingRectangle(VGroup(*tiles), color=PAPER, buff=0.08)
