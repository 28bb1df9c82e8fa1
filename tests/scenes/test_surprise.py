"""The film `surprise`: its numbers by a second route, and its pictures true to them."""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise, product

import numpy as np
import pytest
from manim import UP, VMobject

from infotheory import surprise
from scenes.entropy.surprise import RIVAL, Surprise
from scenes.entropy.surprise_props import DIE, FOOT, LEFT_EDGE, MESSAGE, WIDTH, Props, height_of, make_props
from scenes.stage.die_face import DieFace
from scenes.stage.displayed_sum import decimals_that_add
from scenes.stage.end_to_end import EndToEnd
from scenes.stage.function_curve import FunctionCurve
from scenes.stage.halving_ruler import HalvingRuler
from scenes.stage.mosaic import Mosaic
from scenes.stage.probability_bar import ProbabilityBar
from scenes.stage.typeset import Words

FACTS = Surprise.compute_facts()


def halvings(p: Fraction, decimals: int = 12) -> float:
    """How often 1 must be halved to reach *p*: whole halvings first, then the binary digits of the rest by squaring."""
    whole, rest = 0, Fraction(1) / p
    while rest >= 2:
        whole, rest = whole + 1, rest / 2
    total, step, ratio = float(whole), 0.5, float(rest)
    for _ in range(4 * decimals):
        ratio *= ratio
        if ratio >= 2:
            total, ratio = total + step, ratio / 2
        step /= 2
    return total


def area(tile: VMobject) -> float:
    """Area of a rectangle, from its corners."""
    return float(np.ptp(tile.points[:, 0]) * np.ptp(tile.points[:, 1]))


@pytest.fixture(scope="module")
def props() -> Props:
    return make_props(FACTS)


# ---- numbers -----------------------------------------------------------------------------------------------------


def test_the_die_is_a_distribution() -> None:
    assert sum(DIE) == 1
    assert (FACTS.number("p_one"), FACTS.number("p_two")) == (0.4, 0.2)


@pytest.mark.parametrize(
    ("name", "p"), [("s_one", "2/5"), ("s_two", "1/5"), ("s_pair", "2/25"), ("s_message", "4/625")]
)
def test_surprises_count_halvings(name: str, p: str) -> None:
    assert FACTS.number(name) == pytest.approx(halvings(Fraction(p)), abs=1e-12)


def test_the_ratio_is_the_power_of_two_that_is_shown() -> None:
    for name in ("one", "two"):
        shown = float(FACTS.shown(f"s_{name}", ".4f"))
        assert 2**shown == pytest.approx(FACTS.number(f"ratio_{name}"), rel=1e-4)
        assert FACTS.number(f"ratio_{name}") * FACTS.number(f"p_{name}") == pytest.approx(1)


def test_a_two_is_one_bit_more_than_a_one() -> None:
    assert FACTS.number("s_two") - FACTS.number("s_one") == pytest.approx(1)
    assert Decimal(FACTS.shown("s_two", ".4f")) - Decimal(FACTS.shown("s_one", ".4f")) == 1


def test_counts_and_masses_by_listing_every_sequence() -> None:
    sequences = list(product(range(4), repeat=4))
    weight = {s: math.prod((0.4, 0.2, 0.2, 0.2)[i] for i in s) for s in sequences}
    kept = [s for s in sequences if s[0] == 0]
    assert FACTS["outcomes_4"].value == len(sequences)
    assert FACTS["outcomes_3"].value == len(kept) == len(sequences) // 4
    assert sum(weight[s] for s in kept) == pytest.approx(FACTS.number("p_one"))
    assert FACTS.number("p_tile") == pytest.approx(weight[MESSAGE])
    assert [4**n for n in range(1, 5)] == [FACTS[f"outcomes_{n}"].value for n in range(1, 5)]


def test_half_and_three_quarters_are_gone() -> None:
    assert [1 - Fraction(str(FACTS[f"mass_{k}"].value)) for k in (0, 1, 2)] == [0, Fraction(1, 2), Fraction(3, 4)]


@pytest.mark.parametrize(("rule", "function"), [("s", lambda p: -math.log2(p)), ("linear", lambda p: 1 - p)])
def test_only_the_logarithm_adds(rule: str, function: object) -> None:
    assert callable(function)
    one, two, pair = function(0.4), function(0.2), function(0.08)
    for name, value in {"one": one, "two": two, "sum": one + two, "pair": pair}.items():
        assert FACTS.number(f"{rule}_{name}") == pytest.approx(value)
    assert math.isclose(one + two, pair) == (rule == "s")


def test_displayed_sums_add_up_as_displayed(props: Props) -> None:
    digits = decimals_that_add([FACTS.number("s_one"), FACTS.number("s_two")])
    for names, total in ((("one", "two"), "pair"), (("one", "two", "one", "two"), "message")):
        terms = [Decimal(FACTS.shown(f"s_{name}", f".{digits}f")) for name in names]
        assert sum(terms) == Decimal(FACTS.shown(f"s_{total}", f".{digits}f"))
    assert sum(Decimal(FACTS.shown(f"linear_{name}", ".1f")) for name in ("one", "two")) == Decimal("1.4")
    assert props.log.lengths.adds


@pytest.mark.parametrize("terms", [[0.04, 0.04], [1.3219281, 2.3219281]])
def test_decimals_that_add_is_the_most_that_do(terms: list[float]) -> None:
    def adds(digits: int) -> bool:
        return sum(Decimal(f"{t:.{digits}f}") for t in terms) == Decimal(f"{sum(terms):.{digits}f}")

    found = decimals_that_add(terms)
    assert adds(found)
    assert not any(adds(more) for more in range(found + 1, 5))


def test_thirds_never_add_up_as_displayed() -> None:
    with pytest.raises(ValueError, match="no number of decimals"):
        decimals_that_add([1 / 3, 1 / 3, 1 / 3])


def test_script_says_what_the_picture_shows() -> None:
    script = Surprise.read_script()
    said = " ".join(beat.caption for beat in script.beats)
    assert FACTS.shown("linear_sum", ".1f") in said
    assert FACTS.shown("linear_pair", ".2f") in said
    assert FACTS.shown("s_one", ".4f") in said
    assert FACTS.shown("p_pair", ".2f") in said


# ---- pictures ----------------------------------------------------------------------------------------------------


def test_mosaic_areas_are_probabilities(props: Props) -> None:
    mosaic = props.mosaic
    whole = mosaic.whole.width * mosaic.whole.height
    for sequence, tile in zip(mosaic.sequences, mosaic.tiles, strict=True):
        assert area(tile) / whole == pytest.approx(math.prod(float(DIE[i]) for i in sequence))
    assert sum(area(tile) for tile in mosaic.tiles) == pytest.approx(whole)


def test_what_stays_lit_has_the_area_of_a_one() -> None:
    mosaic = Mosaic(DIE).keep(0)
    lit = [tile for tile in mosaic.tiles if tile.get_fill_color() == mosaic.tile((0, 0, 0, 0)).get_fill_color()]
    assert len(lit) == FACTS["outcomes_3"].value
    assert sum(map(area, lit)) / (mosaic.whole.width * mosaic.whole.height) == pytest.approx(0.4)


def test_mosaic_keeps_its_proportions_when_moved_and_stretched() -> None:
    mosaic = Mosaic([0.7, 0.3]).shift(2 * UP).stretch(0.5, 0)
    cell = mosaic.cell((0, 1))
    assert area(cell) / (mosaic.whole.width * mosaic.whole.height) == pytest.approx(0.21)
    assert sum(len(cuts) for cuts in mosaic.cuts) == 2 * (1 + 2)


def test_strips_stand_at_their_surprise_and_end_on_the_curve(props: Props) -> None:
    for bar, p in ((props.halvings.one, DIE[0]), (props.halvings.two, DIE[1])):
        end = bar.segments[0].get_right()
        assert end == pytest.approx(props.curve.point(float(p)))
        assert end[0] == pytest.approx(LEFT_EDGE + WIDTH * float(p))
    assert height_of(1) == FOOT


def test_lengths_along_the_ruler_are_bits(props: Props) -> None:
    halvings = props.halvings
    assert halvings.height_one.height / halvings.ruler.unit == pytest.approx(FACTS.number("s_one"))
    assert halvings.height_two.get_top()[1] == pytest.approx(halvings.ruler.point(FACTS.number("s_two"))[1])
    assert halvings.height_two.get_bottom()[1] == pytest.approx(halvings.height_one.get_top()[1])


def test_prices_of_a_message_are_laid_end_to_end(props: Props) -> None:
    message = props.message
    bars = [price[0] for price in message.prices]
    for left, right in pairwise(bars):
        assert left.get_right()[0] == pytest.approx(right.get_left()[0])
    assert bars[-1].get_right()[0] == pytest.approx(message.ruler.point(FACTS.number("s_message"))[0])


def test_a_probability_bar_is_true_to_its_values() -> None:
    bar = ProbabilityBar([0.5, 0.5, 0.25], width=4)
    assert [segment.width for segment in bar.segments] == pytest.approx([2, 2, 1])
    assert bar.segments[2].get_left()[0] == pytest.approx(bar.frame.get_right()[0])
    bar.shift(UP).set_values([0.1, 0.2, 0.7])
    assert [segment.width for segment in bar.segments] == pytest.approx([0.4, 0.8, 2.8])
    assert bar.segments[0].get_y() == pytest.approx(1)


def test_renormalising_keeps_the_proportions_of_what_is_chosen() -> None:
    bar = ProbabilityBar([0.4, 0.2, 0.4], width=6).renormalise(0, 1)
    assert bar.values == pytest.approx((2 / 3, 1 / 3, 0))
    with pytest.raises(ValueError, match="some mass"):
        ProbabilityBar([0.0, 1.0]).renormalise(0)


def test_a_probability_bar_refuses_what_does_not_fit() -> None:
    with pytest.raises(ValueError, match="as many labels"):
        ProbabilityBar([0.5, 0.5], labels=["a"])
    with pytest.raises(ValueError, match="negative"):
        ProbabilityBar([1.5, -0.5])


def test_pouring_ends_with_the_whole_segment() -> None:
    bar = ProbabilityBar([0.4, 0.6], width=5)
    pour = bar.pour(1)
    pour.begin()
    pour.interpolate(0.5)
    assert 0 < bar.segments[1].width < 3
    assert bar.segments[1].get_left()[0] == pytest.approx(bar.segments[0].get_right()[0])
    pour.finish()
    assert bar.segments[1].width == pytest.approx(3)


def test_a_rule_that_does_not_add_shows_the_difference() -> None:
    lengths = EndToEnd([1, 4], 8, part_labels=["1", "4"], sum_label="5", whole_label="8", whole_name="both", width=4)
    gap = lengths.gap[0]
    assert not lengths.adds
    assert gap.width / lengths.unit == pytest.approx(3)
    assert gap.get_left()[0] == pytest.approx(lengths.parts.get_right()[0])
    assert RIVAL[0] == "linear"


def test_a_live_point_slides_on_its_curve() -> None:
    curve = FunctionCurve(surprise, y_range=(0, 4), samples=[1, 0.5, 0.25])
    seen: list[float] = []
    slide = curve.place(1.0).slide(0.25, seen.append, by_ratio=True, rate_func=lambda t: t)
    slide.begin()
    slide.interpolate(0.5)
    assert curve.x == pytest.approx(0.5)
    assert curve.dot.get_center() == pytest.approx(curve.at(0.5, 1))
    slide.finish()
    assert seen[-1] == pytest.approx(0.25)


def test_a_curve_must_be_finite_where_it_is_drawn() -> None:
    with pytest.raises(ValueError, match="smaller domain"):
        FunctionCurve(surprise, x_range=(0, 1))


def test_a_ruler_counts_in_bits_from_its_zero() -> None:
    ruler = HalvingRuler(4, unit=0.5).shift(2 * UP)
    assert ruler.unit == pytest.approx(0.5)
    assert ruler.point(6) - ruler.point(0) == pytest.approx(3 * UP)
    assert ruler.span(1, 2).height == pytest.approx(1)


def test_a_die_shows_its_number_within_its_face() -> None:
    face = DieFace(3, height=1)
    assert face.number == 3
    assert abs(face.digit.get_center()[0] - face.outline.get_center()[0]) < 0.02
    assert face.digit.get_bottom()[1] > face.outline.get_bottom()[1]
    face.blank()
    assert face.number == 0
    assert all(glyph.get_fill_opacity() == 0 for glyph in face.digit.family_members_with_points())


def test_words_in_a_bar_stand_on_one_line() -> None:
    low, deep = (label for label in ProbabilityBar([0.4, 0.6], labels=["colour", "grey, by"], width=6).labels)
    assert isinstance(low, Words)
    assert isinstance(deep, Words)
    assert deep.baseline == pytest.approx(low.baseline)
    assert deep.get_bottom()[1] < low.get_bottom()[1]
