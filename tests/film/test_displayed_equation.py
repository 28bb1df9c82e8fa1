"""What is written on the screen is worked out again, as it is displayed."""

from __future__ import annotations

import pytest

from film.displayed_equation import false_equations

TRUE_FORMULAS = [
    "1 / 0.4 = 2.5 = 2^1.3219",
    "{{ 1 / 0.4 = 2.5 : ratio }} {{ = 2^1.3219 : power }}",
    'manimgrp("ratio", 1 / 0.4 = 2.5) manimgrp("power", = 2^1.3219)',
    "1/2 + 1/2 + 1/4 + 1/4 = 3/2",
    "1\\/2 + 1\\/4 = 3\\/4",
    "1.322 + 2.322 = 3.644",
    "0.4 dot 0.2 = 0.08",
    "40 % + 60 % = 100 %",
    "frac(1, 3) = 0.33",
    "1/3 + 1/3 = 67 %",
    "3 / 4 <= 1",
    "log_2 1 / 0.4 = 1.32",
    "0.4 dot 1.3219 + 0.6 dot 2.3219 = 1.9219",
    "binom(10, 3) = 120, quad 4! = 24",
    '1.32 "bits" + 2.32 "bits" = 3.64 "bits"',
    "2^10 approx 1000",
    "−0.4 + 1 = 0.6",
    "2^(-3) = 1/8",
    "1,024 + 1 = 1,025",
    "sqrt(2) = 1.41",
    "log_2 binom(10000, 7000) = 8806.07",
]
FALSE_FORMULAS = [
    ("1.3219 + 2.3219 = 3.6439", "3.6438 against 3.6439"),
    ("1/2 + 1/4 = 1/2", "0.75 against 0.5"),
    ("0.4 dot 0.2 = 0.09", "0.08 against 0.09"),
    ("1 / 0.4 = 2.6", "2.5 against 2.6"),
    ('manimgrp("a", 2.6) manimgrp("b", = 2^1.32)', "2.6 against 2.49666"),
    ("H = 0.4 dot 1.3219 + 0.6 dot 2.3219 = 1.93", "1.9219 against 1.93"),
    ("log_2 (1 / 0.4) = 1.33", "1.321928095 against 1.33"),
    ("5\\/4 <= 1", "1.25 is not <= 1"),
    ("3/4 > 1", "0.75 is not > 1"),
    ("33 % + 33 % + 33 % = 100 %", "0.99 against 1"),
    ("binom(10, 3) = 210", "120 against 210"),
    ("2^10 approx 2000", "1024 is not about 2000"),
    ('1.32 "bits" + 2.32 "bits" = 3.65 "bits"', "3.64 against 3.65"),
    ("2^(-3) = 1/4", "0.125 against 0.25"),
    ("400! = 2", "6.4035e868 against 2"),
    ("−0.4 + 1 = 1.4", "0.6 against 1.4"),
]
#: Nothing that could be worked out: variables, or no equation.
OPEN_FORMULAS = [
    "s(p) = log_2 1 / p",
    "p(1) = 0.4",
    "sum_x 2^(-ell(x)) <= 1",
    "x + 0.3 = 0.5",
    'b = 2: #h(0.4em) "bits"',
    "f(p_1 p_2) = f(p_1) + f(p_2) quad arrow.r.double quad f(p) = log_b 1 / p",
    "01 + 1 = 2",
    "1 / 0 = 3",
    "2 (3) = 7",
    "2^999999999 = 1",
    "= = =",
    "",
]


@pytest.mark.parametrize("source", [*TRUE_FORMULAS, *OPEN_FORMULAS])
def test_what_holds_or_cannot_be_told_is_passed_over(source: str) -> None:
    assert list(false_equations(source, maths=True)) == []


@pytest.mark.parametrize(("source", "why"), FALSE_FORMULAS)
def test_what_does_not_hold_is_said_once(source: str, why: str) -> None:
    (wrong,) = false_equations(source, maths=True)
    assert why in wrong.why


def test_every_false_link_of_a_chain() -> None:
    found = [wrong.displayed for wrong in false_equations("1 / 0.4 = 2.6 = 2^1.3219", maths=True)]
    assert found == ["1 / 0.4 = 2.6", "2.6 = 2 ^ 1.3219"]


@pytest.mark.parametrize(
    "text",
    [
        "HH keeps 0.81: from 0.00 to 0.81\n0 points at it: 1 bit",
        "0.4 times 0.2 is 0.08.",
        "The two make 1.4, the pair only 0.92",
        "an outcome with 0.4 is 1 of 4",
        "H(X) = 1.92",
        "0.5 = 3 k",
    ],
)
def test_words_that_hold(text: str) -> None:
    assert list(false_equations(text, maths=False)) == []


@pytest.mark.parametrize("text", ["0.4 times 0.2 is 0.09.", "1.32 bits + 2.32 bits = 3.65 bits", "so 0.3 + 0.6 = 1"])
def test_words_that_do_not_hold(text: str) -> None:
    assert len(list(false_equations(text, maths=False))) == 1
