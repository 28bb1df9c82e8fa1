"""The code tree: a bit is a turn, a codeword is a leaf. Nodes stand where the wall's cells stand."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np
from manim import DOWN, RIGHT, Dot, Line, VGroup
from manim.typing import Point3D

from scenes.stage.theme import CODE, PAPER, QUIET, SMALL
from scenes.stage.typeset import Words

NODE_RADIUS = 0.1
EDGE_WIDTH = 3.0

Place = Callable[[str], Point3D]


def dyadic_places(width: float, level: float, top: Point3D) -> Place:
    """Where the node of a bit string stands: at the middle of its dyadic interval, one *level* lower for each bit."""

    def place(word: str) -> Point3D:
        middle = (int(word or "0", 2) + 0.5) / 2 ** len(word) - 0.5
        return np.asarray(top + np.array([middle * width, -level * len(word), 0.0]))

    return place


class CodeTree(VGroup):
    """The tree of a code: every beginning of a codeword is a node; a codeword that begins no other is a leaf.

    Parameters
    ----------
    code
        Binary codewords, in any order.
    place
        Where the node of a string stands; :func:`dyadic_places` for the usual tree.
    """

    def __init__(self, code: Iterable[str], place: Place, *, size: float = SMALL) -> None:
        self.code = tuple(code)
        self._place = place
        ends = self.code
        prefixes = sorted({word[:i] for word in ends for i in range(len(word) + 1)}, key=lambda w: (len(w), w))
        self.nodes = {word: self._node(word) for word in prefixes}
        self.edges = {
            word: Line(place(word[:-1]), place(word), stroke_width=EDGE_WIDTH, color=QUIET) for word in prefixes if word
        }
        self.turns = {word: self._turn(word, size) for word in prefixes if word}
        self.labels = {word: self._label(word, size) for word in self.code}
        super().__init__(
            VGroup(*self.edges.values()),
            VGroup(*self.turns.values()),
            VGroup(*self.nodes.values()),
            VGroup(*self.labels.values()),
        )

    def _node(self, word: str) -> Dot:
        return Dot(self._place(word), radius=NODE_RADIUS, color=CODE if word in self.code else PAPER)

    def _turn(self, word: str, size: float) -> Words:
        # The bit stands beside the middle of its edge, on the outer side, clear of the line.
        start, end = self._place(word[:-1]), self._place(word)
        along = (end - start) / np.linalg.norm(end - start)
        outward = np.array([-along[1], along[0], 0.0]) * (1 if word[-1] == "1" else -1)
        return Words(word[-1], size=size, color=QUIET).move_to((start + end) / 2 + 0.26 * outward)

    def _label(self, word: str, size: float) -> Words:
        # The word of a leaf hangs below it; a codeword that others begin with has its branches there.
        branches = any(other.startswith(word) and other != word for other in self.nodes)
        label = Words(word, size=size, color=CODE, weight="medium")
        return label.next_to(self._place(word), RIGHT if branches else DOWN, buff=0.22)

    def path(self, word: str) -> list[Point3D]:
        """The points of the walk from the root to *word*."""
        return [self._place(word[:i]) for i in range(len(word) + 1)]
