"""Scenes that are wrong on purpose, one for each fault, and right ones that come close to a fault."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Circle,
    Dot,
    FadeIn,
    FadeOut,
    LaggedStart,
    Line,
    Mobject,
    Rectangle,
    Square,
    Succession,
    VGroup,
)

from narration.fact import Facts
from narration.script import Script, read_script
from scenes.programme import Concept
from scenes.stage.beat import Beat
from scenes.stage.code_tree import CodeTree, dyadic_places
from scenes.stage.concept_scene import ConceptScene
from scenes.stage.die_face import DieFace
from scenes.stage.exceptions import allow
from scenes.stage.function_curve import FunctionCurve
from scenes.stage.live_number import LiveNumber
from scenes.stage.theme import (
    GROUND,
    PANEL,
    PAPER,
    PROBABILITY,
    QUIET,
    SAFE_BOTTOM,
    SAFE_LEFT,
    SAFE_RIGHT,
    SMALL,
)
from scenes.stage.typeset import Maths, Words, heading, stack


class OnePicture(ConceptScene[dict[str, Mobject]]):
    """A film of one beat, with one cue, and mobjects that it keeps by name."""

    @staticmethod
    def compute_facts() -> Facts:
        """None."""
        return Facts()

    @classmethod
    def concept(cls) -> Concept:
        """No film of the programme."""
        return Concept("one_picture", "tests")

    @classmethod
    def read_script(cls) -> Script:
        """The script beside this module."""
        return read_script(Path(__file__).with_name("one_picture.md"), Facts())

    def set_stage(self) -> dict[str, Mobject]:
        """Nothing that lives longer than the beat."""
        return {}


def tile(width: float = 2.0) -> Rectangle:
    """A bright tile."""
    return Rectangle(width=width, height=0.8, stroke_width=0).set_fill(PROBABILITY, 1)


def panel(width: float = 3.0) -> Rectangle:
    """A dark tile."""
    return tile(width).set_fill(PANEL, 1)


# ---- wrong: a still picture ----------------------------------------------------------------------


class OutOfFrame(OnePicture):
    """A word leaves the frame on the right."""

    def picture(self, beat: Beat) -> None:
        """A word leaves the frame on the right."""
        self.add(Words("leaving").move_to(7.0 * RIGHT), Words("staying"))
        beat.wait_until("look")


class BeyondMargin(OnePicture):
    """A square has one side beyond the safe margin."""

    def picture(self, beat: Beat) -> None:
        """A square has one side beyond the safe margin."""
        self.add(Square(1).move_to((SAFE_RIGHT - 0.4) * RIGHT), Words("inside"))
        beat.wait_until("look")


class InCaptionBand(OnePicture):
    """A tile reaches into the place of the captions."""

    def picture(self, beat: Beat) -> None:
        """A tile reaches into the place of the captions."""
        self.add(tile().move_to((SAFE_BOTTOM + 0.3) * UP), Words("inside"))
        beat.wait_until("look")


class TextOverText(OnePicture):
    """Two words stand a little too close."""

    def picture(self, beat: Beat) -> None:
        """Two words stand a little too close."""
        below = Words("below")
        above = Words("above").next_to(below, UP, buff=-0.1)
        self.props["above"] = above
        self.add(above, below)
        beat.wait_until("look")


class TextOverFormula(OnePicture):
    """A word stands in the middle of a formula, where its letters have gaps."""

    def picture(self, beat: Beat) -> None:
        """A word stands in the middle of a formula, where its letters have gaps."""
        self.add(Maths("p quad quad = quad quad q"), Words("is"))
        beat.wait_until("look")


class CurveThroughText(OnePicture):
    """A curve runs through its own name."""

    def picture(self, beat: Beat) -> None:
        """A curve runs through its own name."""
        curve = FunctionCurve(lambda x: x * x, height=3)
        self.add(curve.curve, Words("curve").move_to(curve.point(0.7)))
        beat.wait_until("look")


class LineBetweenWords(OnePicture):
    """A thin line runs between two words of a text, through no letter."""

    def picture(self, beat: Beat) -> None:
        """A thin line runs between two words of a text, through no letter."""
        words = Words("left right")
        gap = (words.submobjects[3].get_right() + words.submobjects[4].get_left()) / 2
        line = Line(UP, DOWN, stroke_width=2).move_to(gap)
        self.props["line"] = line
        self.add(line, words)
        beat.wait_until("look")


class TextOverTwoTiles(OnePicture):
    """A text stands half on a tile and half beside it."""

    def picture(self, beat: Beat) -> None:
        """A text stands half on a tile and half beside it."""
        words = Words("half and half")
        self.add(panel(1.2).next_to(words.get_center(), LEFT, buff=0), words)
        beat.wait_until("look")


class SmallWords(OnePicture):
    """Words are set at two thirds of the smallest size."""

    def picture(self, beat: Beat) -> None:
        """Words are set at two thirds of the smallest size."""
        self.add(Words("fine print", size=16), Words("large print").shift(DOWN))
        beat.wait_until("look")


class ShrunkNumber(OnePicture):
    """A live number was scaled down with the group that it stands in."""

    def picture(self, beat: Beat) -> None:
        """A live number was scaled down with the group that it stands in."""
        self.add(VGroup(tile(), LiveNumber(0.25, size=SMALL, color=GROUND)).scale(0.7))
        beat.wait_until("look")


class TinyScript(OnePicture):
    """A script of a script in a formula of the smallest size."""

    def picture(self, beat: Beat) -> None:
        """A script of a script in a formula of the smallest size."""
        self.add(Maths("2^2^n", size=SMALL))
        beat.wait_until("look")


class GreyOnBlue(OnePicture):
    """Quiet words stand on a bright tile."""

    def picture(self, beat: Beat) -> None:
        """Quiet words stand on a bright tile."""
        self.add(tile(), Words("quiet", color=QUIET))
        beat.wait_until("look")


class Translucent(OnePicture):
    """Words that never came up fully."""

    def picture(self, beat: Beat) -> None:
        """Words that never came up fully."""
        self.add(Words("nearly there").set_opacity(0.3))
        beat.wait_until("look")


class Covered(OnePicture):
    """A panel lies over a word."""

    def picture(self, beat: Beat) -> None:
        """A panel lies over a word."""
        self.add(Words("below"), panel())
        beat.wait_until("look")


class Veiled(OnePicture):
    """A translucent panel lies over a word."""

    def picture(self, beat: Beat) -> None:
        """A translucent panel lies over a word."""
        self.add(Words("below"), panel().set_fill(GROUND, 0.8))
        beat.wait_until("look")


class NeverRemoved(OnePicture):
    """A square was faded, and left on the stage."""

    def picture(self, beat: Beat) -> None:
        """A square was faded, and left on the stage."""
        self.add(Words("seen"))
        square = Square(1).move_to(2 * UP)
        self.props["square"] = square
        self.play(FadeIn(square))
        beat.wait_until("look")
        self.play(square.animate.set_opacity(0))


class ManyOutside(OnePicture):
    """Eight dots of one row stand beyond the margin."""

    def picture(self, beat: Beat) -> None:
        """Eight dots of one row stand beyond the margin."""
        self.add(VGroup(*(Dot((SAFE_LEFT - 0.1 - i / 20, i / 4, 0.0)) for i in range(8))))
        beat.wait_until("look")


# ---- wrong: only in the middle of an animation ---------------------------------------------------


class PassingText(OnePicture):
    """Two words change places through each other."""

    def picture(self, beat: Beat) -> None:
        """Two words change places through each other."""
        left, right = Words("left").shift(LEFT), Words("right").shift(RIGHT)
        self.add(left, right)
        beat.wait_until("look")
        self.play(left.animate.shift(2 * RIGHT), right.animate.shift(2 * LEFT))


class PassingDot(OnePicture):
    """A dot runs over a word."""

    def picture(self, beat: Beat) -> None:
        """A dot runs over a word."""
        dot = Dot(LEFT, color=PROBABILITY)
        self.add(Words("over"), dot)
        beat.wait_until("look")
        self.play(dot.animate.move_to(RIGHT))


# ---- exceptions ----------------------------------------------------------------------------------


class OnPurpose(OnePicture):
    """A word stands on a line on purpose."""

    @allow("text over marks", "struck out, to show that it is wrong", what="struck")
    def picture(self, beat: Beat) -> None:
        """A word stands on a line on purpose."""
        self.add(Line(LEFT, RIGHT), Words("struck"))
        beat.wait_until("look")


class OtherWord(OnePicture):
    """The exception is for another word."""

    @allow("text over marks", "struck out, to show that it is wrong", what="stroke")
    def picture(self, beat: Beat) -> None:
        """The exception is for another word."""
        self.add(Line(LEFT, RIGHT), Words("struck"))
        beat.wait_until("look")


# ---- right ---------------------------------------------------------------------------------------


class OnItsTile(OnePicture):
    """Texts stand on filled tiles, close to the edges, and on the ground."""

    def picture(self, beat: Beat) -> None:
        """Texts stand on filled tiles, close to the edges, and on the ground."""
        label = Words("on a tile", color=GROUND)
        dark = panel().move_to(2 * UP)
        self.add(tile(label.width + 0.1), label, dark, Words("quiet", color=QUIET).move_to(dark))
        beat.wait_until("look")


class Corners(OnePicture):
    """A heading in its corner, and marks that touch every margin."""

    def picture(self, beat: Beat) -> None:
        """A heading in its corner, and marks that touch every margin."""
        frame = Rectangle(width=SAFE_RIGHT - SAFE_LEFT, height=2.0).move_to((SAFE_BOTTOM + 1) * UP)
        self.add(heading("A question of place"), frame)
        beat.wait_until("look")


class LShape(OnePicture):
    """A short word stands in the corner that a formula leaves free."""

    def picture(self, beat: Beat) -> None:
        """A short word stands in the corner that a formula leaves free."""
        formula = Maths("2 + 2 + 2 + 2 + 2^(2^(2^2))", size=60)
        corner = np.array([formula.get_left()[0], formula.get_top()[1], 0.0])
        self.add(formula, Words("note", size=SMALL).move_to(corner, aligned_edge=UP + LEFT))
        beat.wait_until("look")


class Lines(OnePicture):
    """Lines with ascenders and descenders at the usual leading."""

    def picture(self, beat: Beat) -> None:
        """Lines with ascenders and descenders at the usual leading."""
        first, second = Words("grapply gypsy"), Words("bold till")
        stack(first, second, leading=0.5)
        self.add(first, second)
        beat.wait_until("look")


class SmallFormula(OnePicture):
    """A formula of the smallest size, with a fraction and scripts."""

    def picture(self, beat: Beat) -> None:
        """A formula of the smallest size, with a fraction and scripts."""
        self.add(Maths("sum_x 2^(-ell(x)) <= 1 / 4", size=SMALL))
        beat.wait_until("look")


class StagePieces(OnePicture):
    """A tree with its labels, a die, a blank die, and the axes of a curve."""

    def picture(self, beat: Beat) -> None:
        """A tree with its labels, a die, a blank die, and the axes of a curve."""
        tree = CodeTree(("0", "10", "11"), dyadic_places(5.0, 1.0, 2.5 * UP))
        dice = VGroup(DieFace(3), DieFace(0)).arrange(RIGHT).move_to(4.5 * RIGHT)
        curve = FunctionCurve(lambda x: x, width=3, height=2, x_ticks={0: "0", 1: "1"}).move_to(4.5 * LEFT)
        self.add(tree, dice, curve)
        beat.wait_until("look")


class CircledDigit(OnePicture):
    """A digit in a circle that is only a little larger."""

    def picture(self, beat: Beat) -> None:
        """A digit in a circle that is only a little larger."""
        digit = Words("7")
        self.add(Circle(radius=0.35, color=PAPER).move_to(digit), digit)
        beat.wait_until("look")


class CrossFade(OnePicture):
    """One word fades into another at the same place."""

    def picture(self, beat: Beat) -> None:
        """One word fades into another at the same place."""
        first = Words("first")
        self.add(first)
        beat.wait_until("look")
        self.play(FadeOut(first, shift=0.1 * UP), FadeIn(Words("second"), shift=0.1 * UP))


class Moving(OnePicture):
    """Nested and staggered animations that keep clear of each other."""

    def picture(self, beat: Beat) -> None:
        """Nested and staggered animations that keep clear of each other."""
        words = [Words(text).move_to(height * UP) for text, height in (("one", 1), ("two", 0), ("three", -1))]
        self.play(LaggedStart(*(FadeIn(word, shift=0.3 * LEFT) for word in words), lag_ratio=0.4))
        beat.wait_until("look")
        moves = [word.animate.shift(3 * RIGHT).set_color(PROBABILITY).build() for word in words]
        self.play(Succession(*moves), run_time=1.5)
