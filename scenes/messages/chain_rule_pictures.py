"""Pictures that only the film `chain_rule` draws: receipts of a card, and two people with a wall between them."""

from __future__ import annotations

from collections.abc import Sequence

from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    DashedLine,
    DashedVMobject,
    Line,
    ManimColor,
    Rectangle,
    VGroup,
)
from manim.typing import Point3D

from narration.fact import Facts
from scenes.messages.chain_rule_facts import DRAWN
from scenes.stage.card_deck import BESIDE_DECK
from scenes.stage.cut_bar import CutBar
from scenes.stage.onlooker import Onlooker
from scenes.stage.playing_card import PlayingCard
from scenes.stage.theme import (
    BODY,
    HEADING,
    PAPER,
    PROBABILITY,
    QUIET,
    SAFE_RIGHT,
    SAFE_TOP,
    SECOND,
    SMALL,
    THIN,
    WASTE,
)
from scenes.stage.typeset import Maths, Words

LEFT_EDGE = BESIDE_DECK[0]  # of what stands beside the deck
NARROW = 0.86  # length of a bit beside the deck
WIDE = 3.1  # length of a bit on the whole stage
WIDE_LEFT = -6.2
NAMES = ("colour", "number")
APART = 0.4  # how far the wall drives the pieces of the bar
COUNT_AT, COUNT_WIDTH = 2.5, 3.6  # foot of the number of cards dealt, and its right end beside the deck
CHAIN_RULE = "H(C, N) = H(C) + H(N | C) = H(N) + H(C | N)"


def beside(y: float) -> Point3D:
    """The left end, at this height, of what stands beside the deck."""
    point: Point3D = LEFT_EDGE * RIGHT + y * UP
    return point


class Apart(VGroup):
    """Colour and number paid one by one, over what both together hold; the rest is marked in red."""

    def __init__(self, facts: Facts) -> None:
        self.sum = CutBar([facts.number("h_colour"), facts.number("h_number")], unit=NARROW, show_total=True)
        self.sum.begin_at(beside(0.75))
        self.sum.say(facts.fill("{h_colour:.4f} + {h_number:.4f}"), facts.shown("h_apart", ".4f"))
        self.names = [
            Words(name, size=SMALL, color=color).next_to(segment, UP, buff=0.25).align_to(segment, LEFT)
            for name, color, segment in zip(NAMES, (PROBABILITY, SECOND), self.sum.bar.segments, strict=True)
        ]
        self.whole = CutBar([facts.number("h_both")], unit=NARROW, colors=[PAPER]).begin_at(beside(-1.1))
        self.whole_name = Words("both together", size=SMALL).next_to(self.whole.bar.segments, UP, buff=0.15)
        self.whole_name.align_to(self.whole.bar.segments, LEFT)
        self.gap = Rectangle(width=facts.number("shared") * NARROW, height=self.whole.bar.frame.height)
        self.gap.set_fill(WASTE, 0.35).set_stroke(WASTE, THIN).next_to(self.whole.bar.segments, RIGHT, buff=0)
        self.gap_name = Maths(facts.shown("shared", ".4f"), size=SMALL, color=WASTE).next_to(self.gap, RIGHT, buff=0.15)
        super().__init__(self.sum, *self.names, self.whole, self.whole_name, self.gap, self.gap_name)


class Receipt(VGroup):
    """A card's chance as a product of two, and below it the two surprises as one bar.

    *factors* are what is asked first and second, as Typst math; *swapped* says that the number is asked first.
    """

    def __init__(
        self,
        title: str,
        factors: tuple[str, str],
        product: str,
        pieces: tuple[float, float],
        *,
        total_at: float,
        swapped: bool = False,
    ) -> None:
        self.title = Words(title, size=SMALL, color=QUIET)
        first, second = factors
        self.product = Maths(
            f"{{{{ {first} : first }}}} dot {{{{ {second} : second }}}} {{{{ = {product} : result }}}}"
        )
        colors = (SECOND, PROBABILITY) if swapped else (PROBABILITY, SECOND)
        for part, color in zip(("first", "second"), colors, strict=True):
            self.product.select(part).set_color(color)
        self.order = (1, 0) if swapped else (0, 1)  # in which the pieces are asked for
        self.bar = CutBar(pieces, unit=NARROW, height=0.42, show_total=True, total_at=total_at)
        super().__init__(self.title, self.product, self.bar)

    def stand(self, top: float) -> Receipt:
        """Put title, product and bar under each other, from this height down. Returns itself."""
        self.title.move_to(beside(top), aligned_edge=UP + LEFT)
        self.product.next_to(self.title, DOWN, buff=0.22, aligned_edge=LEFT)
        self.bar.begin_at(beside(float(self.product.get_bottom()[1]) - 0.28 - float(self.bar.bar.frame.height)))
        return self

    def steps(self) -> tuple[VGroup, VGroup, VGroup]:
        """The product as it comes up: what is asked first, times what is asked second, and what that makes."""
        first, result = self.product.select("first"), self.product.select("result")
        rest = [part for part in self.product if part not in [*first, *result]]
        return first, VGroup(*rest), result


def receipts_of_card(facts: Facts) -> tuple[Receipt, Receipt]:
    """The drawn card's receipts: colour first, and number first."""
    result, total_at = facts.fill("{n_card:d}/{n_cards:d}"), facts.number("h_both")
    colour = Receipt(
        "colour first",
        (facts.fill("{n_black:d}/{n_cards:d}"), facts.fill("{n_card:d}/{n_black:d}")),
        result,
        (facts.number("s_colour"), facts.number("s_number_then")),
        total_at=total_at,
    )
    number = Receipt(
        "number first",
        (facts.fill("{n_three:d}/{n_cards:d}"), facts.fill("{n_card:d}/{n_three:d}")),
        result,
        (facts.number("s_colour_then"), facts.number("s_number")),
        total_at=total_at,
        swapped=True,
    )
    colour.bar.say(facts.fill("{s_colour:.4f} + {s_number_then:.4f}"), facts.shown("s_card", ".4f"))
    number.bar.say(facts.fill("{s_colour_then:.4f} + {s_number:.4f}"), facts.shown("s_card", ".4f"))
    return colour.stand(2.1), number.stand(-0.4)


def drawn_card() -> PlayingCard:
    """The card that is looked at, in the upper right corner."""
    return PlayingCard(*DRAWN, height=1.25).move_to((SAFE_RIGHT, SAFE_TOP, 0.0), aligned_edge=UP + RIGHT)


class Goal(VGroup):
    """A line through the receipts' bars at the length that their averages run to."""

    def __init__(self, bars: Sequence[CutBar], bits: float, label: str) -> None:
        top, foot = (bar.at(bits) + edge for bar, edge in zip(bars, (0.75 * UP, 0.2 * DOWN), strict=True))
        line = DashedLine(top, foot, color=QUIET, stroke_width=2)
        super().__init__(line, Maths(label, size=SMALL).next_to(line, UP, buff=0.12))


class OneBar(VGroup):
    """Both orders on one bar: above it the spans of one cut, below it those of the other."""

    def __init__(self, facts: Facts) -> None:
        self.by_colour = (facts.number("h_colour"), facts.number("h_number_given_colour"))
        self.by_number = (facts.number("h_colour_given_number"), facts.number("h_number"))
        self.bar = CutBar(self.by_colour, unit=WIDE, height=1.0, labels=NAMES, size=BODY).begin_at(
            (WIDE_LEFT, -0.25, 0.0)
        )
        whole, (c, _), (c_given, _) = facts.number("h_both"), self.by_colour, self.by_number
        span, fill = self.bar.span, facts.fill
        self.above = VGroup(
            span(0.0, c, fill("H(C) = {h_colour:.4f}"), size=BODY),
            span(c, whole, fill("H(N | C) = {h_number_given_colour:.4f}"), size=BODY),
        )
        self.below = VGroup(
            span(0.0, c_given, fill("H(C | N) = {h_colour_given_number:.4f}"), side=DOWN, size=BODY),
            span(c_given, whole, fill("H(N) = {h_number:.4f}"), side=DOWN, size=BODY),
        )
        self.whole = span(0.0, whole, fill("H(C, N) = {h_both:.4f}"), size=BODY)
        self.whole.next_to(self.above, UP, buff=0.2).align_to(self.above[0], LEFT)
        # Where the first cut was: the spans above it still speak of it.
        top = self.bar.at(c) + self.bar.bar.frame.height * UP
        self.first_cut = Line(top, self.bar.at(c) + self.bar.bar.frame.height / 2 * UP, color=PAPER, stroke_width=2)
        self.first_cut.set_z_index(1)
        self.formula = Maths(CHAIN_RULE, size=HEADING).set_x(0).set_y(-2.3)
        super().__init__(self.bar, self.above, self.below, self.whole, self.first_cut, self.formula)


class Strangers(VGroup):
    """One sees the colour of a card, the other its number; the bar that both could share lies below them."""

    def __init__(self, facts: Facts) -> None:
        self.by_colour = facts.number("h_colour"), facts.number("h_number_given_colour")
        colour, known = self.by_colour
        shared = facts.number("h_number") - known
        self.bar = CutBar(self.by_colour, unit=2.7, height=0.8, labels=NAMES, size=BODY)
        self.bar.begin_at((self.bar.total * self.bar.unit / 2 + APART / 2) * LEFT + 1.6 * DOWN)
        middles = [self.bar.at(colour / 2), self.bar.at(colour + known / 2)]
        self.first = self._seat(PROBABILITY, PlayingCard(DRAWN[0], None, height=1.5), float(middles[0][0]))
        self.second = self._seat(SECOND, PlayingCard(None, DRAWN[1], height=1.5), float(middles[1][0]))
        seats, bar = (self.first, self.second), self.bar
        self.sides = [VGroup(seat, bar.bar.part(i), bar.numbers[i]) for i, seat in enumerate(seats)]
        more = Rectangle(width=shared * self.bar.unit, height=0.8, color=SECOND, stroke_width=2)
        more.next_to(self.bar.bar.segments, RIGHT, buff=0).shift(APART * RIGHT)
        self.more = VGroup(DashedVMobject(more, num_dashes=18), Words("?", color=SECOND).move_to(more))
        self.wall = Line(2.3 * UP, 2.3 * DOWN, color=QUIET, stroke_width=6).set_x(self.bar.at(colour)[0])
        self.talk = Line(self.first.get_right() + 0.4 * RIGHT, self.second.get_left() + 0.4 * LEFT, color=QUIET)
        self.talk.add_tip(tip_length=0.2, tip_width=0.2).add_tip(tip_length=0.2, tip_width=0.2, at_start=True)
        super().__init__(self.first, self.second, self.bar, self.more, self.wall, self.talk)

    @staticmethod
    def _seat(color: ManimColor, card: PlayingCard, x: float) -> VGroup:
        person = Onlooker(color)
        return VGroup(person, card.next_to(person, RIGHT, buff=0.3, aligned_edge=DOWN)).move_to((x, 0.7, 0.0))
