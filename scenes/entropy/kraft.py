"""Prefix codes and the Kraft inequality: which dictionaries can work at all?"""

from __future__ import annotations

from dataclasses import dataclass

from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Animation,
    AnimationGroup,
    Create,
    Dot,
    FadeIn,
    FadeOut,
    GrowFromCenter,
    LaggedStart,
    Rectangle,
    ReplacementTransform,
    Transform,
    TransformFromCopy,
    VGroup,
)

from infotheory import (
    codeword_interval,
    count_decodings,
    decodings,
    kraft_sum,
    kraft_terms,
    nested_partition,
    shortest_codeword_within,
)
from narration.fact import Fact, Facts
from scenes.entropy.kraft_pictures import (
    BROKEN,
    CODE_WORDS,
    LAW,
    LEVEL,
    MESSAGE_PLACE,
    P_HEADS,
    ROOMY,
    ROW,
    TRAP,
    TRAP_TOP,
    TRAP_WIDTH,
    TREE_TOP,
    WIDTH,
    WORDS,
    counted,
    dictionary,
    ends,
    small_wall,
    table_of_readings,
    tree_names,
)
from scenes.stage.beat import Beat
from scenes.stage.code_tree import CodeTree, dyadic_places
from scenes.stage.code_wall import CodeWall, WallCell
from scenes.stage.concept_scene import ConceptScene
from scenes.stage.probability_bar import ProbabilityBar
from scenes.stage.reading import Reading
from scenes.stage.theme import (
    BOLD,
    CODE,
    DISPLAY,
    GROUND,
    HEADING,
    PANEL,
    PAPER,
    PROBABILITY,
    QUICK,
    QUIET,
    SLOW,
    SMALL,
    STEADY,
    STEP,
    WASTE,
)
from scenes.stage.typeset import Maths, Words, heading
from scenes.stage.unit_interval import IntervalPiece, UnitInterval


def _code_facts(name: str, code: tuple[str, ...]) -> dict[str, Fact]:
    """The codewords, the price of each, and the bill of the code."""
    words = {f"{name}_words": Fact(" ".join(code), given=True)}
    terms = {f"{name}_term_{i}": Fact(term, formula="2^(-ell)") for i, term in enumerate(kraft_terms(code))}
    return words | terms | {f"{name}_sum": Fact(kraft_sum(code), formula="sum_x 2^(-ell(x))")}


def _coin_facts() -> dict[str, Fact]:
    """The pieces of two heads and of two tails, and the shortest codeword inside each."""
    partition = nested_partition([P_HEADS, 1 - P_HEADS], 2)
    pieces = {"hh": partition[0, 0], "tt": partition[1, 1]}
    pointers = {name: shortest_codeword_within(piece) for name, piece in pieces.items()}
    return (
        {f"p_{name}": Fact(piece.width) for name, piece in pieces.items()}
        | {f"start_{name}": Fact(piece.start) for name, piece in pieces.items()}
        | {f"end_{name}": Fact(piece.end) for name, piece in pieces.items()}
        | {f"pointer_{name}": Fact(word) for name, word in pointers.items()}
        | {f"bits_{name}": Fact(len(word), "bits") for name, word in pointers.items()}
    )


@dataclass
class Props:
    """What lives longer than a beat. Wall, tree and line are equally wide: a string keeps its place in all three."""

    wall: CodeWall
    tree: CodeTree
    line: UnitInterval


class Kraft(ConceptScene[Props]):
    """A wall of codewords, a budget, a tree and the unit interval are one picture."""

    @staticmethod
    def compute_facts() -> Facts:
        """Readings of the broken message, prices and bills of the codes, pieces of the coin's interval."""
        return Facts(
            ways=Fact(count_decodings("".join(BROKEN), BROKEN)),
            **{f"word_{letter}": Fact(word, given=True) for letter, word in zip("abcd", CODE_WORDS, strict=True)},
            zero=Fact(0, given=True),
            one=Fact(1, given=True),
            **_code_facts("code", CODE_WORDS),
            **_code_facts("broken", BROKEN),
            **_code_facts("room", ROOMY),
            **_code_facts("trap", TRAP),
            **{f"edge_{i}": Fact(codeword_interval(word).end) for i, word in enumerate(CODE_WORDS[:3])},
            p_heads=Fact(P_HEADS, given=True),
            **_coin_facts(),
        )

    def set_stage(self) -> Props:
        """Wall, tree and line, each where it will be shown."""
        wall = CodeWall(width=WIDTH, row_height=ROW).move_to(2.6 * UP, aligned_edge=UP)
        tree = CodeTree(CODE_WORDS, dyadic_places(WIDTH, LEVEL, TREE_TOP))
        line = UnitInterval(WIDTH, ends=(self.facts.shown("zero"), self.facts.shown("one"))).shift(2.1 * DOWN)
        return Props(wall, tree, line)

    def _bill(self, name: str, code: tuple[str, ...]) -> Maths:
        """The prices of *code* and their sum, as a formula."""
        terms = " + ".join(f"{{{name}_term_{i}:frac}}" for i in range(len(code)))
        return Maths(self.facts.fill(f"{terms} = {{{name}_sum:frac}}"), size=HEADING)

    # ---- the beats -------------------------------------------------------------------------------

    def broken(self, beat: Beat) -> None:
        """Four codewords, sent without gaps, can be read back in many ways."""
        cards = dictionary(BROKEN).move_to(2.45 * UP)
        beat.wait_until("dictionary")
        self.play(LaggedStart(*(FadeIn(card, shift=0.2 * UP) for card in cards), lag_ratio=0.3), run_time=SLOW)
        message = Reading(BROKEN, bit_width=0.6, height=0.7, gap=0.9, size=HEADING).move_to(1.35 * UP)
        beat.wait_until("message")
        self.play(*(TransformFromCopy(card[0], tile) for card, tile in zip(cards, message.tiles, strict=True)))
        beat.wait_until("close")
        self.play(message.animate.arrange(RIGHT, buff=0).move_to(1.35 * UP))
        readings = table_of_readings(list(decodings("".join(BROKEN), BROKEN)))
        for cue, reading in zip(("first", "second"), readings[:2], strict=True):
            beat.wait_until(cue)
            self.play(TransformFromCopy(message, reading[0]), FadeIn(reading[1]), run_time=QUICK)
        beat.wait_until("all")
        self.play(LaggedStart(*(FadeIn(r, shift=0.1 * DOWN) for r in readings[2:]), lag_ratio=0.15), run_time=SLOW)
        beat.wait_until("question")
        self.play(FadeIn(heading("Which dictionaries can work at all?")))

    def wall(self, beat: Beat) -> None:
        """All strings, shortest on top; a codeword takes everything below it."""
        wall = self.props.wall
        self.turn_page(beat.title)
        for cue, row in zip(("rows", "row_two", "row_three", "row_four"), wall.rows, strict=True):
            beat.wait_until(cue)
            self.play(FadeIn(row, shift=0.15 * DOWN), run_time=STEP)
        beat.wait_until("pick")
        self.play(wall.choose(CODE_WORDS[0]), run_time=QUICK)
        beat.wait_until("gone")
        self.play(wall.spend(CODE_WORDS[0]))
        for cue, word in zip(("pick_b", "pick_c", "pick_d"), CODE_WORDS[1:], strict=True):
            beat.wait_until(cue)
            self.play(AnimationGroup(wall.choose(word), wall.spend(word)), run_time=QUICK)
        rule = Words("No codeword begins another: a prefix code", size=HEADING).next_to(wall, DOWN, buff=0.9)
        beat.wait_until("rule")
        self.play(FadeIn(rule, shift=0.1 * UP))

    def budget(self, beat: Beat) -> None:
        """A codeword of length l costs 2^-l of the wall; the bill may not exceed it."""
        wall = self.props.wall
        self.turn_page(beat.title, wall)
        bar = self._price_bar(CODE_WORDS, "code")
        self.play(FadeIn(bar.frame), run_time=STEP)
        for i, cue in enumerate(("price", "price_two", "price_three", "pour")):
            beat.wait_until(cue)
            self.play(*_paid(wall.cells[CODE_WORDS[i]], bar.part(i)))
        bill = self._bill("code", CODE_WORDS).next_to(bar, DOWN, buff=0.35)
        beat.wait_until("full")
        self.play(FadeIn(bill, shift=0.1 * UP))
        beat.wait_until("broken")
        self.play(FadeOut(wall, bill, *(bar.part(i) for i in range(4))), run_time=QUICK)
        self._overspend(beat, bar)

    def _price_bar(self, code: tuple[str, ...], name: str) -> ProbabilityBar:
        terms = [f"{name}_term_{i}" for i in range(len(code))]
        labels = [Words(self.facts.shown(term, "frac"), color=GROUND, weight="medium") for term in terms]
        bar = ProbabilityBar([self.facts.number(t) for t in terms], labels=labels, width=WIDTH, height=0.7, colors=CODE)
        # A bill above one hangs over the frame: it is the frame that has its place.
        return bar.shift(1.2 * DOWN - bar.frame.get_center())

    def _overspend(self, beat: Beat, bar: ProbabilityBar) -> None:
        """The broken dictionary: two codewords fill the wall, two more find no place."""
        wall = CodeWall(width=WIDTH, row_height=ROW).move_to(self.props.wall)
        for word in BROKEN[:2]:
            wall.show_chosen((word,))
        spent = self._price_bar(BROKEN, "broken")
        self.play(FadeIn(wall), *(FadeIn(spent.part(i)) for i in (0, 1)))
        beat.wait_until("overflow")
        self.play(*(wall.reject(word) for word in BROKEN[2:]), run_time=QUICK)
        late = [spent.part(i) for i in (2, 3)]
        for part in late:
            part[0].set_fill(WASTE)
        VGroup(*late).arrange(RIGHT, buff=0.1).next_to(bar.frame, DOWN, buff=0.15, aligned_edge=LEFT)
        self.play(*(move for w, part in zip(BROKEN[2:], late, strict=True) for move in _paid(wall.cells[w], part)))
        bill = self._bill("broken", BROKEN).set_color(WASTE).next_to(late[1], RIGHT, buff=0.5)
        beat.wait_until("bill")
        self.play(FadeIn(bill, shift=0.1 * UP))
        beat.wait_until("kraft")
        law = Maths(LAW, size=HEADING).move_to(bill, aligned_edge=LEFT)
        legend = Words("where a codeword of\nlength ℓ costs", size=SMALL, color=QUIET)
        price = Maths("2^(-ell)", size=HEADING)
        VGroup(legend, price).arrange(RIGHT, buff=0.2).next_to(law, RIGHT, buff=0.5)
        price.shift((legend.baseline - price.get_bottom()[1]) * UP)  # both stand on one line
        self.play(FadeOut(bill, shift=0.1 * UP), FadeIn(law, legend, price, shift=0.1 * UP))

    def myth(self, beat: Beat) -> None:
        """A code may leave room, and it may fill the wall."""
        self.turn_page(beat.title)
        walls = VGroup(small_wall(ROOMY), small_wall(CODE_WORDS)).arrange(RIGHT, buff=0.8).move_to(1.4 * UP)
        bills = [self._bill("room", ROOMY), self._bill("code", CODE_WORDS)]
        claim = Maths("sum_x 2^(-ell(x)) < 1", size=DISPLAY).set_color(WASTE).move_to(1.85 * DOWN)
        self.play(FadeIn(claim))
        for cue, wall, bill in zip(("room", "whole"), walls, bills, strict=True):
            bill.next_to(wall, DOWN, buff=0.3)
            beat.wait_until(cue)
            self.play(FadeIn(wall), FadeIn(bill))
        beat.wait_until("verdict")
        self.play(FadeOut(claim, shift=0.2 * UP), FadeIn(Maths(LAW, size=DISPLAY).move_to(claim), shift=0.2 * UP))

    def tree(self, beat: Beat) -> None:
        """The wall folds into a tree; a message is a walk from leaf to leaf."""
        wall, tree = (
            CodeWall(width=WIDTH, row_height=ROW).move_to(self.props.wall).show_chosen(CODE_WORDS),
            self.props.tree,
        )
        title = self.turn_page(beat.title)
        self.play(FadeIn(wall), run_time=STEP)
        beat.wait_until("fold")
        self._fold(wall, tree)
        beat.wait_until("leaves")
        names = tree_names(tree)
        leaves = [FadeIn(VGroup(label, name)) for label, name in zip(tree.labels.values(), names, strict=True)]
        self.play(LaggedStart(*leaves, lag_ratio=0.2))
        beat.wait_until("walk")
        self._walk(beat)
        beat.wait_until("trap")
        self._trap(beat, VGroup(tree, names, title))

    def _fold(self, wall: CodeWall, tree: CodeTree) -> None:
        """Each cell on the way to a codeword shrinks to its node; the rest of the wall leaves."""
        nodes = [word for word in tree.nodes if word]
        rest = [cell for word, cell in wall.cells.items() if word not in tree.nodes]
        shrink = [ReplacementTransform(wall.cells[word], tree.nodes[word]) for word in nodes]
        self.play(FadeOut(*rest), *shrink, FadeIn(tree.nodes[""]), run_time=STEADY)
        grow = [AnimationGroup(Create(tree.edges[word]), FadeIn(tree.turns[word])) for word in nodes]
        self.play(LaggedStart(*grow, lag_ratio=0.15), run_time=STEADY)
        self.bring_to_front(*tree.nodes.values())

    def _walk(self, beat: Beat) -> None:
        """A dot walks the message from leaf to leaf; at each leaf a word is complete."""
        message = Reading(CODE_WORDS, bit_width=0.5, height=0.64, gap=0, color=PANEL, ink=PAPER, size=HEADING)
        message.move_to(MESSAGE_PLACE)
        root = self.props.tree.path("")[0]
        walker = Dot(root, radius=0.17, color=PROBABILITY)
        self.play(FadeIn(message, walker), run_time=QUICK)
        for codeword, tile, name in zip(CODE_WORDS, message.tiles, WORDS, strict=True):
            for bit, point in zip(tile.bits, self.props.tree.path(codeword)[1:], strict=True):
                self.play(walker.animate.move_to(point), bit.animate.set_color(CODE), run_time=STEP)
            word = Words(name).next_to(tile, DOWN, buff=0.2)
            self.play(Transform(tile, tile.copy().fill(CODE, GROUND)), FadeIn(word), run_time=STEP)
            self.play(walker.animate.move_to(root), run_time=STEP)
        self.play(FadeOut(walker), run_time=STEP)

    def _trap(self, beat: Beat, keep: VGroup) -> None:
        """A code within the budget that is no prefix code, and the prefix code of the same lengths."""
        trap, mended = (CodeTree(code, dyadic_places(TRAP_WIDTH, LEVEL, TRAP_TOP)) for code in (TRAP, ROOMY))
        bill = self._bill("trap", TRAP).next_to(mended, RIGHT, buff=0.5)
        self.play(self.others(keep), FadeIn(trap, bill), run_time=QUICK)
        self.play(
            trap.nodes[TRAP[0]].animate.set_color(WASTE),
            trap.labels[TRAP[0]].animate.set_color(WASTE),
            run_time=QUICK,
        )
        beat.wait_until("mend")
        self.play(ReplacementTransform(trap, mended))
        says = Words("every code that can always be read back", size=SMALL)
        law = VGroup(Maths(LAW, size=HEADING), says).arrange(DOWN, buff=0.25, aligned_edge=LEFT)
        beat.wait_until("mcmillan")
        self.play(FadeOut(bill), FadeIn(law.move_to(bill, aligned_edge=LEFT)))

    def interval(self, beat: Beat) -> None:
        """The leaves fall onto a line; a codeword owns a piece as wide as its price."""
        tree, line = self.props.tree, self.props.line
        self.turn_page(beat.title, tree)
        pieces = line.pieces({word: ends(codeword_interval(word)) for word in CODE_WORDS}, height=0.6, above=0.42)
        leaves = [tree.nodes[piece.symbols].copy() for piece in pieces]
        beat.wait_until("fall")
        down = [leaf.animate.move_to(piece.strip) for leaf, piece in zip(leaves, pieces, strict=True)]
        self.play(FadeIn(line), *down, run_time=STEADY)
        beat.wait_until("pieces")
        self.play(FadeOut(*leaves), *(GrowFromCenter(piece.strip) for piece in pieces), run_time=QUICK)
        marks = [line.mark(self.facts.number(f"edge_{i}"), self.facts.shown(f"edge_{i}", "frac")) for i in range(3)]
        self.play(*(FadeIn(piece.label) for piece in pieces), FadeIn(*marks))
        beat.wait_until("narrow")
        window = Rectangle(width=WIDTH, height=0.6, color=PAPER, stroke_width=BOLD).move_to(VGroup(*pieces))
        self.play(FadeIn(window), run_time=QUICK)
        for length in range(1, len(CODE_WORDS[-1]) + 1):
            begun = CODE_WORDS[-1][:length]
            piece = codeword_interval(begun)
            narrower = window.copy().stretch_to_fit_width(WIDTH * float(piece.width)).align_to(window, RIGHT)
            self.play(Transform(window, narrower), tree.edges[begun].animate.set_color(CODE), run_time=QUICK)

    def cut(self, beat: Beat) -> None:
        """A coin cuts the line in its own proportion; a rare message keeps little of it."""
        line = self.props.line
        title = self.turn_page(beat.title, line)
        self.play(line.animate.move_to(0.35 * DOWN), run_time=QUICK)
        first, second = self._flips(1, above=2.15), self._flips(2, above=1.05)
        cuts = [line.mark(self.facts.number(n), self.facts.shown(n, ".2f")) for n in ("p_heads", "end_hh")]
        beat.wait_until("coin")
        self.play(FadeIn(*first, cuts[0]))
        beat.wait_until("second")
        flip = [TransformFromCopy(first[i // 2], piece) for i, piece in enumerate(second)]
        self.play(LaggedStart(*flip, lag_ratio=0.2), FadeIn(cuts[1]))
        beat.wait_until("two_heads")
        self._point_at(second[0], "hh")
        beat.wait_until("two_tails")
        self._point_at(second[-1], "tt")
        beat.wait_until("shrink")
        window = Rectangle(width=WIDTH, height=0.7, color=PAPER, stroke_width=BOLD).move_to(VGroup(*first))
        self.play(FadeIn(window), run_time=QUICK)
        self.play(window.animate.become(_around(first[1])), run_time=STEADY)
        self.play(window.animate.become(_around(second[-1])), run_time=STEADY)
        beat.wait_until("question")
        self.play(FadeOut(title, shift=0.1 * UP), FadeIn(heading("How surprised should you be?"), shift=0.1 * UP))

    def _flips(self, n: int, *, above: float) -> list[IntervalPiece]:
        """The pieces of all sequences of *n* flips, heads first."""
        pieces = {"".join("HT"[s] for s in b): ends(i) for b, i in nested_partition([P_HEADS, 1 - P_HEADS], n).items()}
        return self.props.line.pieces(pieces, height=0.7, above=above, colors=(PROBABILITY,), fills=(1.0, 0.75))

    def _point_at(self, piece: IntervalPiece, name: str) -> None:
        """The shortest codeword whose own piece lies inside *piece*, below the line."""
        pointer, line = self.facts.shown(f"pointer_{name}", "bits"), self.props.line
        (strip,) = line.pieces({pointer: ends(codeword_interval(pointer))}, height=0.6, above=-0.95)
        says = self.facts.fill(f"{{p_{name}:.2f}}: from {{start_{name}:.2f}} to {{end_{name}:.2f}}")
        bits, side = counted(self.facts.shown(f"bits_{name}")), LEFT if name == "hh" else RIGHT
        caption = Words(f"{name.upper()} keeps {says}\n{pointer} points at it: {bits}", size=SMALL)
        caption.next_to(strip, DOWN, buff=0.25, aligned_edge=side)
        self.play(TransformFromCopy(piece.strip, strip.strip), FadeIn(strip.label, caption))


def _paid(cell: WallCell, part: VGroup) -> list[Animation]:
    """The width of *cell* comes down as a part of the bill; its price appears on it."""
    segment, price = part
    return [TransformFromCopy(cell.box, segment), FadeIn(price)]


def _around(piece: IntervalPiece) -> Rectangle:
    return Rectangle(width=piece.strip.width, height=piece.strip.height, color=PAPER, stroke_width=BOLD).move_to(
        piece.strip
    )
