"""What a beat really calls, seen while the films of the series run, is among what its key counts."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

import pytest

from film.beat_key import BOOKKEEPING, RENDERERS, shaping_files
from film.drawing.frame_renderer import FrameRenderer
from film.inputs.closure import Sources
from film.inputs.reach import FilmReach
from film.manim_session import manim_session
from film.quality import QUALITIES
from narration.fallback import Fallback
from scenes.programme import ROOT, Concept, concept, concepts

QUICK = "surprise"
LONGER = tuple(film.name for film in concepts() if film.name != QUICK)


@contextmanager
def watching(beat: Callable[[], str], calls: dict[str, set[CodeType]]) -> Iterator[None]:
    """Note, by the beat that plays, the code of every function that is called."""

    def note(frame: FrameType, event: str, _: Any) -> None:
        calls[beat()].add(frame.f_code)  # lines are not asked for, so this is told of calls only

    before = sys.gettrace()
    sys.settrace(note)
    try:
        yield
    finally:
        sys.settrace(before)


def calls_of(film: Concept, media: Path) -> dict[str, set[CodeType]]:
    """By beat ("" for before the first) what ran while the film was played without pictures."""
    calls: dict[str, set[CodeType]] = defaultdict(set)
    scenes: list[Any] = []
    with manim_session(media, QUALITIES["l"], dry_run=True):
        scene_class = film.scene_class()
        with watching(lambda: scenes[0].beat_name if scenes else "", calls):
            renderer = FrameRenderer(skip_animations=True)
            scenes.append(scene_class(renderer=renderer, fallback=Fallback.SILENCE, sound=False))
            scenes[0].render()
    return calls


def counted(film: Concept, beats: list[str]) -> dict[str, set[str]]:
    """By beat ("" for before the first) the files and the pieces of files that its key counts."""
    sources = Sources(ROOT)
    reach = FilmReach(sources, film.scene_path.relative_to(ROOT).as_posix(), film.class_name, beats)
    assert not reach.opaque
    found: dict[str, set[str]] = {}
    so_far = set(shaping_files(sources, RENDERERS))
    for beat in ("", *beats):
        reached = reach.of_beat(beat) if beat else reach.always()
        so_far |= reached.files | {piece.address for piece in reached.pieces}
        found[beat] = set(so_far)
    return found


def addresses(code: CodeType) -> set[str]:
    """The names under which a function may be counted: its file, its own piece, or a constant made by a lambda."""
    file = Path(code.co_filename).relative_to(ROOT).as_posix()
    return {file, f"{file}:{code.co_qualname.partition('.<locals>')[0]}"}


def is_ours(code: CodeType) -> bool:
    path = Path(code.co_filename)
    ours = path.is_relative_to(ROOT) and not path.is_relative_to(ROOT / "tests") and ".venv" not in path.parts
    return ours and not path.relative_to(ROOT).as_posix().startswith((*BOOKKEEPING, "film/still.py"))


@pytest.mark.parametrize("name", [QUICK, *(pytest.param(name, marks=pytest.mark.slow) for name in LONGER)])
def test_everything_that_runs_is_counted(name: str, tmp_path: Path) -> None:
    film = concept(name)
    beats = [beat.name for beat in film.scene_class().read_script().beats]
    calls, keys = calls_of(film, tmp_path), counted(film, beats)
    assert list(calls) == ["", *beats]
    ours = {beat: [code for code in found if is_ours(code)] for beat, found in calls.items()}
    missed = {
        f"{beat}: {sorted(addresses(code))[-1]}"
        for beat, found in ours.items()
        for code in found
        if keys[beat].isdisjoint(addresses(code))
    }
    assert missed == set()
    # It is no wonder if all counts everywhere: a good part of what runs in the end is not counted in the beginning.
    late = {code for beat in beats for code in ours[beat] if keys[beats[0]].isdisjoint(addresses(code))}
    assert len(late) > 10


@pytest.mark.parametrize("film", concepts(), ids=lambda film: str(film.name))
def test_private_methods_replace_none_of_the_base_class(film: Concept) -> None:
    """A private method counts where it is named; if Manim or the base class called it, that would be too late."""
    scene = film.scene_class()
    inherited = {name for base in scene.__mro__[1:] for name in vars(base)}
    assert {name for name in vars(scene) if name.startswith("_") and not name.endswith("__")}.isdisjoint(inherited)


def test_nothing_that_a_film_reaches_imports_by_a_computed_name() -> None:
    """But for the programme, which imports scenes."""
    sources = Sources(ROOT)
    reached = {file for film in concepts() for file in sources.closure(film.scene_path.relative_to(ROOT).as_posix())}
    computed = {file for file in reached if {"import_module", "__import__"} & set(_names(sources.content(file)))}
    assert computed == {"scenes/programme.py"}


def _names(content: bytes) -> Iterator[str]:
    import ast

    for node in ast.walk(ast.parse(content)):
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Attribute):
            yield node.attr
