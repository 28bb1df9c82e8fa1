"""The chain rule: a price is paid piece by piece, in any order, and always comes to the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

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
    Mobject,
    ReplacementTransform,
    TransformFromCopy,
    UpdateFromAlphaFunc,
    VGroup,
)

from infotheory import running_average
from narration.fact import Facts
from scenes.messages.chain_rule_facts import DEALS, DRAWN, KNOWN, all_facts, dealt, receipts
from scenes.messages.chain_rule_pictures import (
    APART,
    COUNT_AT,
    COUNT_WIDTH,
    Apart,
    Goal,
    OneBar,
    Receipt,
    Strangers,
    beside,
    drawn_card,
    receipts_of_card,
)
from scenes.messages.chain_rule_text import (
    Hidden,
    LetterLine,
    PageBill,
    Stair,
    links_formula,
    opening_line,
)
from scenes.messages.deck import deck_joint
from scenes.stage.beat import Beat
from scenes.stage.card_deck import CardDeck
from scenes.stage.concept_scene import ConceptScene
from scenes.stage.live_number import LiveNumber
from scenes.stage.playing_card import PlayingCard
from scenes.stage.theme import CODE, QUICK, QUIET, SLOW, SMALL, STEADY, STEP
from scenes.stage.typeset import Words, heading, stand_on

SHOWN_ONE_BY_ONE = 4  # cards, before the dealing gets fast


@dataclass
class Props:
    """What lives longer than a beat."""

    deck: CardDeck
    card: PlayingCard
    receipts: tuple[Receipt, Receipt]
    one_bar: OneBar
    stair: Stair


class ChainRule(ConceptScene[Props]):
    """A deck paid in two orders, one bar cut two ways, and a page paid letter by letter."""

    @staticmethod
    def compute_facts() -> Facts:
        """The deck and the novel are given; everything else is computed from them."""
        return all_facts()

    def set_stage(self) -> Props:
        """The deck at home, what stands beside it, and the stair of the letters."""
        return Props(
            deck=CardDeck(deck_joint()),
            card=drawn_card(),
            receipts=receipts_of_card(self.facts),
            one_bar=OneBar(self.facts),
            stair=Stair(self.facts),
        )

    # ---- cards -----------------------------------------------------------------------------------

    def question(self, beat: Beat) -> None:
        """Colour and number, paid one by one, cost more than both together hold."""
        apart = Apart(self.facts)
        self.play(FadeIn(self.props.deck), run_time=STEADY)
        (blue, green), (blue_number, green_number) = apart.sum.bar.segments, apart.sum.numbers
        beat.wait_until("colour")
        self.play(GrowFromEdge(blue, LEFT), FadeIn(apart.names[0], blue_number), run_time=QUICK)
        second = VGroup(green, green_number, apart.names[1])
        joined = second.get_center()
        beat.wait_until("number")
        below = joined + 1.5 * DOWN
        second.move_to(below + blue.width * LEFT)
        self.play(GrowFromEdge(green, LEFT), FadeIn(green_number, apart.names[1]), run_time=QUICK)
        beat.wait_until("add")
        for place in (below, joined):
            self.play(second.animate.move_to(place), run_time=QUICK)
        self.play(FadeIn(apart.sum.cuts, apart.sum.total_number), run_time=STEP)
        beat.wait_until("both")
        self.play(GrowFromEdge(apart.whole.bar.segments, LEFT), FadeIn(apart.whole_name), run_time=STEADY)
        self.play(FadeIn(apart.whole.numbers), run_time=STEP)
        beat.wait_until("twice")
        self.play(FadeIn(apart.gap, apart.gap_name), run_time=QUICK)
        beat.wait_until("question")
        self.play(FadeIn(heading(beat.title)), run_time=QUICK)

    def receipts(self, beat: Beat) -> None:
        """The chance of a card is a product in two ways, so its surprise is a sum in two ways."""
        props, (colour, number) = self.props, self.props.receipts
        deck = props.deck
        self.turn_page(beat.title, deck)
        beat.wait_until("card")
        self.play(ReplacementTransform(deck.card(*DRAWN), props.card), run_time=STEADY)
        self._multiply(beat, colour, ("colour_first", "then_number", "product"), deck.row(DRAWN[0]))
        self._multiply(beat, number, ("number_first", "then_colour", "same"), deck.column(DRAWN[1]))
        beat.wait_until("logs")
        for receipt in (colour, number):
            for i in receipt.order:
                piece, amount = receipt.bar.bar.segments[i], receipt.bar.numbers[i]
                self.play(GrowFromEdge(piece, LEFT), FadeIn(amount), run_time=STEP)
        self.play(FadeIn(colour.bar.cuts, number.bar.cuts), run_time=STEP)
        beat.wait_until("bits")
        self.play(FadeIn(colour.bar.total_number, number.bar.total_number), run_time=QUICK)

    def _multiply(
        self, beat: Beat, receipt: Receipt, cues: tuple[str, str, str], asked: tuple[tuple[int, int], ...]
    ) -> None:
        """First what is asked first is lit, then the card within it, and their shares multiply."""
        deck = self.props.deck
        for cue, cells, share in zip(cues, (asked, (DRAWN,), (DRAWN,)), receipt.steps(), strict=True):
            beat.wait_until(cue)
            if cue == cues[0]:
                self.play(FadeIn(receipt.title), run_time=STEP)
            self.play(deck.animate.highlight(*cells), FadeIn(share), run_time=QUICK)

    def cut(self, beat: Beat) -> None:
        """Receipts agree card by card, so their averages are one bar; its cut can be moved, its length not."""
        props, (colour, number) = self.props, self.props.receipts
        title = self.turn_page(beat.title, props.deck, props.card, colour.title, colour.bar, number.title, number.bar)
        self._deal(beat)
        beat.wait_until("bar")
        self._become_one(title)
        one = props.one_bar
        for cue, span in zip(("first", "rest"), one.above, strict=True):
            beat.wait_until(cue)
            self.play(FadeIn(span), run_time=QUICK)
        beat.wait_until("slide")
        self.play(FadeIn(one.bar.numbers, one.first_cut), run_time=STEP)
        self.play(one.bar.recut(one.by_number), run_time=beat.until("second"))
        for cue, i in (("second", 1), ("left", 0)):
            beat.wait_until(cue)
            self.play(FadeOut(one.bar.numbers[i]), FadeIn(one.below[i]), run_time=QUICK)
        beat.wait_until("formula")
        self.play(FadeIn(one.formula, shift=0.1 * UP), run_time=STEADY)

    def _deal(self, beat: Beat) -> None:
        """Cards are dealt and put back; both averages run to the joint entropy, equally long at any time."""
        props, cards = self.props, dealt(self.random)
        averages = running_average(receipts(cards))
        bars = [receipt.bar for receipt in props.receipts]
        count = LiveNumber(1, ",.0f", color=QUIET, edge=RIGHT).anchor_at(beside(COUNT_AT) + COUNT_WIDTH * RIGHT)
        says = Words("dealt", size=SMALL, color=QUIET)
        stand_on(says.next_to(count, RIGHT, buff=0.15), count.baseline)
        goal = Goal(bars, self.facts.number("h_both"), self.facts.fill("H(C, N) = {h_both:.4f}"))

        def show(n: int) -> None:
            count.set_value(n)
            for bar, average in zip(bars, averages[n - 1], strict=True):
                bar.set_pieces(average)

        beat.wait_until("deal")
        titles = [r.title.animate.next_to(r.bar.bar.segments, UP, buff=0.2, aligned_edge=LEFT) for r in props.receipts]
        self.play(FadeIn(count, says, goal), FadeOut(props.card), *titles, run_time=STEP)
        mover = VGroup(*bars, count)
        for n in range(2, SHOWN_ONE_BY_ONE + 1):
            cell = (int(cards[n - 1, 0]), int(cards[n - 1, 1]))
            self.play(props.deck.animate.highlight(cell), UpdateFromAlphaFunc(mover, _once(show, n)), run_time=STEP)

        def run(_: object, alpha: float) -> None:
            show(round(SHOWN_ONE_BY_ONE ** (1 - alpha) * DEALS**alpha))

        self.play(UpdateFromAlphaFunc(mover, run), props.deck.animate.highlight(), run_time=beat.until("settle"))

    def _become_one(self, title: Words) -> None:
        """Both receipts are the same length: they become one bar."""
        props, one = self.props, self.props.one_bar
        colour, number = (receipt.bar.bar.segments for receipt in props.receipts)
        self.play(self.others(colour, number, title), run_time=STEP)
        whole = one.bar.bar.segments
        under = whole.copy()
        self.play(ReplacementTransform(number, under), ReplacementTransform(colour, whole), run_time=STEADY)
        self.remove(under)
        self.play(FadeIn(one.bar.bar.labels, one.bar.cuts, one.whole), run_time=STEP)

    # ---- letters ---------------------------------------------------------------------------------

    def letters(self, beat: Beat) -> None:
        """The more letters are known, the less the next one holds; the steps add up to whole strings."""
        stair, two_links = self.props.stair, self.props.one_bar.bar.bar
        self.turn_page(beat.title, two_links)
        line = opening_line()
        beat.wait_until("text")
        self.play(FadeOut(two_links), run_time=STEP)
        self.play(FadeIn(line, stair.base), run_time=STEP)
        for k, cue in enumerate(("zero", "one", "two", "three")):
            beat.wait_until(cue)
            self.play(FadeIn(stair.contexts[k]), run_time=STEP)
            self.play(GrowFromEdge(stair.columns[k], DOWN), FadeIn(stair.numbers[k]), run_time=QUICK)
        chain = stair.chain()
        beat.wait_until("chain")
        laid = [
            TransformFromCopy(column, piece) for column, piece in zip(stair.columns, chain.bar.segments, strict=True)
        ]
        self.play(FadeOut(line), run_time=STEP)
        self.play(LaggedStart(*laid, lag_ratio=0.25), run_time=SLOW)
        beat.wait_until("formula")
        self.play(FadeIn(links_formula(), shift=0.1 * UP), run_time=STEADY)

    def fresh(self, beat: Beat) -> None:
        """What was counted fits its own text too well; a page that was not counted tells the honest price."""
        stair, hidden = self.props.stair, Hidden(self.facts)
        self.turn_page(beat.title, stair)
        for cue, words in (("many", hidden.many), ("once", hidden.once)):
            beat.wait_until(cue)
            self.play(FadeIn(words), run_time=QUICK)
        beat.wait_until("hide")
        self.play(FadeIn(hidden.counted, hidden.page), run_time=STEP)
        self.play(hidden.take_off(), FadeIn(hidden.counted_name), run_time=QUICK)
        self.play(stair.animate.make_room(), run_time=QUICK)
        names = [f"fresh_{k}" for k in range(KNOWN + 1)]
        pairs = [
            stair.beside(k, self.facts.number(name), self.facts.shown(name, ".2f"), CODE)
            for k, name in enumerate(names)
        ]
        beat.wait_until("fresh")
        self.play(FadeIn(hidden.page_name, hidden.model), run_time=STEP)
        beat.wait_until("agree")
        for column, number in pairs[:-1]:
            self.play(GrowFromEdge(column, DOWN), FadeIn(number), run_time=STEP)
        beat.wait_until("late")
        column, number = pairs[-1]
        self.play(GrowFromEdge(column, DOWN), FadeIn(number), run_time=STEADY)

    def page(self, beat: Beat) -> None:
        """Letter by letter the page is paid; its chance as a whole has the same surprise."""
        line = LetterLine()
        self.turn_page(beat.title)
        self.play(FadeIn(line.letters), run_time=QUICK)
        beat.wait_until("line")
        self.play(FadeIn(line.window), run_time=STEP)
        self.play(line.read(), run_time=beat.until("lay"))
        bar = line.end_to_end()
        self.play(FadeOut(line.window, line.letters), run_time=STEP)
        laid = [
            ReplacementTransform(column, piece) for column, piece in zip(line.columns, bar.bar.segments, strict=True)
        ]
        self.play(LaggedStart(*laid, lag_ratio=0.01), run_time=STEADY)
        bill = PageBill(self.facts, float(line.bits.sum()))
        beat.wait_until("read")
        shrunk = bar.bar.segments.animate.set_stroke(width=0).stretch_to_fit_width(bill.line.width).move_to(bill.line)
        self.play(shrunk, run_time=QUICK)
        self.remove(bar.bar.segments)
        self.add(bill.line)
        self.play(FadeIn(*bill.rows, bill.legend), run_time=STEP)
        self.play(bill.read(), run_time=beat.until("sum"))
        beat.wait_until("product")
        self.play(FadeIn(bill.chance), run_time=QUICK)
        beat.wait_until("whole")
        self.play(FadeIn(bill.whole), run_time=QUICK)

    def apart(self, beat: Beat) -> None:
        """One sees the colour, one the number; between them stands a wall."""
        strangers = Strangers(self.facts)
        self.turn_page(beat.title)
        bar = strangers.bar
        self.play(FadeIn(bar.bar.segments, bar.bar.labels, bar.numbers, bar.cuts), run_time=QUICK)
        for cue, person in (("two", strangers.first), ("second", strangers.second)):
            beat.wait_until(cue)
            self.play(FadeIn(person), run_time=QUICK)
        beat.wait_until("speak")
        self.play(Create(strangers.talk), run_time=QUICK)
        beat.wait_until("question")
        self.play(FadeOut(strangers.talk), ReplacementTransform(bar.cuts[0], strangers.wall), run_time=QUICK)
        aside = zip(strangers.sides, (LEFT, RIGHT), strict=True)
        self.play(*(part.animate.shift(APART * side) for part, side in aside), run_time=QUICK)
        self.play(FadeIn(strangers.more), run_time=QUICK)


def _once(show: Callable[[int], None], n: int) -> Callable[[Mobject, float], None]:
    """For an animation in which *show* is told one number."""
    return lambda _, __: show(n)
