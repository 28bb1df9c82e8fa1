"""A deck of a hundred cards, sorted into piles: the joint distribution of a colour and a number, as an old friend."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from manim import LEFT, RIGHT, UP, Animation, ManimColor, Rectangle, UpdateFromAlphaFunc, VGroup, VMobject
from manim.typing import Point3D, Point3D_Array
from numpy.typing import ArrayLike, NDArray

from infotheory import ProbabilityError, check_pmf
from scenes.stage import card_layout
from scenes.stage.card_layout import Layout, Weights
from scenes.stage.playing_card import BLACK, EDGES, FACES, RED, ColourLabel
from scenes.stage.probability_bar import dimmed
from scenes.stage.theme import GROUND, PAPER, SAFE_LEFT, SAFE_RIGHT, SMALL, THIN
from scenes.stage.typeset import Words

Cell = tuple[int, int]  # colour, and number from 1

CARD_WIDTH = 0.66  # distance from pile to pile
CARD_HEIGHT = 0.25  # of one percent of the deck
LABEL_WIDTH = 1.15  # left of the piles, where the colours are named

#: Where the deck is at home, in every film: the middle of its left edge, beside the names of the colours.
DECK_HOME: Point3D = np.array([SAFE_LEFT + LABEL_WIDTH, 0.0, 0.0])
#: Left and right edge of the room that is left beside a deck of ten numbers, for what is said of it.
BESIDE_DECK = (float(DECK_HOME[0]) + 10 * CARD_WIDTH + 0.5, SAFE_RIGHT)

CARD_LINES = (EDGES[BLACK], GROUND)  # what parts the cards of a pile
LABEL_GAP = 0.18
NUMBER_ROOM = 0.06  # beside the widest number, for a cell to have its own
EMPTY = 1e-9


class CardDeck(VGroup):
    """Twenty piles of cards, a cell each of the joint of colour and number; every card is as large as every other.

    Whatever the arrangement, areas are true: a card is 1/cards of the deck. Verbs change the deck in place and return
    it, so they go with ``.animate``:

    - arrangements: :meth:`pile_up` (home), :meth:`stack` (margin of the number), :meth:`cut_by_colour` and
      :meth:`cut_by_number` (one rectangle cut two ways), :meth:`given_colour` (one colour alone, renormalised);
    - light: :meth:`highlight` cells, :meth:`row` and :meth:`column` name them; :meth:`tint` colours them by a quantity;
    - weights: :meth:`set_weights` shows another joint of the same cells; :meth:`reweigh` is the animation to it.

    New mobjects, to be moved elsewhere: :meth:`lift` (copies of cells), :meth:`card` (one card of a pile),
    :meth:`shadow` (outlines that another joint would fill).

    Parameters
    ----------
    joint
        The chance of each card, shape (2, numbers): the first row is black, the second red.
    cards
        How many cards the whole deck has. A pile's last card may be a part of one.

    Raises
    ------
    ProbabilityError
        When *joint* is no distribution over two colours.
    """

    def __init__(self, joint: ArrayLike, *, cards: int = 100) -> None:
        super().__init__()
        self._weights = _checked(joint)
        self.cards, self.count = cards, self._weights.shape[1]
        self.base = Rectangle(width=CARD_WIDTH * self.count, height=CARD_HEIGHT, stroke_width=0)
        self.base.move_to(DECK_HOME, aligned_edge=LEFT)
        self.cells = [[VMobject(fill_opacity=1) for _ in range(self.count)] for _ in (BLACK, RED)]
        self.numbers = tuple(VGroup(*(_number(n + 1) for n in range(self.count))) for _ in (BLACK, RED))
        self.colours = VGroup(ColourLabel(BLACK, size=SMALL), ColourLabel(RED, size=SMALL))
        self._fills = [[FACES[colour]] * self.count for colour in (BLACK, RED)]
        self._lit = frozenset(self.all_cells)
        self.add(self.base, *self.cells[RED], *self.cells[BLACK], *self.numbers, self.colours)
        self.pile_up()

    # ---- what it is --------------------------------------------------------------------------------

    @property
    def all_cells(self) -> tuple[Cell, ...]:
        """Every cell: black ones first, numbers from 1."""
        return tuple((colour, n) for colour in (BLACK, RED) for n in range(1, self.count + 1))

    @property
    def weights(self) -> Weights:
        """The joint that is shown; a copy."""
        return self._weights.copy()

    def row(self, colour: int) -> tuple[Cell, ...]:
        """The cells of a colour."""
        return tuple(cell for cell in self.all_cells if cell[0] == colour)

    def column(self, *numbers: int) -> tuple[Cell, ...]:
        """The cells of some numbers, black ones first."""
        return tuple(cell for cell in self.all_cells if cell[1] in numbers)

    def pile(self, colour: int, number: int) -> VMobject:
        """The pile of a cell. Raises IndexError for a number that the deck does not have."""
        return self.cells[colour][number - 1]

    def tip(self, colour: int, number: int) -> Point3D:
        """The middle of a pile's far end: where a label of it stands."""
        x, y, width, height = self._boxes[colour, number - 1]
        return self._at(x + width / 2, y + height)

    # ---- arrangements --------------------------------------------------------------------------------

    def pile_up(self) -> CardDeck:
        """Home: black piles stand on their numbers, red ones hang below. Returns itself."""
        return self._arrange(card_layout.piles)

    def stack(self) -> CardDeck:
        """Red below black on one line: a column is as high as its number is likely. Returns itself."""
        return self._arrange(card_layout.stacked)

    def cut_by_colour(self) -> CardDeck:
        """One rectangle, cut by colour first: a cell is as wide as p(number | colour). Returns itself."""
        return self._arrange(card_layout.cut_by_colour)

    def cut_by_number(self) -> CardDeck:
        """One rectangle, cut by number first: a cell is as high as p(colour | number). Returns itself."""
        return self._arrange(card_layout.cut_by_number)

    def given_colour(self, colour: int) -> CardDeck:
        """One colour is left and its shares sum to 1: a pile is as high as p(number | colour). Returns itself."""
        return self._arrange(lambda weights: card_layout.given_colour(weights, colour))

    def set_weights(self, joint: ArrayLike) -> CardDeck:
        """Show another joint of the same cells in the same arrangement. Returns itself."""
        weights = _checked(joint)
        if weights.shape != self._weights.shape:
            raise ProbabilityError(f"the deck has {self._weights.shape[1]} numbers, the joint {weights.shape[1]}")
        self._weights = weights
        return self._arrange(self._layout)

    def reweigh(self, joint: ArrayLike, **kwargs: Any) -> Animation:
        """Cards come or go, pile by pile, until the deck shows *joint*."""
        start, end = self.weights, _checked(joint)

        def mix(_: object, alpha: float) -> None:
            self.set_weights((1 - alpha) * start + alpha * end)

        return UpdateFromAlphaFunc(self, mix, **kwargs)

    # ---- light ---------------------------------------------------------------------------------------

    def highlight(self, *cells: Cell) -> CardDeck:
        """Dim every pile but these; with none named, dim none. Returns itself."""
        self._lit = frozenset(cells or self.all_cells)
        return self._shade()

    def tint(self, colors: Sequence[Sequence[ManimColor]] | None = None) -> CardDeck:
        """Give each cell the colour ``colors[colour][number - 1]``; without any, the cards' own. Returns itself."""
        own = [[FACES[colour]] * self.count for colour in (BLACK, RED)]
        self._fills = own if colors is None else [list(row) for row in colors]
        return self._shade()

    # ---- what is taken out of it ---------------------------------------------------------------------

    def lift(self, *cells: Cell) -> VGroup:
        """Copies of piles, where they lie."""
        return VGroup(*(self.pile(*cell).copy() for cell in cells))

    def card(self, colour: int, number: int, place: int = -1) -> Rectangle:
        """A copy of one card of a pile, counted from its foot; the outermost when no *place* is named.

        Raises IndexError when the pile is not so high.
        """
        card = _rectangle(*self._slabs(colour, number)[place])
        card.set_fill(self._fills[colour][number - 1], 1).set_stroke(CARD_LINES[colour], THIN)
        return card

    def shadow(self, joint: ArrayLike) -> VGroup:
        """Outlines, in the present arrangement, of the piles of another joint; in the order of :attr:`all_cells`."""
        boxes, _ = self._layout(_checked(joint))
        return VGroup(
            *(
                _rectangle(*self._corners(boxes[colour, n - 1])).set_stroke(PAPER, 2 * THIN)
                for colour, n in self.all_cells
            )
        )

    # ---- drawing -------------------------------------------------------------------------------------

    def _at(self, x: float, y: float) -> Point3D:
        """A point of the layout in the frame: x as a share of the width, y in percents."""
        middle: Point3D = self.base.get_left()
        return middle + x * self.base.width * RIGHT + y * self.base.height * UP

    def _corners(self, box: NDArray[np.float64]) -> tuple[Point3D, Point3D]:
        x, y, width, height = box
        return self._at(x, y), self._at(x + width, y + height)

    def _arrange(self, layout: Callable[[Weights], Layout]) -> CardDeck:
        self._layout = layout
        self._boxes, levels = layout(self._weights)
        for colour, n in self.all_cells:
            self.pile(colour, n).set_points(_outlines(self._slabs(colour, n)))
        for colour, level in enumerate(levels):
            self._place_numbers(colour, level)
            self._place_name(colour)
        return self._shade()

    def _slabs(self, colour: int, number: int) -> list[tuple[Point3D, Point3D]]:
        """Two opposite corners of each card of a pile, from its foot; the last may be a part of a card."""
        count = self._weights[colour, number - 1] * self.cards
        x, y, width, height = self._boxes[colour, number - 1]
        edges = np.append(np.arange(0, count - EMPTY), count) * (height / max(count, EMPTY))
        return [self._corners(np.array([x, y + low, width, high - low])) for low, high in pairwise(edges)]

    def _place_numbers(self, colour: int, level: float) -> None:
        """Numbers in the middle of their columns on one line; hidden without a line, or where a cell is too narrow."""
        numbers, middles = self.numbers[colour], self._boxes[colour, :, 0] + self._boxes[colour, :, 2] / 2
        room = max(number.width for number in numbers) + NUMBER_ROOM
        for number, middle, width in zip(numbers, middles, self._boxes[colour, :, 2], strict=True):
            shown = not np.isnan(level) and width * self.base.width >= room
            number.move_to(self._at(middle, 0 if np.isnan(level) else level)).set_opacity(float(shown))

    def _place_name(self, colour: int) -> None:
        """A colour's name beside its row, or its first pile if the rows overlap; hidden when there is no card of it."""
        edges = np.stack([self._boxes[..., 1], self._boxes[..., 1] + self._boxes[..., 3]])
        apart = edges[:, BLACK].min() > edges[:, RED].max() - EMPTY
        mine = edges[:, colour] if apart else edges[:, colour, 0]
        middle = float(mine.min() + mine.max()) / 2
        name = self.colours[colour].move_to(self._at(0, middle) + LABEL_GAP * LEFT, aligned_edge=RIGHT)
        name.set_opacity(float(self._has(colour)))

    def _has(self, colour: int) -> bool:
        return bool(np.abs(self._boxes[colour, :, 3]).max() > EMPTY)

    def _shade(self) -> CardDeck:
        for cell in self.all_cells:
            pile, fill, line = self.pile(*cell), self._fills[cell[0]][cell[1] - 1], CARD_LINES[cell[0]]
            lit = cell in self._lit
            pile.set_fill(fill if lit else dimmed(fill), 1)
            # A pile without cards is a line; it must not be seen.
            pile.set_stroke(line if lit else dimmed(line), THIN, float(self._has(cell[0])))
        return self


def _number(n: int) -> Words:
    return Words(str(n), size=SMALL)


def _checked(joint: ArrayLike) -> Weights:
    weights = check_pmf(joint, name="joint")
    if weights.ndim != 2 or len(weights) != 2:
        raise ProbabilityError(f"a deck has two colours: a joint of shape (2, numbers), not {weights.shape}")
    return weights


def _rectangle(low: Point3D, high: Point3D) -> Rectangle:
    width, height, _ = np.abs(high - low)
    return Rectangle(width=width, height=height).move_to((low + high) / 2)


def _outlines(corners: Iterable[tuple[Point3D, Point3D]]) -> Point3D_Array:
    """Bezier points of rectangles between opposite corners, one subpath each."""
    points = []
    for low, high in corners:
        ring = np.array([low, [high[0], low[1], 0], high, [low[0], high[1], 0]])
        ends = np.roll(ring, -1, axis=0)
        points.append(np.stack([ring, (2 * ring + ends) / 3, (ring + 2 * ends) / 3, ends], axis=1).reshape(-1, 3))
    return np.concatenate(points) if points else np.zeros((0, 3))
