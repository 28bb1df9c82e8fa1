"""How the tree of a code grows, and how a walk leads to a codeword."""

from __future__ import annotations

import numpy as np
from manim import Create, Dot, FadeIn

from scenes.stage.code_tree import CodeTree, dyadic_places
from scenes.stage.examples.stage_example import StageExample
from scenes.stage.theme import PROBABILITY


class CodeTreeExample(StageExample):
    """A prefix code of four words; a dot walks to the leaf 110."""

    def construct(self) -> None:
        """Grow the tree, then walk."""
        tree = CodeTree(("0", "10", "110", "111"), dyadic_places(11.0, 1.2, np.array([0.0, 2.2, 0.0])))
        self.play(*(Create(edge) for edge in tree.edges.values()))
        self.play(FadeIn(tree))
        root, *way = tree.path("110")
        walker = Dot(root, radius=0.17, color=PROBABILITY)
        self.play(FadeIn(walker))
        for place in way:
            self.play(walker.animate.move_to(place))
        self.wait()
