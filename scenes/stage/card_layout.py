"""Where the piles of a deck lie: for every cell of a joint of two colours and some numbers, its box.

Pure geometry on a stage of width 1 that has y = 0 in its middle; heights are in *percents* of all cards, so a pile of
7 % is 7 high. A layout is a pair. Boxes of shape (2, numbers, 4) hold x, y, width and signed height of each cell: black
piles grow upwards from y, red ones downwards, so that between two layouts no pile turns over. With them, for each
colour, the height of the line on which its numbers are written (nan for none: both colours share one line).

Whatever the layout, areas are true: equal weights have equal areas.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from scenes.stage.playing_card import BLACK, RED

Weights = NDArray[np.float64]
Boxes = NDArray[np.float64]
Layout = tuple[Boxes, tuple[float, float]]

PERCENT = 100.0
PILE_SHARE = 0.9  # of a column's width that its pile fills
BAND = 2.0  # room for a line of numbers
HALF = 8.0  # height of a full layout above and below the middle
HOME_LINE = 1.0  # numbers at home: red piles are the higher ones
NOWHERE = float("nan")
UPWARDS = np.array([[1.0], [-1.0]])  # which way the piles of a colour grow


def piles(weights: Weights) -> Layout:
    """Home: black piles stand on the numbers, red ones hang below them."""
    return _around_a_line(weights, HOME_LINE)


def given_colour(weights: Weights, colour: int) -> Layout:
    """Only one colour is left and its shares sum to 1 again: its piles grow, the others are gone.

    The numbers stay in the middle of the line that moves to make room.
    """
    left = np.zeros_like(weights)
    left[colour] = weights[colour] / weights[colour].sum()
    return _around_a_line(left, -HALF if colour == BLACK else HALF + BAND / 2)


def stacked(weights: Weights) -> Layout:
    """The margin of the number: black on red, all on one line."""
    boxes = _columns(weights)
    heights = PERCENT * weights
    boxes[..., 1] = -HALF + heights[RED]
    boxes[..., 3] = UPWARDS * heights
    return boxes, (-HALF - BAND / 2, NOWHERE)


def cut_by_colour(weights: Weights) -> Layout:
    """One rectangle, first cut into the colours, one above the other, then each colour into its numbers.

    A cell is as wide as its number is likely, given the colour.
    """
    colours = weights.sum(axis=1, keepdims=True)
    widths = np.divide(weights, colours, out=np.zeros_like(weights), where=colours > 0)
    boxes = np.zeros((*weights.shape, 4))
    boxes[..., 0] = np.cumsum(widths, axis=1) - widths
    boxes[..., 1] = -HALF + 2 * HALF * colours[RED]
    boxes[..., 2] = widths
    boxes[..., 3] = UPWARDS * 2 * HALF * colours
    return boxes, (HALF + BAND / 2, -HALF - BAND / 2)


def cut_by_number(weights: Weights) -> Layout:
    """One rectangle, first cut into the numbers, side by side, then each number into its colours.

    A cell is as high as its colour is likely, given the number.
    """
    numbers = weights.sum(axis=0)
    heights = 2 * HALF * np.divide(weights, numbers, out=np.zeros_like(weights), where=numbers > 0)
    boxes = np.zeros((*weights.shape, 4))
    boxes[..., 0] = np.cumsum(numbers) - numbers
    boxes[..., 1] = -HALF + heights[RED]
    boxes[..., 2] = numbers
    boxes[..., 3] = UPWARDS * heights
    return boxes, (-HALF - BAND / 2, NOWHERE)


def _around_a_line(weights: Weights, line: float) -> Layout:
    boxes = _columns(weights)
    boxes[BLACK, :, 1] = line + BAND / 2
    boxes[RED, :, 1] = line - BAND / 2
    boxes[..., 3] = UPWARDS * PERCENT * weights
    return boxes, (line, NOWHERE)


def _columns(weights: Weights) -> Boxes:
    """Equally wide columns with a little room between them; what is vertical is left to the caller."""
    count = weights.shape[1]
    boxes = np.zeros((*weights.shape, 4))
    boxes[..., 0] = (np.arange(count) + (1 - PILE_SHARE) / 2) / count
    boxes[..., 2] = PILE_SHARE / count
    return boxes
