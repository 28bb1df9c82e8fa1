"""The code wall: row l holds all strings of length l; below a string stands everything that begins with it."""

from __future__ import annotations

from itertools import product

from manim import DOWN, LEFT, RIGHT, UP, AnimationGroup, FadeOut, Rectangle, VGroup
from manim.animation.animation import Animation

from scenes.stage.theme import CODE, GROUND, PANEL, PAPER, QUIET, RULE, SMALL, THIN, WASTE
from scenes.stage.typeset import Words

SPENT_OPACITY = 0.16


class WallCell(VGroup):
    """A string of the wall: its box, and its label where there is room for one."""

    def __init__(self, word: str, width: float, height: float, *, labelled: bool, size: float) -> None:
        self.word = word
        self.box = Rectangle(width=width, height=height, stroke_width=THIN, stroke_color=RULE).set_fill(PANEL, 1)
        self.label = VGroup(Words(word, size=size, color=PAPER).move_to(self.box)) if labelled else VGroup()
        super().__init__(self.box, self.label)


class CodeWall(VGroup):
    """Every binary string up to *depth* symbols, one row a length, each exactly above the strings that begin with it.

    A string of length l is 2^-l of the wall wide: its price in the Kraft budget is its width.

    Parameters
    ----------
    depth
        Number of rows.
    width, row_height, gap
        Size of the wall, of a row, and between rows, in frame units.
    labelled_depth
        Rows that show their strings; deeper ones are too narrow to read.
    """

    def __init__(
        self,
        depth: int = 4,
        *,
        width: float = 12.0,
        row_height: float = 0.62,
        gap: float = 0.08,
        labelled_depth: int | None = None,
        size: float = SMALL,
    ) -> None:
        labelled = depth if labelled_depth is None else labelled_depth
        self.cells: dict[str, WallCell] = {}
        rows = []
        for length in range(1, depth + 1):
            words = ["".join(bits) for bits in product("01", repeat=length)]
            cells = [WallCell(w, width / 2**length, row_height, labelled=length <= labelled, size=size) for w in words]
            self.cells.update(zip(words, cells, strict=True))
            rows.append(VGroup(*cells).arrange(RIGHT, buff=0))
        super().__init__(*rows)
        self.arrange(DOWN, buff=gap)

    @property
    def rows(self) -> list[VGroup]:
        """The rows, shortest strings first."""
        return list(self.submobjects)

    def below(self, word: str) -> list[WallCell]:
        """The cells whose strings begin with *word*, itself left out."""
        return [cell for other, cell in self.cells.items() if other != word and other.startswith(word)]

    def taken_by(self, word: str) -> list[str]:
        """The strings that cannot be codewords beside *word*: what it begins, and what begins it."""
        return [w for w in self.cells if w != word and (w.startswith(word) or word.startswith(w))]

    def choose(self, word: str) -> Animation:
        """*word* becomes a codeword: its cell lights up."""
        cell = self.cells[word]
        return AnimationGroup(cell.box.animate.set_fill(CODE, 1).set_stroke(CODE), cell.label.animate.set_color(GROUND))

    def spend(self, word: str) -> Animation:
        """Everything below *word* is gone: its labels leave and a tint of code stays."""
        gone = self.below(word)
        labels = [FadeOut(cell.label) for cell in gone if cell.label.submobjects]
        for cell in gone:
            cell.remove(cell.label)
        return AnimationGroup(*(cell.box.animate.set_fill(CODE, SPENT_OPACITY) for cell in gone), *labels)

    def reject(self, word: str) -> Animation:
        """*word* cannot be chosen: its cell is marked as a clash."""
        cell = self.cells[word]
        return AnimationGroup(cell.box.animate.set_fill(WASTE, 1).set_stroke(WASTE), cell.label.animate.set_color(GROUND))

    def show_chosen(self, code: tuple[str, ...]) -> CodeWall:
        """Put the wall into the state after every word of *code* was chosen and spent, at once. Returns itself."""
        for word in code:
            cell = self.cells[word]
            cell.box.set_fill(CODE, 1).set_stroke(CODE)
            cell.label.set_color(GROUND)
            for gone in self.below(word):
                gone.box.set_fill(CODE, SPENT_OPACITY)
                gone.remove(gone.label)
        return self
