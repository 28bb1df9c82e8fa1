"""The ledger lists every fact with the places where it is shown, spoken and drawn, and tells what is wrong."""

from __future__ import annotations

import copy
import io
import json
import re
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest
from rich.console import Console

from film.ledger import Entry, Ledger, film_ledger, ledger
from film.ledger_report import as_markdown, as_rows, as_tables
from narration.fact import Fact, Facts
from narration.fact_use import FactText, RecordingFacts, Use, script_values
from narration.number_format import format_value
from scenes.programme import concept, concepts

from ..conftest import MakeFilm

SCRIPT = """## first: One half, {half:frac}
Half is {half:frac}, [lay] shown as [{price:.2f}](some of it) and [a lot](more than {bits:.1f}).

## second: The second
And [end] that is it.
"""
METHODS = """    CODE_ROW = 3.0

    @staticmethod
    def compute_facts() -> Facts:
        from fractions import Fraction
        return Facts(
            half=Fact(Fraction(1, 2), given=True),
            price=Fact(0.5 ** 2, "bits", "2^(-ell)"),
            bits=Fact(1 / 0.5, "bits"),
            {facts}
        )

    def set_stage(self):
        from scenes.stage.typeset import Maths, Words
        facts = self.facts
        total = Maths(facts.fill("{{{{ {{half:frac}} + {{half:frac}} : sum }}}} {{{{ = 1 / 1 : whole }}}}"))
        late = Words(facts.shown("price", ".2f"))
        {stage}
        return total, late

    def first(self, beat: Beat) -> None:
        from scenes.stage.typeset import Maths, Words
        total, late = self.props
        beat.wait_until("lay")
        self.play(FadeIn(total.select("sum")), run_time=0.2)
        {first}

    def second(self, beat: Beat) -> None:
        total, late = self.props
        beat.wait_until("end")
        self.play(TransformFromCopy(total, late), run_time=0.2)
        self.play(late.animate.scale(self.facts.number("bits")), run_time=0.2)
"""

MakeLedger = Callable[..., Ledger]


@pytest.fixture
def make_ledger(make_film: MakeFilm, monkeypatch: pytest.MonkeyPatch) -> MakeLedger:
    """The ledger of the trial film with this in its facts, its stage and its first beat."""
    # Bytecode is told apart by size and second: a second version within the same second would run as the first.
    monkeypatch.setattr("sys.dont_write_bytecode", True)

    def make(*, facts: str = "", stage: str = "", first: str = "", script: str = SCRIPT) -> Ledger:
        film = make_film(script, METHODS.format(facts=facts, stage=stage, first=first))
        return film_ledger(film.concept)

    return make


def entries(of: Ledger) -> dict[str, Entry]:
    return {entry.name: entry for entry in of.entries}


def problems(of: Ledger) -> list[str]:
    """Without the folder, and without line and column."""
    return [re.sub(r"^.*/(\w+\.\w+):\d+:\d+", r"\1", str(problem)) for problem in of.problems]


def test_where_facts_are_shown_spoken_and_drawn(make_ledger: MakeLedger) -> None:
    found = make_ledger()
    assert problems(found) == []
    facts = entries(found)
    half, price, bits = facts["half"], facts["price"], facts["bits"]
    # It was written while the stage was set; a part of the formula came up in the first beat, and stayed.
    assert (half.shown, half.spoken, half.drawn) == (("first",), ("first",), ())
    assert (price.shown, price.spoken, price.drawn) == (("first", "second"), (), ())
    assert (bits.shown, bits.spoken, bits.drawn) == ((), ("first",), ("second",))
    assert (half.value, half.given) == (Fraction(1, 2), True)
    assert (price.value, price.unit, price.formula, price.given) == (0.25, "bits", "2^(-ell)", False)
    assert (half.texts, price.texts, bits.texts) == (("1/2",), ("0.25",), ())


def test_a_text_asked_for_but_never_shown_is_on_no_stage(make_ledger: MakeLedger) -> None:
    found = make_ledger(facts="lost=Fact(1 / 3),", stage='Words(facts.shown("lost", ".3f"))')
    (problem,) = problems(found)
    assert problem == (
        "trial.py: the fact 'lost' is written as '0.333', which is never on the stage;"
        " show, say or draw it, or take it out of compute_facts"
    )


def test_a_text_put_together_from_pieces_counts(make_ledger: MakeLedger) -> None:
    line = 'self.play(FadeIn(Words(self.facts.shown("third", ".3f") + " of it")))'
    found = make_ledger(facts="third=Fact(1 / 3),", first=line)
    assert problems(found) == []
    assert entries(found)["third"].shown == ("first",)


def test_a_fact_that_nothing_uses(make_ledger: MakeLedger) -> None:
    found = make_ledger(facts="idle=Fact(1 / 3),")
    (problem,) = found.problems
    line = Path(problem.place.path).read_text(encoding="utf-8").splitlines()[problem.place.line - 1]
    assert line[problem.place.column - 1 :] == "idle=Fact(1 / 3),"
    assert problem.what == "nothing uses the fact 'idle'"


def test_a_displayed_sum_that_does_not_add_up(make_ledger: MakeLedger) -> None:
    facts = "a=Fact(1.32193 / 1), b=Fact(2.32193 / 1), c=Fact(3.64386 / 1),"
    line = 'self.play(FadeIn(Maths(self.facts.fill("{a:.4f} + {b:.4f} = {c:.4f}"))))'
    (problem,) = problems(make_ledger(facts=facts, first=line))
    assert problem.startswith(
        "trial.py: in 'first' the display says 1.3219 + 2.3219 = 3.6439, which does not hold (as displayed, 3.6438"
    )
    assert problems(make_ledger(facts=facts, first=line.replace(".4f", ".3f"))) == []


def test_a_sum_in_pieces_may_say_what_it_shows(make_ledger: MakeLedger) -> None:
    lines = (
        "from scenes.stage.typeset import Source; label = Maths(self.facts.shown('price', '.2f'));"
        " label.source = Source('{} + {} = {}'.format(*(self.facts.shown(n, '.1f') for n in ('half', 'half', 'bits'))),"
        " maths=True); self.play(FadeIn(label))"
    )
    (problem,) = problems(make_ledger(first=lines))
    assert "the display says 0.5 + 0.5 = 2.0" in problem


def test_a_caption_that_does_not_add_up(make_ledger: MakeLedger) -> None:
    script = SCRIPT.replace("And [end]", "{half:.1f} times {half:.1f} is {half:.1f}, [end]")
    (problem,) = problems(make_ledger(script=script))
    assert problem.startswith("trial.md: in 'second' the display says 0.5 * 0.5 = 0.5")


def test_all_problems_at_once_with_their_places(make_ledger: MakeLedger) -> None:
    line = 'self.play(FadeIn(Words("7 of them"), Maths("1 + 1 = 3")))'
    found = make_ledger(facts="idle=Fact(1 / 3), typed=Fact(1.485),", first=line)
    whats = [problem.what for problem in found.problems]
    assert len(whats) == 6, whats
    for expected in ("'idle'", "'typed'", "'1.485'", "'7'", "'1'", "1 + 1 = 3"):
        assert sum(expected in what for what in whats) == 1, (expected, whats)


def test_what_script_and_scene_do_not_agree_on_is_told_for_all_films(make_film: MakeFilm) -> None:
    wrong = make_film("## alone\nA [cue] and {nothing:d}.\n", METHODS.format(facts="", stage="", first=""))
    late = make_film(
        "## one\nWords.\n", "    def one(self, beat: Beat) -> None:\n        raise RuntimeError('no')\n", name="late"
    )
    found = ledger([wrong.concept, late.concept])
    assert found.entries == ()
    texts = problems(found)
    assert any("'nothing'" in text for text in texts)
    assert "late.py: the film cannot run: RuntimeError: no; mend the scene" in texts


# ---- facts that note their use -------------------------------------------------------------------


def test_recording_changes_no_value_and_no_text() -> None:
    plain = Facts(half=Fact(Fraction(1, 2)), word=Fact("010", given=True))
    heard: list[tuple[str, Use, str]] = []
    facts = RecordingFacts(plain, lambda *use: heard.append(use))
    assert heard == []
    assert "half" in facts
    assert len(facts) == 2
    assert heard == []
    assert facts["half"] is plain["half"]
    assert facts.number("half") == 0.5
    assert facts.shown("half", "frac") == "1/2"
    assert facts.spoken("word", "bits") == plain.spoken("word", "bits")
    assert heard == [
        ("half", Use.DRAWN, ""),
        ("half", Use.DRAWN, ""),
        ("half", Use.SHOWN, "1/2"),
        ("word", Use.SHOWN, "010"),
    ]
    with pytest.raises(KeyError, match="did you mean 'half'"):
        facts.number("hall")


def test_texts_know_their_facts() -> None:
    facts = RecordingFacts(Facts(a=Fact(0.4), b=Fact(Fraction(1, 2))), lambda *_: None)
    filled = facts.fill("{a:.1f} + {{ {b:frac} : part }} + {a:.2f}")
    assert filled == "0.4 + {{ 1/2 : part }} + 0.40"
    for text in (filled, copy.deepcopy(filled), filled.replace("/", "\\/")):
        assert isinstance(text, FactText)
        assert text.names == ("a", "b")


def test_values_of_a_script(tmp_path: Path) -> None:
    path = tmp_path / "trial.md"
    path.write_text("# A {a:d}\n\n## one_two: B\n[{b:d}](some {c:d}) and {d:.1f} <!-- {e} -->\n", encoding="utf-8")
    found = [(v.name, v.spec, v.place.line, v.place.column, v.shown, v.spoken) for v in script_values(path)]
    assert found == [
        ("a", "d", 1, 5, True, True),
        ("b", "d", 4, 2, True, False),
        ("c", "d", 4, 14, False, True),
        ("d", ".1f", 4, 25, True, True),
    ]


# ---- reports -------------------------------------------------------------------------------------


def test_reports_tell_every_fact(make_ledger: MakeLedger) -> None:
    found = make_ledger(facts='tricky=Fact("[red]|x", given=True),')
    facts = json.loads(json.dumps(as_rows(found)))
    assert [fact["name"] for fact in facts] == ["half", "price", "bits", "tricky"]
    assert facts[0]["value"] == "1/2"
    assert facts[1]["value"] == 0.25
    assert facts[0]["shown"] == ["trial@first"]
    assert [p.what for p in found.problems] == ["nothing uses the fact 'tricky'"]
    rows = [line for line in as_markdown(found).splitlines() if line.startswith("| `")]
    assert len(rows) == 4
    assert "| `half` | 1/2 |  |  | given | @first | @first |  |" in rows
    assert "| `tricky` | [red]\\|x |" in rows[3]
    out = io.StringIO()
    console = Console(file=out, width=160)
    for table in as_tables(found):
        console.print(table)
    assert "[red]|x" in out.getvalue()
    assert "2^(-ell)" in out.getvalue()


# ---- the films -----------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("name", [film.name for film in concepts()])
def test_the_ledger_of_a_film_is_complete_and_clean(name: str) -> None:
    film = concept(name)
    found = film_ledger(film)
    scene = film.scene_class()
    facts = scene.compute_facts()
    assert [str(problem) for problem in found.problems] == []
    assert [(e.name, e.value, e.unit, e.formula, e.given) for e in found.entries] == [
        (fact_name, f.value, f.unit, f.formula, f.given) for fact_name, f in facts.items()
    ]
    beats = {beat.name for beat in scene.read_script().beats}
    for entry in found.entries:
        assert entry.used
        assert {*entry.shown, *entry.spoken, *entry.drawn} <= beats | {"stage"}


@pytest.mark.parametrize("name", ["kraft", "surprise"])
def test_captions_say_the_values_of_facts(name: str) -> None:
    scene = concept(name).scene_class()
    facts, script = scene.compute_facts(), scene.read_script()
    values = list(script_values(script.path))
    assert values
    for value in values:
        begun = [beat for beat in script.beats if beat.place.line <= value.place.line]
        wording = format_value(facts[value.name].value, value.spec)
        assert wording.shown in begun[-1].caption
        assert wording.spoken in begun[-1].spoken
