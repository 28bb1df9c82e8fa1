"""A number typed by hand into a scene is found where it stands; formulas, names, formats and givens are not."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from film.concept_source import ConceptSource
from film.typed_digits import typed_digit_problems
from narration.fact import Fact, Facts

FACTS = Facts(
    heads=Fact(Fraction(9, 10), given=True),
    code=Fact("0 10 110", given=True),
    price=Fact(Fraction(1, 8)),
)

WRONG = {
    'Words("0.9 of the line")': "0.9",
    'Words("a line\\nof 12 words")': "12",
    'heading("Film 3")': "3",
    'self.turn_page(f"{beat.title} of 6")': "6",
    'Maths("0.9 + 0.1 = 1")': "0.9",
    'Maths("frac(1, 2)")': "1",
    'Maths("sqrt(2) dot 2")': "2",
    'Maths("x = 0.9")': "0.9",
    'Maths("2^10 = n")': "10",
    'Maths("n \\"of 7\\"")': "7",
    'Maths("{{ 0.25 : part }}")': "0.25",
    'LiveNumber(x, ".2f", suffix=" of 4 bits")': "4",
    "LiveNumber(0.9)": "0.9",
    "Maths(str(5))": "5",
    'Words(f"{3} words")': "3",
    'Words(facts.fill("{price:frac} of 8"))': "8",
    'Words(facts.shown("price", "frac") + " of 8")': "8",
    'bar = Bar(labels=["0.5", name])': "0.5",
    'text = "16 cells"': "16",
    'return "4 %"': "4",
    'ticks = {0.5: "1\\\\/2"}': "1",
    'Tile("110")': "110",
    "Fact(1.485, 'bits', 'H(X)')": "1.485",
}
RIGHT = [
    'Maths("s(p) = log_2 1 / p")',
    'Maths("sum_x 2^(-ell(x)) <= 1")',
    'Maths("f(p_1 p_12) = n! / (k! (n - k)!)")',
    'Maths("b = 2: #h(0.4em) \\"bits\\"")',
    'Maths(facts.fill("{{ 1 / {price:.3f} : ratio }} = 2^{price:.2f}"))',
    'Maths(facts.shown("price", "frac") + " <= 1")',
    'Words("log₂ n, and no digit")',
    'Words(facts.fill("{price:.3f} of the line"))',
    'self.facts.shown("outcomes_4", ".1f")',
    'facts.number(f"edge_{i}2")',
    'beat.wait_until("at_2_heads")',
    'LiveNumber(x, spec=".4f", color="#0E1320")',
    'LiveNumber(0, ".0f").set_value(1)',
    'f"{x:.2f}"',
    'count = 1 if text == "1" else 2',
    'tree.nodes["110"].select("part2")',
    'raise ValueError("between 0 and 1")',
    'product = [cell(bit) for bit in "01"]',
    '"""A docstring about 3 words."""',
    "word = int('110', 2)",
    "Fact(0.5, given=True)",
    "Fact(2 / n, 'bits', '2 / n')",
    "x: 'Literal[3]' = 3",
    "bar.scale(1.5).shift(2 * UP)",
]


def problems(tmp_path: Path, statement: str, top: str = "") -> list[str]:
    scene = tmp_path / "scenes" / "part" / "trial.py"
    scene.parent.mkdir(parents=True, exist_ok=True)
    scene.write_text(f"{top}\ndef beat_method():\n    {statement}\n", encoding="utf-8")
    found = typed_digit_problems(ConceptSource(scene).modules, FACTS)
    return [str(problem).removeprefix(f"{scene}:") for problem in found]


@pytest.mark.parametrize("statement", WRONG)
def test_a_typed_number_is_found_where_it_stands(tmp_path: Path, statement: str) -> None:
    (problem,) = problems(tmp_path, statement)
    assert problem.startswith("3:")
    assert f"'{WRONG[statement]}'" in problem


@pytest.mark.parametrize("statement", RIGHT)
def test_what_is_no_typed_number(tmp_path: Path, statement: str) -> None:
    assert problems(tmp_path, statement) == []


def test_place_and_remedy(tmp_path: Path) -> None:
    (problem,) = problems(tmp_path, 'é = Words("0.9")')
    assert problem == (
        "3:15: '0.9' is typed by hand into what the scene shows;"
        " make it a fact and write facts.shown(name, format) or facts.fill('{name:format}')"
    )
    (problem,) = problems(tmp_path, "Fact(1.485)")
    assert (
        problem
        == "3:10: the fact '1.485' is typed, not computed; compute it, or mark it as a given of the example: given=True"
    )


@pytest.mark.parametrize(
    "constant", ['CODE = ("0", "10", "110")', 'ONE_WORD = "110"', "P = Fraction(9, 10)", "ROW = 0.7"]
)
def test_a_constant_may_hold_what_is_a_given_fact(tmp_path: Path, constant: str) -> None:
    assert problems(tmp_path, "pass", constant) == []


@pytest.mark.parametrize("constant", ['CODE = ("0", "111")', 'TITLE = "20 words"', "P = (Fraction(1, 3),)"])
def test_a_constant_that_no_given_fact_declares(tmp_path: Path, constant: str) -> None:
    (problem,) = problems(tmp_path, "pass", constant)
    assert problem.startswith("1:")
    assert problem.endswith("declare it in compute_facts: Fact(..., given=True)")


def test_a_given_typed_into_a_method_is_still_typed(tmp_path: Path) -> None:
    assert len(problems(tmp_path, 'Words("110")')) == 1


def test_the_modules_beside_the_scene_are_read_too(tmp_path: Path) -> None:
    folder = tmp_path / "scenes" / "part"
    folder.mkdir(parents=True)
    (folder / "trial_pictures.py").write_text("from scenes.part.trial_deeper import y\n", encoding="utf-8")
    (folder / "trial_deeper.py").write_text('y = Words("7 of them")\n', encoding="utf-8")
    (folder / "stranger.py").write_text('y = Words("7 of them")\n', encoding="utf-8")
    (problem,) = problems(tmp_path, "pass", "from scenes.part.trial_pictures import x")
    assert problem.startswith(f"{folder / 'trial_deeper.py'}:1:11")
