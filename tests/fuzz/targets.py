"""What reads anybody's bytes, each with its promise: it answers or refuses with its own error, and never else.

A target takes bytes; an exception that leaves it is a finding.
"""

from __future__ import annotations

import atexit
import contextlib
import dataclasses
import re
import shutil
import string
import tempfile
from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import TypeVar

import numpy as np

from film.address import address_of
from film.captions import captions
from film.errors import FilmError
from film.subtitles import srt, vtt
from film.transcript import transcript
from narration.align import WordTime
from narration.fact import Fact, FactError, Facts
from narration.fact_use import script_values
from narration.number_format import FormatError, Value, fitting_formats, format_value
from narration.opus import SoundError, decode_sound, decoded, encode_opus, sound_length
from narration.pacing import Pacing
from narration.script import Problem, Script, ScriptErrors, read_script, script_words
from narration.spoken_text import said, typed_digits, unspeakable
from narration.takes import TakeError, TakePaths, check_take, new_take_data, take_paths, write_take
from narration.timetable import Timetable, TimetableError
from scenes.programme import UnknownName, concepts

_Refusal = TypeVar("_Refusal", bound=Exception)
SPEAKABLE = set(string.ascii_letters + "'.,;:?!-— ")
FACTS = Facts(share=Fact(0.4), word=Fact("010"), bill=Fact(Fraction(3, 2)), count=Fact(1024))
SCRIPT = "# Prefix codes\n## budget: A price\nSo it is.\n"


@cache
def _folder() -> Path:
    """Where a target's files lie, for as long as the process runs; in memory where that is possible."""
    memory = Path("/dev/shm")
    folder = Path(tempfile.mkdtemp(prefix="fuzz-", dir=memory if memory.is_dir() else None))
    (folder / "en").mkdir()
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def _refusal(work: Callable[[], object], kind: type[_Refusal]) -> _Refusal | None:
    """The error of its own *kind* that *work* ends with, None if it ends well."""
    try:
        work()
    except kind as error:
        return error
    return None


def check_script(file: Path, data: bytes) -> Script | None:
    """A script's bytes, read from *file*: either it is whole, or it has problems, each at a place that exists."""
    file.write_bytes(data)
    try:
        script = read_script(file, FACTS)
    except ScriptErrors as errors:
        _check_problems(file, data, errors.problems)
        return None
    assert 0 < len(script.title) <= 100
    assert len({beat.name for beat in script.beats}) == len(script.beats)
    for beat in script.beats:
        assert re.fullmatch("[a-z][a-z0-9_]{0,59}", beat.name)
        assert beat.title.isprintable()
        assert beat.tokens
        assert len(set(beat.cues)) == len(beat.cues)
        for token in beat.tokens:
            assert script_words(token.spoken)
            assert set(token.spoken) <= SPEAKABLE
            assert token.shown.isprintable()
            assert token.shown == " ".join(token.shown.split())
            assert len(token.shown) <= 42
        assert sum(len(script_words(token.spoken)) for token in beat.tokens) == len(script_words(beat.spoken))
    assert all(value.name in FACTS for value in script_values(file))
    return script


def _check_problems(file: Path, data: bytes, problems: Sequence[Problem]) -> None:
    lines = re.split("\r\n?|\n", data.decode("utf-8", errors="replace").removeprefix("\ufeff"))
    assert 1 <= len(problems) <= 1000
    for problem in problems:
        place = problem.place
        assert 1 <= place.line <= len(lines)
        assert 1 <= place.column <= len(lines[place.line - 1]) + 1
        assert str(problem).startswith(f"{file}:{place.line}:{place.column}: ")
        assert str(problem).isprintable()


def script(data: bytes) -> None:
    """A script is read, or refused with places."""
    check_script(_folder() / "en" / "any.md", data)


def number(data: bytes) -> None:
    """``format LF value``: the value is worded, in characters that can be shown and said, or refused."""
    spec, _, literal = data.decode("utf-8", errors="ignore").partition("\n")
    value = _value_of(literal)
    for offered in fitting_formats(value):
        with contextlib.suppress(FormatError):  # a number too long for any format
            format_value(value, offered)
    with contextlib.suppress(FormatError):
        wording = format_value(value, spec)
        if not isinstance(value, str):
            assert wording.shown.isprintable()
            assert set(wording.spoken) <= SPEAKABLE


def _value_of(literal: str) -> Value:
    kinds: tuple[Callable[[str], Value], ...] = (int, float, Fraction)
    for kind in kinds:
        try:
            # Of a long exponent, Fraction would make the whole number.
            value = kind(literal if len(literal) < 1000 and "e" not in literal.lower() else repr(float(literal)))
        except (ValueError, ZeroDivisionError, OverflowError):
            continue
        return value if value == value else literal
    return literal


def template(data: bytes) -> None:
    """A template is filled, or refused."""
    with contextlib.suppress(FactError):
        FACTS.fill(data.decode("utf-8", errors="ignore"))


def spoken(data: bytes) -> None:
    """Whatever is written, what is unspeakable in it is found inside it, and the rest can be said."""
    written = data.decode("utf-8", errors="ignore")
    found = list(unspeakable(written))
    assert all(0 <= index < len(written) for index, *_ in found)
    assert all(0 <= index < len(written) for index, _ in typed_digits(written))
    if not found:
        assert set(said(written)) <= SPEAKABLE


def timetable(data: bytes) -> None:
    """A timetable is refused, or gives captions that keep their form in every file."""
    try:
        table = Timetable.from_json(data.decode("utf-8", errors="replace"))
    except TimetableError:
        return
    written = table.to_json()
    assert Timetable.from_json(written).to_json() == written
    table.shifted(10).to_json()
    transcript(table.title, [table])
    try:
        told = captions(table)
    except FilmError:
        return
    assert srt(told).count("-->") == len(told)
    assert len(re.findall("^[0-9:.]+ --> [0-9:.]+$", vtt(told, table.title, ()), re.MULTILINE)) == len(told)


@cache
def whole_take() -> tuple[Script, TakePaths, bytes]:
    """A script, and the take of its only beat."""
    file = _folder() / "en" / "kraft.md"
    file.write_text(SCRIPT, encoding="utf-8")
    made = read_script(file, Facts())
    (beat,) = made.beats
    paths = take_paths(made, beat, _folder() / "takes")
    opus = encode_opus(np.random.default_rng(0).normal(0, 0.1, 4800).astype(np.float32))
    words = (WordTime("so", 0.0, 0.03), WordTime("it", 0.03, 0.06), WordTime("is", 0.06, 0.1))
    given = new_take_data(beat, "espeak:en-us", {"rate": 165}, Pacing(), 4800)
    write_take(paths, dataclasses.replace(given, words=words), opus)
    return made, paths, paths.json.read_bytes()


def take_json(data: bytes) -> None:
    """A take's JSON is the take's, or refused with the command that makes it again."""
    made, paths, _ = whole_take()
    paths.json.write_bytes(data)
    refusal = _refusal(lambda: check_take(made, made.beats[0], _folder() / "takes"), TakeError)
    if refusal is not None:
        assert refusal.path in (paths.json, paths.opus)
        assert str(refusal).isprintable()
        assert "render.py narrate kraft@budget" in str(refusal)


def sound(data: bytes) -> None:
    """A sound is decoded, finite and of bounded length, or refused."""
    for read in (sound_length, decode_sound, decoded):
        refusal = _refusal(lambda read=read: read(data), SoundError)  # type: ignore[misc]
        assert refusal is None or str(refusal)


def address(data: bytes) -> None:
    """An address is a film of the programme, or unknown."""
    try:
        film, beats = address_of(data.decode("utf-8", errors="surrogateescape"))
    except UnknownName:
        return
    assert film in concepts()
    assert beats is None or beats


TARGETS: dict[str, Callable[[bytes], None]] = {
    target.__name__: target for target in (script, number, template, spoken, timetable, take_json, sound, address)
}
