"""The derivation of the film `binomial`: from a count of sequences to the formula of entropy, a line at a time.

Every line is one formula whose terms are named, so that a term can move, change or be struck out by itself. The three
factorials own three columns: what becomes of one stays in its column.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from manim import (
    DL,
    DOWN,
    LEFT,
    RIGHT,
    UR,
    Animation,
    AnimationGroup,
    Create,
    FadeIn,
    FadeOut,
    Line,
    ReplacementTransform,
    TransformFromCopy,
    VGroup,
    VMobject,
)

from scenes.stage.theme import BODY, CODE, PAPER, PROBABILITY, QUICK, QUIET, STEP, TITLE
from scenes.stage.typeset import Maths, Words

MARGIN = -5.9  # left edge of every line
TOP, WORK, BELOW = 1.85, -0.25, -1.5  # heights of the count, of the line that is worked on, and of its second half
RULE_LEFT = 1.2  # left edge of the rule that is used
LARGE = 1.25 * TITLE  # the result
STRIKE = 3.5
OUT = 0.2  # seconds for a term to make room

COUNT = "{{ binom(n, k) : lhs }} {{ = : is }} {{ n! : n }} / ({{ k! : k }} {{ (n-k)! : rest }})"
LOGARITHM = (
    "{{ ln binom(n, k) : lhs }} {{ = : is }} {{ ln n! : first }} {{ - ln k! : second }} {{ - ln (n-k)! : third }}"
)
STIRLING = (
    "{{ ln binom(n, k) : lhs }} {{ approx : is }} {{ n ln n : first }} {{ - n : minus_n }}"
    "{{ - k ln k : second }} {{ + k : plus_k }} {{ - (n-k) ln (n-k) : third }} {{ + n : plus_n }} {{ - k : minus_k }}"
)
LEFT_OVER = (
    "{{ ln binom(n, k) : lhs }} {{ approx : is }} {{ n ln n : first }} {{ - k ln k : second }}"
    "{{ - (n-k) ln (n-k) : third }}"
)
SHARES = (
    "{{ ln binom(n, k) : lhs }} {{ approx : is }} {{ n ln n : first }} {{ - p n ln (p n) : second }}"
    "{{ - (1-p) n ln ((1-p) n) : third }}"
)
LOGS_OF_N = (
    "{{ ln binom(n, k) : lhs }} {{ approx : is }} {{ n ln n : first }} {{ - p n ln n : second }}"
    "{{ - (1-p) n ln n : third }}"
)
OPENED = (
    "{{ ln binom(n, k) : lhs }} {{ approx : is }} {{ n ln n : first }} {{ - p n ln n : second }}"
    "{{ - n ln n : minus }} {{ + p n ln n : plus }}"
)
LOGS_OF_P = "{{ - p n ln p : second }} {{ - (1-p) n ln (1-p) : third }}"
REMAINS = "{{ ln binom(n, k) : lhs }} {{ approx : is }} {{ - p n ln p : second }} {{ - (1-p) n ln (1-p) : third }}"
RESULT = (
    "{{ 1/n log_2 binom(n, p n) : lhs }} {{ arrow.r.long : is }} {{ - p log_2 p : second }}"
    "{{ - (1-p) log_2 (1-p) : third }}"
)


RULES = (
    ("Stirling, for large m", "ln m! approx m ln m - m"),
    ("The share of heads is p", "k = p n"),
    ("Per flip, and in bits", "div n ln 2"),
)


class NamedTerms:
    """A formula whose terms are known by the names they have in its source."""

    def __init__(self, source: str, size: float = TITLE) -> None:
        self.maths = Maths(source, size=size)
        self.terms = {name: self.maths.select(name) for name in re.findall(r": (\w+) \}\}", source)}

    def __getitem__(self, name: str) -> VGroup:
        return self.terms[name]

    def but(self, name: str) -> VGroup:
        """Everything that does not belong to the term *name*."""
        part = {id(glyph) for glyph in self.terms[name].get_family()}
        glyphs = self.maths.family_members_with_points()
        return VGroup(*(glyph for glyph in glyphs if isinstance(glyph, VMobject) and id(glyph) not in part))

    def over(self, fixed: NamedTerms) -> NamedTerms:
        """Lie over another line: same left-hand side, same baseline. Returns itself."""
        self.maths.shift(fixed["lhs"].get_corner(DL) - self["lhs"].get_corner(DL))
        return self

    def in_columns(self, other: NamedTerms, third: Sequence[str] = ("third",)) -> NamedTerms:
        """Start the second and the third factorial's terms where those of another line start. Returns itself."""
        for names, column in ((("second",), "second"), (tuple(third), "third")):
            shift = other[column].get_left()[0] - self[names[0]].get_left()[0]
            for name in names:
                self[name].shift(shift * RIGHT)
        return self


class Derivation:
    """All lines, each in its place, and the steps from line to line as lists of animations, played in turn."""

    def __init__(self) -> None:
        self.count, self.stirling = NamedTerms(COUNT), NamedTerms(STIRLING)
        self.count.maths.move_to((MARGIN, TOP, 0), aligned_edge=LEFT)
        self.stirling.maths.move_to((MARGIN, WORK, 0), aligned_edge=LEFT)
        self.shares = NamedTerms(SHARES).over(self.stirling)
        self.logarithm = NamedTerms(LOGARITHM).over(self.stirling).in_columns(self.stirling)
        self.left_over = NamedTerms(LEFT_OVER).over(self.stirling).in_columns(self.shares)
        self.logs_of_n = NamedTerms(LOGS_OF_N).over(self.stirling).in_columns(self.shares)
        self.opened = NamedTerms(OPENED).over(self.stirling).in_columns(self.shares, ("minus", "plus"))
        self.logs_of_p = NamedTerms(LOGS_OF_P)
        self.logs_of_p.maths.set_y(BELOW)
        self.logs_of_p.in_columns(self.shares)
        self.remains = NamedTerms(REMAINS).over(self.stirling)
        self.result = NamedTerms(RESULT, size=LARGE)
        self.result.maths.move_to((0, WORK, 0))
        self.result["lhs"].set_color(CODE)
        VGroup(self.result["second"], self.result["third"]).set_color(PROBABILITY)
        self.rules = [_rule(says, formula) for says, formula in RULES]
        self.error = Words("What Stirling leaves out vanishes, per flip.", color=QUIET)
        self.error.next_to(self.result.maths, DOWN, buff=0.7)

    def use_rule(self, i: int) -> list[Animation]:
        """The rule of the next steps takes the place of the last one."""
        leave: list[Animation] = [FadeOut(self.rules[i - 1], run_time=STEP)] if i else []
        return [*leave, FadeIn(self.rules[i], run_time=QUICK)]

    def take_logarithm(self) -> list[Animation]:
        """Each factorial comes down with its own logarithm."""
        old, new = self.count, self.logarithm
        pairs = (("n", "first"), ("k", "second"), ("rest", "third"))
        return [
            AnimationGroup(FadeIn(new["lhs"]), FadeIn(new["is"]), run_time=QUICK),
            *(_take_down(old[factorial], new[term]) for factorial, term in pairs),
        ]

    def apply_stirling(self) -> list[Animation]:
        """Each logarithm of a factorial becomes its approximation."""
        old, new = self.logarithm, self.stirling
        return [
            *_swap(VGroup(old["is"], old["first"]), new["is"], new["first"], new["minus_n"]),
            *_swap(old["second"], new["second"], new["plus_k"]),
            *_swap(old["third"], new["third"], new["plus_n"], new["minus_k"]),
        ]

    def cancel_plain_terms(self) -> list[Animation]:
        """-n meets +n, +k meets -k; the others close up."""
        line, after = self.stirling, self.left_over
        pairs = ((line["minus_n"], line["plus_n"]), (line["plus_k"], line["minus_k"]))
        close = (ReplacementTransform(line[name], after[name]) for name in ("first", "second", "third"))
        return [*_cancel(*pairs), AnimationGroup(*close, run_time=QUICK)]

    def put_share(self) -> list[Animation]:
        """k is p n, and n - k is (1-p) n."""
        old, new = self.left_over, self.shares
        return [*_swap(old["second"], new["second"]), *_swap(old["third"], new["third"])]

    def split_logarithms(self) -> list[Animation]:
        """The logarithm of a product is a sum: its log n stays in the line, its log p goes below."""
        old, above, below = self.shares, self.logs_of_n, self.logs_of_p
        names = ("second", "third")
        return [step for name in names for step in _swap(old[name], above[name], below[name])]

    def open_bracket(self) -> list[Animation]:
        """(1-p) n log n is n log n less p n log n."""
        return _swap(self.logs_of_n["third"], self.opened["minus"], self.opened["plus"])

    def cancel_logs_of_n(self) -> list[Animation]:
        """Every n log n meets its opposite."""
        above, opened = self.left_over, self.opened
        return _cancel((above["first"], opened["minus"]), (self.logs_of_n["second"], opened["plus"]))

    def keep_what_is_left(self) -> list[Animation]:
        """Two terms are left; they move up."""
        old, new = self.logs_of_p, self.remains
        up = (ReplacementTransform(old[name], new[name]) for name in ("second", "third"))
        return [AnimationGroup(*up, run_time=QUICK)]

    def reach_result(self) -> list[Animation]:
        """Both sides are divided by n ln 2: bits for each flip."""
        old, new = self.remains, self.result
        apart = [old[name].animate.align_to(new[name], LEFT).build() for name in ("second", "third")]
        return [
            AnimationGroup(*apart, run_time=QUICK),
            *_swap(VGroup(self.logarithm["lhs"], self.stirling["is"]), new["lhs"], new["is"]),
            *_swap(old["second"], new["second"]),
            *_swap(old["third"], new["third"]),
            FadeIn(self.error, run_time=QUICK),
        ]


def _take_down(factorial: VGroup, term: VGroup) -> Animation:
    """A factorial moves into the end of a term, whose beginning comes up with it."""
    start = len(term) - len(factorial)
    moved = TransformFromCopy(factorial, VGroup(*term[start:]))
    return AnimationGroup(moved, FadeIn(VGroup(*term[:start])), run_time=QUICK)


def _swap(old: VGroup, *new: VGroup) -> list[Animation]:
    """A term makes room, and what it becomes comes in at its place."""
    return [FadeOut(old, run_time=OUT), FadeIn(*new, run_time=STEP)]


def _cancel(*pairs: tuple[VGroup, VGroup]) -> list[Animation]:
    """The terms of a pair are struck out together, one pair after the other; then all of them leave."""
    gone: list[VMobject] = []
    steps: list[Animation] = []
    for pair in pairs:
        strokes = [strike(term) for term in pair]
        dim = [term.animate.set_color(QUIET).build() for term in pair]
        steps.append(AnimationGroup(*dim, *(Create(stroke) for stroke in strokes), run_time=QUICK))
        gone += [*pair, *strokes]
    return [*steps, FadeOut(*gone, run_time=STEP)]


def _rule(says: str, formula: str) -> VGroup:
    """What is used in the next steps: its name, and the rule itself below it."""
    name = Words(says, size=BODY, color=QUIET)
    rule = VGroup(name, Maths(formula, size=TITLE)).arrange(DOWN, buff=0.25, aligned_edge=LEFT)
    return rule.move_to((RULE_LEFT, TOP, 0), aligned_edge=LEFT)


def strike(term: VMobject) -> Line:
    """A stroke through a term that is cancelled."""
    margin = np.array([0.06, 0.06, 0.0])
    return Line(term.get_corner(DL) - margin, term.get_corner(UR) + margin, color=PAPER, stroke_width=STRIKE)
