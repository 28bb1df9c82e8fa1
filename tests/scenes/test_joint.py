"""The film `joint`: each number by a second route, pictures true to any joint, channels that carry."""

from __future__ import annotations

import math
from decimal import Decimal
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from manim import LEFT, RIGHT, Square
from numpy.typing import NDArray
from scipy import stats

from infotheory import ProbabilityError, joint_entropy, marginal, normalize
from narration.script import read_script
from scenes.messages.joint import Joint
from scenes.messages.joint_facts import (
    DARTS,
    LETTERS,
    ONE_IN,
    P_LETTER,
    PARTNER,
    STRAND,
    STRANGERS,
    STRAYS,
    all_facts,
    copies,
    paired,
)
from scenes.messages.joint_pictures import Darts, PairSheet, TwoStrands, letter_grid, level, other_side, three_channels
from scenes.stage.channel import Channel, plain_channel
from scenes.stage.contract import contract_problems
from scenes.stage.joint_bars import JointBars
from scenes.stage.joint_grid import Cell, JointGrid
from scenes.stage.theme import SAFE_LEFT, SAFE_RIGHT

SCRIPT = Path(__file__).parents[2] / "narration" / "en" / "joint.md"
FACTS = all_facts()

joints = arrays(np.float64, (3, 4), elements=st.floats(0, 1)).filter(lambda w: w.sum() > 0.1).map(normalize)


def bits(p: NDArray[np.float64]) -> float:
    """Entropy by SciPy's statistics, which the math module does not use."""
    return float(stats.entropy(np.ravel(p), base=2))


def area(cell: Cell) -> float:
    return float(cell.box.width * cell.box.height)


def grid_of(joint: NDArray[np.float64]) -> JointGrid:
    return JointGrid(joint, x_labels="abc", y_labels="1234", width=3.0, height=2.0).shift((1.0, -0.5, 0.0))


# ---- numbers -------------------------------------------------------------------------------------


def paired_by_hand(share: float) -> NDArray[np.float64]:
    """The joint of two letters, cell by cell."""
    p = dict(zip("ACGT", (0.3, 0.2, 0.2, 0.3), strict=True))
    match = dict(zip("ACGT", "TGCA", strict=True))
    cells = [(1 - share) * p[a] * p[b] + share * p[a] * (match[a] == b) for a, b in product("ACGT", repeat=2)]
    return np.array(cells).reshape(4, 4)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("h_x", bits(np.array([0.3, 0.2, 0.2, 0.3]))),
        ("h_y", bits(np.array([0.3, 0.2, 0.2, 0.3]))),
        ("h_strangers", bits(paired_by_hand(0))),
        ("h_partners", bits(paired_by_hand(1))),
        ("h_errors", bits(paired_by_hand(0.9))),
        ("h_wheel", math.log2(37)),
        ("h_wheels", 2 * math.log2(37)),
        ("wheel_pairs", 37**2),
        ("pairs", 4**2),
        ("kinds", 4),
        ("h_coin", 1),
        ("h_coins", 2),
        ("h_sides", 1),
        ("p_sent", 0.3 * 0.2),
    ],
)
def test_fact_by_a_second_route(name: str, value: float) -> None:
    assert FACTS.number(name) == pytest.approx(value, abs=1e-11)


def test_displayed_sums_add_up() -> None:
    def shown(name: str, spec: str) -> Decimal:
        return Decimal(FACTS.shown(name, spec))

    assert shown("h_x", ".3f") + shown("h_y", ".3f") == shown("h_strangers", ".3f")
    assert 2 * shown("h_wheel", ".4f") == shown("h_wheels", ".3f")
    assert shown("p_first", ".1f") * shown("p_second", ".1f") == shown("p_sent", ".2f")


def test_the_codeword_is_as_long_as_the_best_code_makes_it() -> None:
    # Two letters, a surprise of 4.06 bits: whole codewords of 4 or 5 bits stay within a bit of it.
    assert abs(len(FACTS.shown("codeword", "bits")) + math.log2(FACTS.number("p_sent"))) < 1


def test_the_slide_keeps_the_margins_and_lets_the_entropy_fall() -> None:
    entropies = []
    for share in np.linspace(0, 1, 21):
        joint = paired(float(share))
        assert joint == pytest.approx(paired_by_hand(float(share)))
        for axis in (0, 1):
            assert marginal(joint, axis) == pytest.approx(P_LETTER)
        entropies.append(joint_entropy(joint))
    assert (np.diff(entropies) < 0).all()


def test_letters_pair_as_in_dna() -> None:
    assert {LETTERS[a] + LETTERS[b] for a, b in enumerate(PARTNER)} == {"AT", "TA", "CG", "GC"}


def test_the_strands_have_letters_as_often_as_they_are_likely() -> None:
    for strand in (STRAND, STRAYS):
        assert [strand.count(letter) / len(strand) for letter in LETTERS] == pytest.approx(P_LETTER)
    assert STRAYS[-1] != LETTERS[PARTNER[LETTERS.index(STRAND[-1])]]
    assert len(STRAND) % ONE_IN == 0


# ---- the grid ------------------------------------------------------------------------------------


@settings(deadline=None, max_examples=40)
@given(joints)
def test_areas_are_probabilities_whatever_the_joint(joint: NDArray[np.float64]) -> None:
    grid = grid_of(joint)
    assert [area(cell) / 6.0 for cell in grid.cells] == pytest.approx(joint.ravel(), abs=1e-9)
    assert [strip.box.width / 3.0 for strip in grid.x_margin] == pytest.approx(joint.sum(axis=1), abs=1e-9)
    assert [strip.box.height / 2.0 for strip in grid.y_margin] == pytest.approx(joint.sum(axis=0), abs=1e-9)
    for i, strip in enumerate(grid.x_margin):
        lefts = [grid.cell(i, j).box.get_left()[0] for j in range(4)]
        assert lefts == pytest.approx([strip.box.get_left()[0]] * 4, abs=1e-6)


@settings(deadline=None, max_examples=20)
@given(joints, joints)
def test_a_slide_ends_as_if_it_had_begun_there(start: NDArray[np.float64], end: NDArray[np.float64]) -> None:
    grid = grid_of(start)
    heard: list[float] = []
    slide = grid.slide(lambda share: (1 - share) * start + share * end, heard.append)
    slide.begin()
    slide.interpolate(0.4)
    slide.interpolate(1)
    assert heard[-1] == 1
    fresh = grid_of(end)
    for cell, other in zip(grid.cells, fresh.cells, strict=True):
        assert cell.box.points == pytest.approx(other.box.points, abs=1e-9)
        assert cell.label.get_fill_opacity() == pytest.approx(other.label.get_fill_opacity(), abs=1e-6)


def test_independent_pairs_are_cut_by_straight_lines() -> None:
    def tops(joint: NDArray[np.float64]) -> list[int]:
        """How many heights the upper edges of each row of cells have."""
        grid = letter_grid(joint)
        rows = [[grid.cell(i, j).box.get_top()[1] for i in range(4)] for j in range(3)]
        return [len(set(np.round(row, 6))) for row in rows]

    assert tops(STRANGERS) == [1, 1, 1]
    assert min(tops(paired(0.2))) > 1


@settings(deadline=None, max_examples=20)
@given(joints, st.integers(0, 2**32 - 1))
def test_darts_hit_the_cell_that_they_lie_in(joint: NDArray[np.float64], seed: int) -> None:
    grid = grid_of(joint)
    across, up = np.random.default_rng(seed).random((2, 30))
    for x, y, i, j in zip(across, up, *grid.hits(across, up), strict=True):
        point, box = grid.at(x, y), grid.cell(int(i), int(j)).box
        assert (box.get_corner((-1, -1, 0)) - 1e-9 <= point).all()
        assert (point <= box.get_corner((1, 1, 0)) + 1e-9).all()


def test_what_darts_pay_settles_at_the_joint_entropy() -> None:
    across, up = np.random.default_rng(7).random((2, DARTS))
    darts = Darts(letter_grid(copies()), across, up)
    assert darts.averages[-1] == pytest.approx(FACTS.number("h_errors"), abs=0.06)
    assert len(darts.show_first(12).get_subpaths()) == 12


def test_a_label_without_room_is_hidden_and_a_dim_cell_has_none() -> None:
    grid = letter_grid(paired(1.0))
    assert grid.cell(0, 3).label.get_fill_opacity() == 1
    assert grid.cell(0, 0).label.get_fill_opacity() == 0
    grid.highlight((1, 2))
    assert grid.cell(0, 3).label.get_fill_opacity() == 0
    assert grid.cell(1, 2).box.get_fill_color() != grid.cell(0, 3).box.get_fill_color()


def test_a_grid_refuses_another_shape() -> None:
    grid = letter_grid()
    with pytest.raises(ProbabilityError, match=r"\(4, 4\)"):
        grid.set_joint([[0.5, 0.5]])
    with pytest.raises(ProbabilityError, match="sums to"):
        grid.set_joint(np.full((4, 4), 0.1))


# ---- bars, strands, channels ---------------------------------------------------------------------


@pytest.mark.parametrize("share", [0.0, 0.5, 0.9, 1.0])
def test_bars_are_to_scale_and_the_gap_is_what_is_saved(share: float) -> None:
    h_x, h_xy = FACTS.number("h_x"), joint_entropy(paired(share))
    bars = JointBars(h_x, h_x, 2 * h_x, unit=1.3).shift((2.0, 1.0, 0.0)).set_entropies(h_x, h_x, h_xy)
    assert bars.x[0].width == pytest.approx(1.3 * h_x)
    assert bars.both[0].width == pytest.approx(1.3 * h_xy)
    assert bars.gap[0].width == pytest.approx(1.3 * (2 * h_x - h_xy), abs=1e-9)
    assert (bars.sum.shown, bars.total.shown) == (f"{2 * h_x:.3f}", f"{h_xy:.3f}")
    assert bars.at(h_xy)[0] == pytest.approx(bars.both[0].get_right()[0])
    assert level(bars, h_xy).get_x() == pytest.approx(bars.both[0].get_right()[0])


def test_bars_refuse_entropies_that_nothing_has() -> None:
    bars = JointBars(1, 1, 2)
    for impossible in (2.5, 0.5):
        with pytest.raises(ValueError, match="does not go with"):
            bars.set_entropies(1, 1, impossible)


def test_strands_pair_up_from_the_left_and_come_apart_again() -> None:
    def outlines(strands: TwoStrands) -> list[NDArray[np.float64]]:
        return [tile.label.family_members_with_points()[0].points for tile in strands.y]

    strands = TwoStrands()
    before = [points.copy() for points in outlines(strands)]
    strands.pair_up(0.7)
    assert [rung.get_stroke_opacity() for rung in strands.rungs] == [1] * 7 + [0] * 3
    changed = [a.shape != b.shape or not np.allclose(a, b) for a, b in zip(before, outlines(strands), strict=True)]
    strays = [STRAYS[i] != LETTERS[PARTNER[LETTERS.index(STRAND[i])]] for i in range(7)]
    assert changed == strays + [False] * 3
    strands.pair_up(0.0)
    for a, b in zip(before, outlines(strands), strict=True):
        assert a == pytest.approx(b)


def test_the_cross_lies_over_the_pair() -> None:
    sheet = PairSheet(3.7).shift((1.0, 0.0, 0.0)).point_at(36, 0)
    corner = sheet.area.get_corner((1, -1, 0))
    assert sheet.cell.get_corner((1, -1, 0)) == pytest.approx(corner, abs=1e-6)
    assert (sheet.column.get_x(), sheet.row.get_y()) == pytest.approx((sheet.cell.get_x(), sheet.cell.get_y()))


def test_one_side_of_a_coin_tells_the_other() -> None:
    assert other_side().tolist() == [[0, 0.5], [0.5, 0]]


def test_a_message_travels_from_encoder_to_decoder() -> None:
    channel, message = plain_channel().shift((0.5, 1.0, 0.0)), Square(0.4)
    _, travel, _ = channel.carry(message).animations
    travel.begin()
    places = [message.get_center()]
    for progress in (0.5, 1.0):
        travel.interpolate(progress)
        places.append(message.get_center())
    expected = [channel.at(0) + 0.2 * RIGHT, channel.medium.get_center(), channel.at(1) + 0.2 * LEFT]
    assert np.array(places) == pytest.approx(np.array(expected), abs=1e-3)
    assert channel.entrance[0] < channel.at(0)[0] < channel.at(1)[0] < channel.exit[0]


def test_the_three_channels_stand_in_the_same_places() -> None:
    channels = three_channels("you, later")
    for stations in zip(*(channel.stations for channel in channels), strict=True):
        assert np.ptp([station.get_x() for station in stations]) < 1e-6
    for channel in channels:
        assert SAFE_LEFT <= channel.get_left()[0] < channel.get_right()[0] <= SAFE_RIGHT


def test_a_channel_has_three_stations() -> None:
    with pytest.raises(ValueError, match="three stations"):
        Channel([Square(), Square()])
    with pytest.raises(ValueError, match="three stations"):
        Channel([Square(), Square(), Square()], ["one"])


def test_script_and_scene_agree() -> None:
    script = read_script(SCRIPT, FACTS)
    assert contract_problems(Joint, script) == ()
    assert 220 <= sum(len(beat.spoken.split()) for beat in script.beats) <= 400
