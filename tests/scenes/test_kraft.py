"""The film `kraft`: its numbers by a second route, and its pictures true to them."""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import product
from typing import Any

import numpy as np
import pytest

from scenes.entropy.kraft import Kraft
from scenes.entropy.kraft_pictures import (
    BROKEN,
    CODE_WORDS,
    LEVEL,
    MESSAGE_PLACE,
    P_HEADS,
    ROOMY,
    ROW,
    TRAP,
    TREE_TOP,
    WIDTH,
    counted,
    ends,
    table_of_readings,
)
from scenes.stage.code_tree import CodeTree, dyadic_places
from scenes.stage.code_wall import CodeWall
from scenes.stage.theme import SAFE_BOTTOM, SAFE_LEFT, SAFE_RIGHT
from scenes.stage.unit_interval import UnitInterval

FACTS = Kraft.compute_facts()
CODES = {"code": CODE_WORDS, "broken": BROKEN, "room": ROOMY, "trap": TRAP}
FLIPS = [name.removeprefix("p_") for name in FACTS if re.fullmatch("p_[ht]{2}", name)]
STRINGS = ["".join(bits) for length in range(1, 5) for bits in product("01", repeat=length)]


def readings(message: str, code: tuple[str, ...]) -> set[tuple[int, ...]]:
    """Every sequence of codewords that spells *message*, by trying all sequences."""
    lengths = range(1, len(message) + 1)
    tried = (choice for n in lengths for choice in product(range(len(code)), repeat=n))
    return {choice for choice in tried if "".join(code[i] for i in choice) == message}


def test_the_broken_message_has_as_many_readings_as_are_told() -> None:
    assert FACTS["ways"].value == len(readings("".join(BROKEN), BROKEN)) == 10


def test_the_shown_readings_are_all_of_them() -> None:
    from infotheory import decodings

    shown = [tuple(choice) for choice in decodings("".join(BROKEN), BROKEN)]
    assert len(set(shown)) == len(shown)
    assert set(shown) == readings("".join(BROKEN), BROKEN)
    rows = table_of_readings(shown)
    assert len(rows) == len(shown)
    for row in rows:
        assert SAFE_LEFT <= row.get_left()[0] < row.get_right()[0] <= SAFE_RIGHT
        assert row.get_bottom()[1] >= SAFE_BOTTOM


def test_the_good_message_has_one_reading() -> None:
    assert readings("".join(CODE_WORDS), CODE_WORDS) == {(0, 1, 2, 3)}


@pytest.mark.parametrize("name", CODES)
def test_prices_and_bills(name: str) -> None:
    prices = [0.5 ** len(word) for word in CODES[name]]
    for i, price in enumerate(prices):
        assert FACTS.number(f"{name}_term_{i}") == price
    assert FACTS.number(f"{name}_sum") == sum(prices)


def test_what_the_film_says_of_its_codes() -> None:
    def is_prefix_free(code: tuple[str, ...]) -> bool:
        return not any(a != b and b.startswith(a) for a, b in product(code, code))

    assert FACTS["code_sum"].value == 1
    assert FACTS["broken_sum"].value == Fraction(3, 2)
    assert FACTS["room_sum"].value == FACTS["trap_sum"].value == Fraction(3, 4)
    assert is_prefix_free(CODE_WORDS)
    assert is_prefix_free(ROOMY)
    assert not is_prefix_free(TRAP)
    assert sorted(map(len, TRAP)) == sorted(map(len, ROOMY))


def test_edges_of_the_codewords_pieces() -> None:
    edges = np.cumsum([0.5 ** len(word) for word in CODE_WORDS])
    assert [FACTS.number(f"edge_{i}") for i in range(3)] == list(edges[:3])
    assert edges[3] == 1


@pytest.mark.parametrize("sequence", FLIPS)
def test_pieces_of_two_flips(sequence: str) -> None:
    chance = {"h": 0.9, "t": 0.1}
    width = chance[sequence[0]] * chance[sequence[1]]
    start = (0.0 if sequence[0] == "h" else 0.9) + (0.0 if sequence[1] == "h" else chance[sequence[0]] * 0.9)
    assert FACTS.number(f"p_{sequence}") == pytest.approx(width)
    assert FACTS.number(f"start_{sequence}") == pytest.approx(start)
    assert FACTS.number(f"end_{sequence}") == pytest.approx(start + width)
    pointer = str(FACTS[f"pointer_{sequence}"].value)

    def fits(word: str) -> bool:
        low = int(word, 2) / 2 ** len(word)
        return bool(start - 1e-12 <= low and low + 0.5 ** len(word) <= start + width + 1e-12)

    assert fits(pointer)
    assert FACTS["bits_" + sequence].value == len(pointer)
    shorter = ("".join(bits) for n in range(1, len(pointer)) for bits in product("01", repeat=n))
    assert not any(fits(word) for word in shorter)


def test_what_the_film_says_of_two_flips() -> None:
    assert {"hh", "tt"} <= set(FLIPS)
    assert FACTS.shown("p_hh", ".2f") == "0.81"
    assert FACTS.shown("p_tt", ".2f") == "0.01"
    assert (FACTS["bits_hh"].value, FACTS["bits_tt"].value) == (1, 7)
    assert counted("1") == "1 bit"
    assert counted("7") == "7 bits"


# ---- pictures ------------------------------------------------------------------------------------


def span(mobject: Any) -> tuple[float, float]:
    """Left and right edge."""
    return float(mobject.get_left()[0]), float(mobject.get_right()[0])


def dyadic(word: str) -> tuple[float, float]:
    """The interval of a bit string, as a share of the width, from -1/2 on."""
    low = int(word, 2) / 2 ** len(word) - 0.5
    return low, low + 0.5 ** len(word)


@pytest.fixture(scope="module")
def wall() -> CodeWall:
    return CodeWall(width=WIDTH, row_height=ROW)


@pytest.mark.parametrize("word", STRINGS)
def test_a_cell_is_as_wide_as_its_price_and_stands_over_what_it_begins(wall: CodeWall, word: str) -> None:
    box = wall.cells[word].box
    assert box.width == pytest.approx(WIDTH * 0.5 ** len(word))
    assert span(box) == pytest.approx([WIDTH * edge for edge in dyadic(word)])
    below = {cell.word for cell in wall.below(word)}
    assert below == {other for other in STRINGS if other != word and other.startswith(word)}
    for cell in wall.below(word):
        assert span(box)[0] - 1e-9 <= span(cell.box)[0] <= span(cell.box)[1] <= span(box)[1] + 1e-9
        assert cell.box.get_top()[1] < box.get_bottom()[1]


@pytest.mark.parametrize("code", [CODE_WORDS, ROOMY])
def test_chosen_codewords_take_their_share_of_every_deep_row(code: tuple[str, ...]) -> None:
    wall = CodeWall(width=WIDTH, row_height=ROW).show_chosen(code)
    plain = CodeWall(width=WIDTH, row_height=ROW).cells["1111"].box.get_fill_color()
    last = [cell for word, cell in wall.cells.items() if len(word) == 4]
    spent = sum(cell.box.width for cell in last if cell.box.get_fill_color() != plain)
    assert spent / WIDTH == pytest.approx(sum(0.5 ** len(word) for word in code))


@pytest.mark.parametrize("code", [CODE_WORDS, ROOMY, TRAP])
def test_nodes_stand_at_the_middle_of_their_pieces(code: tuple[str, ...]) -> None:
    tree = CodeTree(code, dyadic_places(WIDTH, LEVEL, TREE_TOP))
    for word, node in tree.nodes.items():
        x, y, _ = node.get_center()
        middle = sum(dyadic(word)) / 2 if word else 0.0
        assert x == pytest.approx(middle * WIDTH)
        assert y == pytest.approx(TREE_TOP[1] - LEVEL * len(word))
    assert set(code) <= tree.nodes.keys()
    assert {word[:-1] for word in tree.nodes if word} <= tree.nodes.keys()
    for word in code:
        assert np.allclose(tree.path(word)[-1], tree.nodes[word].get_center())
        assert len(tree.path(word)) == len(word) + 1


def test_the_walked_message_stands_clear_of_the_captions() -> None:
    assert SAFE_LEFT < MESSAGE_PLACE[0] < SAFE_RIGHT
    assert MESSAGE_PLACE[1] > SAFE_BOTTOM


def test_pieces_are_as_wide_as_their_probability() -> None:
    from infotheory import codeword_interval, nested_partition

    line = UnitInterval(WIDTH, ends=("0", "1"))
    words = line.pieces({word: ends(codeword_interval(word)) for word in CODE_WORDS})
    for piece in words:
        assert piece.strip.width == pytest.approx(WIDTH * 0.5 ** len(piece.symbols))
        assert span(piece.strip) == pytest.approx([WIDTH * edge for edge in dyadic(piece.symbols)])
    flips = nested_partition([P_HEADS, 1 - P_HEADS], 2)
    pieces = line.pieces({"".join(map(str, block)): ends(piece) for block, piece in flips.items()})
    chances = [0.9 * 0.9, 0.9 * 0.1, 0.1 * 0.9, 0.1 * 0.1]
    assert [piece.strip.width / WIDTH for piece in pieces] == pytest.approx(chances)
    edges = np.cumsum([0.0, *chances])
    assert [span(piece.strip)[0] / WIDTH + 0.5 for piece in pieces] == pytest.approx(edges[:-1])
    assert span(line.line) == pytest.approx((-WIDTH / 2, WIDTH / 2))
    assert line.at(0.9)[0] == pytest.approx(0.4 * WIDTH)


def test_wall_tree_and_line_have_one_place_for_a_string() -> None:
    """What the film claims by its transitions: a string keeps its horizontal place in all three."""
    from infotheory import codeword_interval

    scene_wall = CodeWall(width=WIDTH, row_height=ROW)
    tree = CodeTree(CODE_WORDS, dyadic_places(WIDTH, LEVEL, TREE_TOP))
    line = UnitInterval(WIDTH, ends=("0", "1"))
    for piece in line.pieces({word: ends(codeword_interval(word)) for word in CODE_WORDS}):
        cell, node = scene_wall.cells[piece.symbols].box, tree.nodes[piece.symbols]
        assert piece.strip.get_x() == pytest.approx(cell.get_x())
        assert node.get_x() == pytest.approx(cell.get_x())
