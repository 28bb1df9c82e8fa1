"""Facts: named numbers for the picture and the voice."""

from __future__ import annotations

import math
import pickle
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from narration.fact import Fact, FactError, Facts, UnknownFact


@pytest.fixture
def facts() -> Facts:
    return Facts(
        entropy=Fact(1.9219, "bits", "H(X)"),
        kraft_sum=Fact(Fraction(3, 2)),
        words=Fact(18, "words"),
        code=Fact("010"),
        share=Fact(0.4, given=True),
        sequences=Fact(2**2000),
        impossible=Fact(math.inf, "bits"),
    )


def test_a_mapping_of_names_to_facts(facts: Facts) -> None:
    assert facts["entropy"] == Fact(1.9219, "bits", "H(X)")
    assert list(facts)[:2] == ["entropy", "kraft_sum"]
    assert len(facts) == 7
    assert "entropy" in facts
    assert "entropie" not in facts
    assert facts.get("entropie") is None


def test_number_shown_and_spoken(facts: Facts) -> None:
    assert facts.number("kraft_sum") == 1.5
    assert facts.number("impossible") == math.inf
    assert facts.shown("entropy", ".2f") == "1.92"
    assert facts.spoken("entropy", ".2f") == "one point nine two"
    assert facts.shown("words") == "18"
    assert facts.spoken("code", "bits") == "zero one zero"


def test_an_unknown_name_gets_the_nearest(facts: Facts) -> None:
    with pytest.raises(UnknownFact, match=r"^there is no fact 'entropi'; did you mean 'entropy'\?$"):
        facts.number("entropi")
    with pytest.raises(FactError, match=r"the facts are: code, entropy, impossible, kraft_sum"):
        facts.shown("zzz")
    with pytest.raises(FactError, match="no facts yet"):
        Facts().shown("entropy")


def test_a_very_long_name_is_answered_briefly(facts: Facts) -> None:
    with pytest.raises(FactError) as caught:
        facts.shown("entropy" * 100_000)
    assert len(str(caught.value)) < 500


def test_numbers_that_are_none(facts: Facts) -> None:
    with pytest.raises(FactError, match="'code' is text, '010', no number"):
        facts.number("code")
    with pytest.raises(FactError, match="too large for a float"):
        facts.number("sequences")


def test_a_float_needs_a_format(facts: Facts) -> None:
    with pytest.raises(FactError, match=r"\{entropy\}: a decimal number needs a format, 1\.9219; formats that fit"):
        facts.shown("entropy")


@pytest.mark.parametrize(
    ("template", "filled"),
    [
        ("H(X) = {entropy:.2f}", "H(X) = 1.92"),
        ("{{ {kraft_sum:frac} : sum }} <= {words}", "{{ 3/2 : sum }} <= 18"),
        ("{{{words}}}", "{{18}}"),
        ("{{ x : label }}", "{{ x : label }}"),
        (r"\{ {code}, 10 \}", r"\{ 010, 10 \}"),
        ("no marks", "no marks"),
    ],
)
def test_filling_templates(facts: Facts, template: str, filled: str) -> None:
    assert facts.fill(template) == filled


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ("{entropi:.2f}", "did you mean 'entropy'"),
        ("{entropy}", "needs a format"),
        ("{entropy:q}", "there is no format 'q'"),
        ("{entropy.__class__}", "names no fact"),
        ("{entropy!r}", "names no fact"),
        ("{0}", "names no fact"),
        ("{}", "names no fact"),
        ("{entropy", "'{' at character 1 has no partner"),
        ("a } b", "'}' at character 3 has no partner"),
    ],
)
def test_templates_with_mistakes(facts: Facts, template: str, message: str) -> None:
    with pytest.raises(FactError, match=message.replace("{", r"\{")):
        facts.fill(template)


def test_numpy_scalars_become_python_numbers() -> None:
    scalars: list[Any] = [np.int64(3), np.float64(0.5), np.float32(0.5)]
    assert [type(Fact(scalar).value) for scalar in scalars] == [int, float, float]


@pytest.mark.parametrize("value", [True, None, [1.0], np.array([1.0]), 1j])
def test_what_is_no_value(value: object) -> None:
    with pytest.raises(TypeError, match="a fact is an int, float, Fraction or text"):
        Fact(value)  # type: ignore[arg-type]


def test_nan_is_no_fact() -> None:
    with pytest.raises(ValueError, match="NaN"):
        Fact(math.nan)


def test_names_and_types_are_checked() -> None:
    with pytest.raises(FactError, match="'a b' cannot name a fact"):
        Facts(**{"a b": Fact(1)})
    with pytest.raises(TypeError, match=r"write p=Fact\(\.\.\.\)"):
        Facts(p=0.5)  # type: ignore[arg-type]


def test_errors_survive_another_process(facts: Facts) -> None:
    with pytest.raises(UnknownFact) as caught:
        facts.shown("entropi")
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)
