"""The code wall: row l holds all strings of length l; below a string stands everything that begins with it."""

from __future__ import annotations

from itertools import product

from manim import DOWN, RIGHT, Animation, AnimationGroup, FadeOut, Rectangle, Transform, VGroup
from manim.utils.color import ManimColor

from scenes.stage.theme import BODY, CODE, GROUND, PANEL, PAPER, RULE, SMALL, THIN, WASTE
from scenes.stage.typeset import Words

SPENT_OPACITY = 0.16
ROOM = 1.4  # width of a cell from which on its string is set large


class WallCell(VGroup):
    """A string of the wall: its box, and its label where there is room for one."""

    def __init__(self, word: str, width: float, height: float, *, labelled: bool) -> None:
        self.word = word
        self.box = Rectangle(width=width, height=height, stroke_width=THIN, stroke_color=RULE).set_fill(PANEL, 1)
        size = BODY if width >= ROOM else SMALL
        self.label = VGroup(Words(word, size=size, color=PAPER).move_to(self.box)) if labelled else VGroup()
        super().__init__(self.box, self.label)

    def fill(self, color: ManimColor) -> WallCell:
        """Fill the box; its string takes the ground's colour, and so does the line between it and its neighbours."""
        self.box.set_fill(color, 1).set_stroke(GROUND, width=THIN)
        self.label.set_color(GROUND)
        return self

    def spend(self) -> WallCell:
        """Leave only a tint of code in the box, and no string."""
        self.box.set_fill(CODE, SPENT_OPACITY)
        self.remove(self.label)
        return self


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
    ) -> None:
        labelled = depth if labelled_depth is None else labelled_depth
        self.cells: dict[str, WallCell] = {}
        self.rows: list[VGroup] = []
        for length in range(1, depth + 1):
            words = ["".join(bits) for bits in product("01", repeat=length)]
            cells = [WallCell(w, width / 2**length, row_height, labelled=length <= labelled) for w in words]
            self.cells.update(zip(words, cells, strict=True))
            self.rows.append(VGroup(*cells).arrange(RIGHT, buff=0))
        super().__init__(*self.rows)
        self.arrange(DOWN, buff=gap)

    def below(self, word: str) -> list[WallCell]:
        """The cells whose strings begin with *word*, itself left out."""
        return [cell for other, cell in self.cells.items() if other != word and other.startswith(word)]

    def choose(self, word: str) -> Animation:
        """*word* becomes a codeword: its cell lights up."""
        cell = self.cells[word]
        return Transform(cell, cell.copy().fill(CODE))

    def reject(self, word: str) -> Animation:
        """*word* is spent already and cannot be chosen: its string comes back, and its cell is marked as a clash."""
        cell = self.cells[word]
        if cell.label not in cell.submobjects:
            cell.add(cell.label.set_opacity(0))
        clash = cell.copy().fill(WASTE)
        clash.label.set_opacity(1)
        return Transform(cell, clash)

    def spend(self, word: str) -> Animation:
        """Everything below *word* is gone: its strings leave and a tint of code stays."""
        fades: list[Animation] = []
        for cell in self.below(word):
            if cell.label in cell.submobjects:
                fades.append(FadeOut(cell.label))
                cell.remove(cell.label)
            fades.append(Transform(cell.box, cell.box.copy().set_fill(CODE, SPENT_OPACITY)))
        return AnimationGroup(*fades)

    def show_chosen(self, code: tuple[str, ...]) -> CodeWall:
        """Put the wall into the state after every word of *code* was chosen and spent, at once. Returns itself."""
        for word in code:
            self.cells[word].fill(CODE)
            for cell in self.below(word):
                cell.spend()
        return self
