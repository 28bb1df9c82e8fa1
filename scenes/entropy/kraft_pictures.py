"""The givens of the film `kraft`, and pictures that only this film draws."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, VGroup

from infotheory import Interval
from scenes.stage.code_tree import CodeTree
from scenes.stage.code_wall import CodeWall
from scenes.stage.reading import Reading
from scenes.stage.theme import HEADING, SMALL
from scenes.stage.typeset import Words

WORDS = ("I", "asked", "for", "coffee")
BROKEN = ("0", "1", "01", "11")
CODE_WORDS = ("0", "10", "110", "111")
ROOMY = ("0", "10")
TRAP = ("0", "00")
P_HEADS = Fraction(9, 10)

WIDTH = 12.0  # of the wall, the bar, the tree and the line
ROW = 0.7  # height of a row of the wall
TREE_TOP = 2.45 * UP
LEVEL = 1.0
TRAP_TOP = np.array([-4.2, 0.1, 0.0])
TRAP_WIDTH = 4.4
MESSAGE_PLACE = np.array([-3.4, -0.9, 0.0])
LAW = "sum_x 2^(-ell(x)) <= 1"


def dictionary(code: Sequence[str]) -> VGroup:
    """A card for each word: its codeword on a tile, then the word."""
    cards = []
    for codeword, word in zip(code, WORDS, strict=True):
        tile = Reading([codeword], bit_width=0.42, height=0.6, size=HEADING)
        cards.append(VGroup(tile, Words(word, size=HEADING).next_to(tile, RIGHT, buff=0.25)))
    return VGroup(*cards).arrange(RIGHT, buff=0.9)


def table_of_readings(choices: Sequence[Sequence[int]]) -> list[VGroup]:
    """Every way to read the message, in two columns: a row holds its codewords, and the words that they mean."""
    rows = []
    for choice in choices:
        tiles = Reading([BROKEN[i] for i in choice], bit_width=0.3, height=0.44)
        words = Words(" ".join(WORDS[i] for i in choice), size=SMALL)
        rows.append(VGroup(tiles, words.next_to(tiles, RIGHT, buff=0.25)))
    half = (len(rows) + 1) // 2
    columns = [VGroup(*column).arrange(DOWN, buff=0.16, aligned_edge=LEFT) for column in (rows[:half], rows[half:])]
    VGroup(*columns).arrange(RIGHT, buff=0.5, aligned_edge=UP).move_to(0.5 * UP, aligned_edge=UP)
    return rows


def small_wall(code: tuple[str, ...]) -> CodeWall:
    """A wall of three rows with *code* chosen."""
    return CodeWall(3, width=5.6, row_height=0.62).show_chosen(code)


def tree_names(tree: CodeTree) -> VGroup:
    """The word that each leaf of *tree* stands for, below its codeword."""
    labels = tree.labels.values()
    return VGroup(
        *(Words(word, size=SMALL).next_to(label, DOWN, buff=0.15) for word, label in zip(WORDS, labels, strict=True))
    )


def counted(bits: str) -> str:
    """How many bits, in words that fit one and many."""
    return f"{bits} bit" if bits == "1" else f"{bits} bits"


def ends(piece: Interval) -> tuple[float, float]:
    """Start and end of an exact interval, as the stage draws them."""
    return float(piece.start), float(piece.end)
