"""The ledger: every number of the series, and where it is shown and spoken; and what is wrong with any of them.

A film's scene runs once with its animations skipped, while its facts note who asks for them and the texts on its stage
are read. Nothing is encoded.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from traceback import extract_tb
from typing import Any

from manim import Animation, Mobject

from film.concept_source import ConceptSource, holds
from film.displayed_equation import false_equations
from film.drawing.frame_renderer import FrameRenderer
from film.failure import first_line, is_missing_library
from film.manim_session import manim_session
from film.quality import QUALITIES
from film.typed_digits import typed_digit_problems
from narration.fact import Facts, Value
from narration.fact_use import FactText, RecordingFacts, Use, script_values
from narration.fallback import Fallback
from narration.script import Place, Problem, Script, ScriptErrors
from scenes.programme import Concept
from scenes.stage.concept_scene import ConceptScene
from scenes.stage.contract import contract_problems
from scenes.stage.typeset import Source

__all__ = ["STAGE", "Entry", "Ledger", "film_ledger", "ledger"]

STAGE = "stage"  # in place of a beat: while the stage was set


@dataclass(frozen=True, slots=True)
class Entry:
    """A fact of a film. *shown*, *spoken* and *drawn* name beats, "title", or "stage" where no beat can be told.

    *drawn* says where the number gives a picture its measure.
    """

    concept: str
    name: str
    value: Value
    unit: str
    formula: str
    given: bool
    shown: tuple[str, ...]
    spoken: tuple[str, ...]
    drawn: tuple[str, ...]
    texts: tuple[str, ...]

    @property
    def used(self) -> bool:
        """Whether anything is done with it."""
        return bool(self.shown or self.spoken or self.drawn)


@dataclass(frozen=True)
class Ledger:
    """The entries in the order of the programme, and every problem found."""

    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class _Asked:
    """A fact was asked for in a beat ("" while the stage is set)."""

    name: str
    use: Use
    beat: str
    text: str


@dataclass(frozen=True, slots=True)
class _Displayed:
    """A text that came onto the stage in a beat, and the facts in it."""

    beat: str
    text: str
    maths: bool
    names: tuple[str, ...]


def ledger(concepts: Sequence[Concept], *, workers: int = 1) -> Ledger:
    """The ledger of these films, so many at a time. A film that cannot run is a problem like any other.

    Raises ImportError or OSError when a package or library is missing.
    """
    if workers == 1 or len(concepts) == 1:
        films = [_ledger_or_failure(concept) for concept in concepts]
    else:
        # Fresh processes: Manim's configuration is one for each.
        with ProcessPoolExecutor(min(workers, len(concepts)), mp_context=get_context("spawn")) as pool:
            films = list(pool.map(_ledger_or_failure, concepts))
    problems = ScriptErrors(problem for film in films for problem in film.problems).problems
    return Ledger(tuple(entry for film in films for entry in film.entries), problems)


def _ledger_or_failure(concept: Concept) -> Ledger:
    try:
        return film_ledger(concept)
    except ScriptErrors as errors:
        return Ledger((), errors.problems)
    except Exception as error:
        if is_missing_library(error):
            raise
        own = [f for f in extract_tb(error.__traceback__) if Path(f.filename).parent == concept.scene_path.parent]
        place = Place(Path(own[-1].filename), own[-1].lineno or 1, 1) if own else Place(concept.scene_path, 1, 1)
        what = f"the film cannot run: {type(error).__name__}: {first_line(error)}"
        return Ledger((), (Problem(place, what, "mend the scene"),))


def film_ledger(concept: Concept) -> Ledger:
    """The ledger of one film. Raises ScriptErrors if script and scene do not agree, and what the scene raises."""
    scene = concept.scene_class()
    facts, script = scene.compute_facts(), scene.read_script()
    if disagreements := contract_problems(scene, script):
        raise ScriptErrors(disagreements)
    source = ConceptSource(concept.scene_path)
    run = _Run.of(concept)
    uses = [*run.asked, *_script_uses(script)]
    entries = tuple(_entry(concept.name, name, facts, uses, run, script, source) for name in facts)
    problems = [
        *typed_digit_problems(source.modules, facts),
        *_equation_problems(run, script, source),
        *_unused_problems(entries, run, source),
    ]
    return Ledger(entries, tuple(problems))


class _Run:
    """A scene while it runs: what it asks of its facts, and what it says."""

    def __init__(self) -> None:
        self.asked: list[_Asked] = []
        self.displayed: list[_Displayed] = []
        self._standing: set[_Displayed] = set()

    @classmethod
    def of(cls, concept: Concept) -> _Run:
        """Run the scene of *concept* without pictures, in the time of its takes or else in silence."""
        run = cls()
        with TemporaryDirectory() as media, manim_session(Path(media), QUALITIES["l"], dry_run=True):
            scene = concept.scene_class()(
                renderer=FrameRenderer(skip_animations=True),
                fallback=Fallback.SILENCE,
                sound=False,
                on_play_end=run.look,
            )
            scene.facts = RecordingFacts(
                scene.facts, lambda name, use, text: run.asked.append(_Asked(name, use, scene.beat_name, text))
            )
            scene.render()
        return run

    def look(self, scene: ConceptScene[Any], beat: str, animation: str) -> None:
        """Note the texts that an animation brought onto the stage, or that passed over it."""
        standing = {
            _displayed("", source) for source in _sources([*scene.mobjects, *_animated(scene.animations or ())])
        }
        self.displayed += (replace(text, beat=beat) for text in standing - self._standing)
        self._standing = standing


def _displayed(beat: str, source: Source) -> _Displayed:
    names = source.text.names if isinstance(source.text, FactText) else ()
    return _Displayed(beat, source.text, source.maths, names)


def _sources(mobjects: Iterable[Mobject]) -> Iterator[Source]:
    """What these mobjects and their parts were set from."""
    todo, seen = list(mobjects), set[int]()
    while todo:
        mobject = todo.pop()
        if id(mobject) not in seen:
            seen.add(id(mobject))
            todo += mobject.submobjects
            source = vars(mobject).get("source")
            if isinstance(source, Source):
                yield source


def _animated(animations: Iterable[Animation]) -> Iterator[Mobject]:
    """What animations move, and what they turn it into."""
    for animation in animations:
        yield from _animated(getattr(animation, "animations", ()))
        for name in ("mobject", "target_mobject"):
            if isinstance(mobject := getattr(animation, name, None), Mobject):
                yield mobject


# ---- entries -------------------------------------------------------------------------------------


def _script_uses(script: Script) -> Iterator[_Asked]:
    """The values of the script by beat; the film's title is a place of its own."""
    for value in script_values(script.path):
        begun = [beat.name for beat in script.beats if beat.place.line <= value.place.line]
        beat = begun[-1] if begun else "title"
        if value.shown:
            yield _Asked(value.name, Use.SHOWN, beat, "")
        if value.spoken:
            yield _Asked(value.name, Use.SPOKEN, beat, "")


def _entry(
    concept: str, name: str, facts: Facts, uses: Sequence[_Asked], run: _Run, script: Script, source: ConceptSource
) -> Entry:
    fact = facts[name]
    mine = [use for use in uses if use.name == name]
    texts = tuple(dict.fromkeys(use.text for use in mine if use.use is Use.SHOWN and use.text))
    drawn = {use.beat for use in mine if use.use is Use.DRAWN}
    if fact.given:
        drawn |= _beats_drawing(fact.value, script, source)
    shown = {use.beat for use in mine if use.use is Use.SHOWN}
    appeared = {text.beat for text in run.displayed if name in text.names}
    if appeared:
        # Where it was asked for while the stage was set is no place; where it came up is.
        shown = (shown - {""}) | appeared
    order = ["", "title", *(beat.name for beat in script.beats)]

    def places(beats: Iterable[str]) -> tuple[str, ...]:
        return tuple(beat or STAGE for beat in sorted(set(beats), key=order.index))

    spoken = places(use.beat for use in mine if use.use is Use.SPOKEN)
    return Entry(
        concept, name, fact.value, fact.unit, fact.formula, fact.given, places(shown), spoken, places(drawn), texts
    )


def _beats_drawing(given: Value, script: Script, source: ConceptSource) -> set[str]:
    """The beats whose methods reach a constant that holds this given; "" for the stage."""
    names = {name for module in source.modules for name, node in module.constants.items() if holds(node, given)}
    methods = {beat.name: beat.name for beat in script.beats} | {"": "set_stage"}
    return {beat for beat, method in methods.items() if names & source.constants_reached(method)}


# ---- problems ------------------------------------------------------------------------------------


def _equation_problems(run: _Run, script: Script, source: ConceptSource) -> Iterator[Problem]:
    """Every equation that does not hold as displayed, once."""
    seen: set[str] = set()
    for said in run.displayed:
        for wrong in false_equations(said.text, maths=said.maths):
            if wrong.displayed not in seen:
                seen.add(wrong.displayed)
                place = source.place_of_function(said.beat or "set_stage")
                yield _false(place, said.beat or STAGE, wrong.displayed, wrong.why)
    for beat in script.beats:
        for wrong in false_equations(beat.caption, maths=False):
            yield _false(beat.place, beat.name, wrong.displayed, wrong.why)


def _false(place: Place, beat: str, displayed: str, why: str) -> Problem:
    what = f"in '{beat}' the display says {displayed}, which does not hold ({why})"
    return Problem(place, what, "show other decimals, write approx for =, or mend the formula")


def _unused_problems(entries: Iterable[Entry], run: _Run, source: ConceptSource) -> Iterator[Problem]:
    remedy = "show, say or draw it, or take it out of compute_facts"
    for entry in entries:
        if not entry.used:
            yield Problem(source.place_of_fact(entry.name), f"nothing uses the fact '{entry.name}'", remedy)
        elif not entry.spoken and not entry.drawn and not _stands(entry, run):
            what = f"the fact '{entry.name}' is written as {entry.texts[0]!r}, which is never on the stage"
            yield Problem(source.place_of_fact(entry.name), what, remedy)


def _stands(entry: Entry, run: _Run) -> bool:
    """Whether a text that the fact was written as was on the stage; a caption is no text of the stage."""
    # A text may be shown symbol by symbol, as code digits are.
    if not entry.texts or isinstance(entry.value, str) or any(entry.name in said.names for said in run.displayed):
        return True
    # Texts put together from pieces do not know their facts.
    pattern = re.compile("|".join(rf"(?<![\w.]){re.escape(text)}(?!\w|\.[0-9])" for text in entry.texts))
    return any(pattern.search(re.sub(r"\\(\S)", r"\1", said.text)) for said in run.displayed)
