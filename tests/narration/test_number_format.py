"""How numbers are shown and said."""

from __future__ import annotations

import math
import re
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narration.number_format import MINUS, FormatError, Value, fitting_formats, format_value

DIGIT_WORDS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]


@pytest.mark.parametrize(
    ("value", "spec", "shown", "spoken"),
    [
        (18, "", "18", "eighteen"),
        ("sugar", "", "sugar", "sugar"),
        (1024, "d", "1024", "one thousand twenty-four"),
        (46947.06, ",.1f", "46,947.1", "forty-six thousand nine hundred forty-seven point one"),
        (12.5, ",.2f", "12.50", "twelve point five zero"),
        (1234567, ",d", "1,234,567", "one million two hundred thirty-four thousand five hundred sixty-seven"),
        (-3, "d", "−3", "minus three"),
        (Fraction(4, 2), "d", "2", "two"),
        (1.32193, ".4f", "1.3219", "one point three two one nine"),
        (2.5, ".2f", "2.50", "two point five zero"),
        (84, ".0f", "84", "eighty-four"),
        (-1023.6, ",.0f", "−1,024", "minus one thousand twenty-four"),
        (-0.5, ".1f", "−0.5", "minus zero point five"),
        (-0.001, ".2f", "0.00", "zero point zero zero"),
        (0.3, "+.1f", "+0.3", "plus zero point three"),
        (-0.3, "+.1f", "−0.3", "minus zero point three"),
        (Fraction(2, 3), ".3f", "0.667", "zero point six six seven"),
        (math.inf, ".2f", "∞", "infinity"),
        (-math.inf, ".2f", "−∞", "minus infinity"),
        (0.4, "%", "40 %", "forty percent"),
        (0.125, ".1%", "12.5 %", "twelve point five percent"),
        (Fraction(3, 2), "frac", "3/2", "three halves"),
        (Fraction(1, 2), "frac", "1/2", "one half"),
        (Fraction(3, 4), "frac", "3/4", "three quarters"),
        (Fraction(-1, 3), "frac", "−1/3", "minus one third"),
        (Fraction(3, 16), "frac", "3/16", "three sixteenths"),
        (Fraction(63, 256), "frac", "63/256", "sixty-three over two hundred fifty-six"),
        (2, "frac", "2", "two"),
        ("010", "bits", "010", "zero one zero"),
        ("0 1 0", "bits", "0 1 0", "zero one zero"),
        (18, "words", "eighteen", "eighteen"),
        (21, "ordinal", "21st", "twenty-first"),
        (101, "ordinal", "101st", "one hundred first"),
    ],
)
def test_shown_and_spoken(value: Value, spec: str, shown: str, spoken: str) -> None:
    wording = format_value(value, spec)
    assert (wording.shown, wording.spoken) == (shown, spoken)


@pytest.mark.parametrize(
    ("value", "spec", "what", "remedy"),
    [
        (0.4, "", "a decimal number needs a format", ":.2f"),
        (Fraction(3, 2), "", "a fraction needs a format", ":frac"),
        (0.4, "d", "'d' does not fit a decimal number, 0.4", ":.1%"),
        (0.4, "frac", "'frac' does not fit", ":.2f"),
        (3, "bits", "'bits' does not fit a whole number", ":words"),
        ("red", ".2f", "'.2f' does not fit text, red", "none"),
        ("red", "bits", "'bits' does not fit text", "none"),
        (-1, "ordinal", "'ordinal' does not fit", ":words"),
        (3, "x", "there is no format 'x'", ":d"),
        (0.5, ".99f", "there is no format", ":.2f"),
        (0.5, "{0.__class__}", "there is no format", ":.2f"),
        (0.5, ".2f\n", "there is no format", ":.2f"),
        (0.5, ".²f", "there is no format", ":.2f"),
        (math.nan, ".2f", "NaN", "mend the computation"),
        (10**400, ",d", "too long", "logarithm"),
        (10**400, ".2f", "too long", "logarithm"),
        (10**400, "bits", "does not fit a whole number, so long a number", ":d"),
        (1e300, ".0f", "too long", "logarithm"),
        (Fraction(1, 10**400), "frac", "too long", "logarithm"),
    ],
)
def test_what_does_not_fit_says_what_does(value: Value, spec: str, what: str, remedy: str) -> None:
    with pytest.raises(FormatError) as caught:
        format_value(value, spec)
    assert what in caught.value.what
    assert remedy in caught.value.remedy
    assert str(caught.value) == f"{caught.value.what}; {caught.value.remedy}"


def test_numbers_too_long_for_python_to_print() -> None:
    for value in (10**5000, Fraction(1, 10**5000), Fraction(10**5000, 3)):
        for spec in ("", "d", ",d", ".2f", "%", "frac", "words", "ordinal", "bits", "nonsense"):
            if not (value < 1 and spec in (".2f", "%")):
                with pytest.raises(FormatError, match=r"so long a number|too long"):
                    format_value(value, spec)


values = st.one_of(
    st.integers(-(10**9), 10**9),
    st.floats(allow_nan=False, allow_infinity=False, min_value=-1e9, max_value=1e9),
    st.fractions(max_denominator=10**9, min_value=-(10**9), max_value=10**9),
    st.text("01", min_size=1, max_size=30),
    st.text(max_size=30),
)


@given(values)
def test_every_format_on_offer_fits(value: Value) -> None:
    for spec in fitting_formats(value):
        assert format_value(value, spec).shown or value == ""


@given(values, st.text(alphabet="dfb,.%+0123456789fracitsworlnd{}_", max_size=6))
def test_any_format_fits_or_is_refused(value: Value, spec: str) -> None:
    try:
        wording = format_value(value, spec)
    except FormatError:
        return
    if not isinstance(value, str):
        assert re.fullmatch(r"[a-z]+(?:[ -][a-z]+)*", wording.spoken)


@given(st.floats(min_value=-1e9, max_value=1e9), st.integers(0, 12))
def test_decimals_round_as_python_does(value: float, places: int) -> None:
    shown = format_value(value, f".{places}f").shown
    python = f"{value:z.{places}f}"
    assert shown == python.replace("-", MINUS)


@given(st.fractions(0, 50), st.integers(1, 12))
def test_spoken_decimals_are_the_digits_shown(value: Fraction, places: int) -> None:
    wording = format_value(value, f".{places}f")
    digits = wording.spoken.split(" point ")[1].split()
    assert "".join(str(DIGIT_WORDS.index(word)) for word in digits) == wording.shown.split(".")[1]


@given(st.fractions(-99, 99, max_denominator=9999))
def test_a_fraction_shown_is_its_value(value: Fraction) -> None:
    assert Fraction(format_value(value, "frac").shown.replace(MINUS, "-")) == value
