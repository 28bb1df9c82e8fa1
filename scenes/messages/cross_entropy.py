"""Cross-entropy: what it costs to pay with a dictionary that was made for somebody else."""

from __future__ import annotations

from dataclasses import dataclass

from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Create,
    FadeIn,
    FadeOut,
    GrowArrow,
    LaggedStart,
    Line,
    ReplacementTransform,
    VGroup,
)

from infotheory import surprise
from narration.fact import Facts
from scenes.messages.cross_entropy_bowl import Bowl
from scenes.messages.cross_entropy_facts import (
    CUSTOMERS,
    DRAG_END,
    P_PMF,
    Q_PMF,
    all_facts,
    numbers_given,
)
from scenes.messages.cross_entropy_pictures import (
    AREA_BIT,
    CROSS,
    CROSS_FORMULA,
    SIDE,
    CardsBill,
    LevelReadout,
    Menu,
    Readout,
    coloured,
    drinks_bill,
    hand_over,
    sum_of_areas,
    whose,
)
from scenes.messages.cross_entropy_till import Till
from scenes.messages.deck import deck_joint
from scenes.stage.beat import Beat
from scenes.stage.bill import Bill
from scenes.stage.card_deck import CardDeck
from scenes.stage.concept_scene import ConceptScene
from scenes.stage.playing_card import BLACK, RED
from scenes.stage.theme import (
    BOLD,
    GROUND,
    HEADING,
    MODEL,
    PROBABILITY,
    QUICK,
    SLOW,
    SMALL,
    STEADY,
    STEP,
    WASTE,
)
from scenes.stage.typeset import Maths, Words, heading


@dataclass
class Props:
    """What lives longer than a beat."""

    menu: Menu
    bill: Bill
    bowl: Bowl


class CrossEntropy(ConceptScene[Props]):
    """Codewords made for q over the odds p: the area is the bill, and it is never below the entropy of p."""

    @staticmethod
    def compute_facts() -> Facts:
        """The odds, the orders and the deck are given; everything else follows from them."""
        return all_facts()

    def set_stage(self) -> Props:
        """The menu, the bill of the juice bar, and the bowl."""
        return Props(
            menu=Menu(self.facts),
            bill=drinks_bill(width=6.2, bit=AREA_BIT, most_bits=3, weights=Q_PMF),
            bowl=Bowl(self.facts),
        )

    def question(self, beat: Beat) -> None:
        """The same orders in two dictionaries: the wrong one works, and costs more."""
        menu = self.props.menu
        self.play(FadeIn(*menu.drinks, *menu.other, menu.nobody), run_time=STEADY)
        beat.wait_until("shop")
        self.play(FadeIn(menu.bar, menu.names[0]), run_time=QUICK)
        beat.wait_until("own")
        self.play(FadeIn(*menu.own, menu.names[1]), run_time=QUICK)
        beat.wait_until("short")
        self.play(FadeIn(*menu.orders, menu.orders_name), run_time=STEP)
        self._send(0)
        beat.wait_until("other")
        self.play(FadeOut(menu.nobody), FadeIn(menu.names[2]), run_time=QUICK)
        beat.wait_until("long")
        self._send(1)
        beat.wait_until("reads")
        self._read()
        beat.wait_until("ask")
        self.play(FadeIn(heading(beat.title)), run_time=QUICK)

    def _send(self, which: int) -> None:
        """Every order becomes its codeword; the bits are counted."""
        menu = self.props.menu
        tiles = menu.messages[which].tiles
        sent = [FadeIn(tile, shift=0.15 * DOWN) for tile in tiles]
        self.play(LaggedStart(*sent, lag_ratio=0.25), run_time=STEADY)
        self.play(FadeIn(menu.totals[which]), run_time=STEP)

    def _read(self) -> None:
        """The long message is read back, order by order."""
        menu = self.props.menu
        read = [FadeIn(word, shift=0.1 * DOWN) for word in menu.read]
        self.play(LaggedStart(*read, lag_ratio=0.6), run_time=2 * STEADY)

    # ---- the area --------------------------------------------------------------------------------

    def area(self, beat: Beat) -> None:
        """Codewords made for q stand over the widths of q, and then over the widths of p."""
        bill, facts = self.props.bill, self.facts
        self.turn_page(beat.title, *self.props.menu.other)
        legend = bill.strip.get_right() + 0.25 * RIGHT
        theirs, ours = whose("q", "the juice bar", MODEL, legend), whose("p", "the coffee shop", PROBABILITY, legend)
        self.play(FadeIn(bill.ruler, bill.unit_name, bill.strip, *bill.names, theirs), run_time=QUICK)
        beat.wait_until("bars")
        self._stand_up()
        paid = LevelReadout(bill)
        beat.wait_until("fair")
        self.play(FadeIn(paid), run_time=QUICK)
        beat.wait_until("shop")
        self.play(FadeOut(theirs), run_time=QUICK)
        beat.wait_until("relay")
        handed = hand_over(bill, P_PMF, paid.follow, [paid])
        self.play(handed, FadeIn(ours), run_time=beat.until("wide", at_most=2 * SLOW))
        lengths = bill.lengths
        beat.wait_until("level")
        self.play(bill.level(), run_time=STEADY)
        beat.wait_until("sum")
        self.play(bill.change(lengths=lengths), run_time=QUICK)
        terms = sum_of_areas(facts).move_to((SIDE, 0.45, 0), aligned_edge=LEFT)
        self.play(FadeIn(terms), run_time=QUICK)
        beat.wait_until("formula")
        formula = coloured(CROSS_FORMULA, size=HEADING).move_to((SIDE, -0.8, 0), aligned_edge=LEFT)
        self.play(FadeIn(formula, shift=0.1 * UP), run_time=STEADY)

    def _stand_up(self) -> None:
        """The codewords of the wrong dictionary become columns, bit for bit."""
        bill = self.props.bill
        for word, column, digits in zip(self.props.menu.other, bill.columns, bill.digits, strict=True):
            (tile,) = word.tiles
            stand = [ReplacementTransform(bit, digit) for bit, digit in zip(tile.bits, digits, strict=True)]
            self.play(ReplacementTransform(tile.box, column[0]), *stand, run_time=QUICK)
        self.play(FadeIn(bill.cells), run_time=STEP)
        self.add(bill)

    # ---- the till --------------------------------------------------------------------------------

    def receipt(self, beat: Beat) -> None:
        """Random orders, one codeword each: the average settles on the area."""
        facts = self.facts
        self.turn_page(beat.title)
        till = Till(self.random.choice(len(P_PMF), CUSTOMERS, p=P_PMF))
        receipt, chart = till.receipt, till.chart
        area = till.level(facts.fill(f"{CROSS} = {{cross:.3f}}"), facts.number("cross"))
        fair = till.level(facts.fill("H({{ p : floor }}) = {h_p:.3f}"), facts.number("h_p"))
        till.print(0)
        self.play(FadeIn(receipt.paper, receipt.totals), run_time=STEP)
        beat.wait_until("till")
        for k, line in enumerate(receipt.lines, 1):
            till.print(k)
            self.play(FadeIn(line, shift=0.1 * DOWN), run_time=STEP)
        self.play(FadeIn(receipt.more, chart.axes, till.axis_name), run_time=STEP)
        self.play(FadeIn(chart.curve, chart.dot, area), run_time=QUICK)
        beat.wait_until("run")
        self.play(FadeIn(till.live), run_time=STEP)
        self.play(till.run(CUSTOMERS), run_time=beat.until("settle"))
        beat.wait_until("right")
        self.play(FadeIn(fair), Create(till.own_line), run_time=SLOW)
        self.play(FadeIn(till.own_dot), run_time=STEP)

    # ---- the deck --------------------------------------------------------------------------------

    def cards(self, beat: Beat) -> None:
        """A dictionary for the red cards' numbers, used on black ones, costs more than none."""
        deck, red = CardDeck(deck_joint()), numbers_given(RED)
        cards = CardsBill(red, red)
        model = whose("q", "red cards", MODEL, cards.legend)
        self.turn_page(beat.title)
        self.play(FadeIn(deck), run_time=QUICK)
        for cue, colour in (("low", BLACK), ("high", RED)):
            beat.wait_until(cue)
            self.play(deck.animate.highlight(*deck.row(colour)), run_time=STEP)
        beat.wait_until("red")
        self._lay_down(deck, cards, model)
        paid = Readout("average bill", cards.bill.area, "bits a card", cards.readout, size=HEADING)
        beat.wait_until("red_bill")
        self.play(FadeIn(paid), run_time=QUICK)
        beat.wait_until("black")
        self.play(deck.animate.highlight(*deck.row(BLACK)), FadeOut(model), run_time=QUICK)
        self._use_on_black(beat, cards, paid)

    def _lay_down(self, deck: CardDeck, cards: CardsBill, model: VGroup) -> None:
        """Copies of the red piles become the widths of columns, which then rise."""
        bill = cards.bill
        piles = zip(deck.lift(*deck.row(RED)), bill.strip.segments, strict=True)
        fall = [ReplacementTransform(pile, segment) for pile, segment in piles]
        self.play(*fall, FadeIn(bill.ruler, bill.unit_name, model, *cards.groups), run_time=STEADY)
        self.play(LaggedStart(*(FadeIn(column) for column in bill.columns), lag_ratio=0.1), run_time=QUICK)
        self.add(bill)

    def _use_on_black(self, beat: Beat, cards: CardsBill, paid: Readout) -> None:
        """The widths become those of the black cards; the bill exceeds what knowing nothing would cost."""
        facts, bill = self.facts, cards.bill

        def follow(now: Bill) -> None:
            cards.place_groups()
            paid.number.set_value(now.area)

        handed = hand_over(bill, numbers_given(BLACK), follow, [*cards.groups, paid.number])
        truth = whose("p", "black cards", PROBABILITY, cards.legend)
        self.play(handed, FadeIn(truth), run_time=beat.until("bill", at_most=2 * SLOW))
        beat.wait_until("bill")
        self.play(Create(cards.average()), run_time=QUICK)
        beat.wait_until("plain")
        plain = facts.number("h_plain")
        self.play(FadeIn(cards.ignorance(facts.shown("h_plain", ".3f"), plain)), run_time=QUICK)
        beat.wait_until("worse")
        self.play(GrowArrow(cards.worse(plain)), run_time=QUICK)

    # ---- the bowl --------------------------------------------------------------------------------

    def bowl(self, beat: Beat) -> None:
        """q is dragged: the columns' area draws a bowl whose floor is the entropy of p."""
        facts, bowl = self.facts, self.props.bowl
        right = facts.number("p_coffee")
        self.turn_page(beat.title)
        self.play(FadeIn(bowl.bill, bowl.q, bowl.signs), run_time=QUICK)
        beat.wait_until("bowl")
        self.play(FadeIn(bowl.curve.axes, bowl.level, bowl.trace, bowl.readout, bowl.curve.dot), run_time=QUICK)
        beat.wait_until("drag")
        self._drag(right, beat.until("bottom"))
        beat.wait_until("beyond")
        self._drag(DRAG_END, SLOW)
        beat.wait_until("ends")
        self.play(*(Create(rim) for rim in bowl.rims()), run_time=STEADY)
        self.bring_to_front(bowl.curve.dot)
        beat.wait_until("floor")
        self.play(FadeIn(bowl.floor(facts.number("h_p"))), run_time=QUICK)
        beat.wait_until("only")
        self._drag(right, STEADY)
        self.play(FadeIn(bowl.law()), run_time=QUICK)

    def _drag(self, coffee: float, run_time: float) -> None:
        """Drag q until it expects so much coffee."""
        bowl = self.props.bowl
        self.play(bowl.curve.slide(coffee, bowl.follow, followers=bowl.moving), run_time=run_time)

    def waste(self, beat: Beat) -> None:
        """The bill of the wrong dictionary, poured level: the fair price, and the rest."""
        facts, bowl = self.facts, self.props.bowl
        bill, start = bowl.bill, facts.number("q_coffee")
        titles = [m for m in self.mobjects if isinstance(m, Words) and m.get_top()[1] > 3]
        self.play(FadeOut(*titles), run_time=STEP)
        self.play(FadeIn(heading(beat.title)), run_time=STEP)
        beat.wait_until("back")
        self._drag(start, SLOW)
        beat.wait_until("fair")
        self.play(bill.change(fair=surprise(P_PMF)), run_time=QUICK)
        beat.wait_until("level")
        self.play(bill.level(), run_time=STEADY)
        fair, rest = facts.number("h_p"), facts.number("cross")
        had = Words("had to be paid", size=SMALL, color=GROUND, weight="medium").move_to(bill.at(P_PMF[0] / 2, 0.5))
        self.play(FadeIn(had), run_time=STEP)
        beat.wait_until("waste")
        gap = Line(bowl.curve.at(start, fair), bowl.curve.at(start, rest), color=WASTE, stroke_width=2 * BOLD)
        name = Words("waste", size=SMALL, color=GROUND, weight="medium").move_to(bill.at(P_PMF[0] / 2, (2 + rest) / 2))
        self.play(Create(gap), FadeIn(name), run_time=QUICK)
        beat.wait_until("ask")
        ask = Maths("?", size=HEADING, color=WASTE).next_to(gap, LEFT, buff=0.15)
        self.play(FadeIn(ask), run_time=QUICK)
