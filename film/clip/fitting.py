"""Whether a beat fits a frame that is not 16 : 9: its type must be readable there, and nothing show that the wide
frame hides.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from film.address import Address
from film.beat_key import made_key
from film.clip.style import ClipStyle
from film.errors import BadUsage
from film.inputs.closure import Sources
from film.look import Look, pixel_size
from film.quality import QUALITIES, RELEASE, Quality
from film.rendering import keys_of
from film.scene_job import SceneJob
from film.schedule import running
from film.store import About, Store
from film.task import Task
from narration.fallback import Fallback

CALL = f"{__name__}:measured"
MEASURERS = ("film/layout/extent.py",)
KIND = "extent"
READABLE = 8.0  # pixels: a lower-case letter of the smallest type at 480 lines
_ROUNDING = 0.97  # what setting and measuring may take from a size
_WIDE = QUALITIES["l"]  # in which the stage's limits are given


def measured(concept: str) -> dict[str, dict[str, Any]]:
    """The extent of each beat of a film, in a form that JSON can hold; see :mod:`film.layout.extent`."""
    from film.layout.extent import film_extents  # loads Manim

    return {beat: asdict(extent) for beat, extent in film_extents(concept).items()}


def check_fit(addresses: Sequence[Address], style: ClipStyle, quality: Quality, store: Store, sources: Sources) -> None:
    """Raise BadUsage, a line for each beat that does not fit the frame of *style* at this *quality*."""
    names = tuple(dict.fromkeys(film.name for film, _ in addresses))
    extents = dict(zip(names, _extents(names, store, sources), strict=True))
    wrong = [
        line
        for film, beats in addresses
        for beat, extent in extents[film.name].items()
        if (beats is None or beat in beats)
        and (line := _misfit(f"{film.name}@{beat}", extent, style, quality)) is not None
    ]
    if wrong:
        raise BadUsage("\n".join(dict.fromkeys(wrong)))


def _misfit(address: str, extent: dict[str, Any], style: ClipStyle, quality: Quality) -> str | None:
    """Why a beat does not fit, in one line; None if it does."""
    width, height = pixel_size(quality, style.aspect)
    if extent["hidden"] is not None:
        return (
            f"{address} does not fit {style.aspect}: {extent['hidden']} leaves the picture, and would show; 16:9 works"
        )
    letters = READABLE * extent["type_size"] * width / _WIDE.width
    if letters >= READABLE * _ROUNDING:
        return None
    return (
        f"{address} does not fit {style.aspect} at {width}x{height}: the letters of {extent['text']} would be"
        f" {letters:.1f} pixels high, and {READABLE:g} can be read; {_larger(extent, style)}16:9 works"
    )


def _larger(extent: dict[str, Any], style: ClipStyle) -> str:
    """What quality would do, for people."""
    for quality, option in ((QUALITIES["m"], "with -qm"), (RELEASE, "without -q"), (QUALITIES["p"], "with -qp")):
        width, height = pixel_size(quality, style.aspect)
        if extent["type_size"] * width / _WIDE.width >= _ROUNDING:
            return f"{option} it is {width}x{height}, which is enough; "
    return ""


def _extents(names: Sequence[str], store: Store, sources: Sources) -> list[dict[str, dict[str, Any]]]:
    """Of each film; measured now, or when it was last changed."""
    keys = {name: _key(name, sources) for name in names}
    found = {name: store.recall(key) for name, key in keys.items()}
    tasks = [Task(name, CALL, (name,)) for name in names if found[name] is None]
    if tasks:
        with running(tasks) as outcomes:
            for outcome in outcomes:
                if outcome.error is not None:
                    raise outcome.error
                name = outcome.task.name
                found[name] = outcome.result
                store.remember(keys[name], outcome.result, About(name, KIND))
    return [found[name] for name in names]


def _key(name: str, sources: Sources) -> str:
    """Of all that decides where a film's mobjects stand; the theme does not."""
    plain = SceneJob(_WIDE, concept=name, fallback=Fallback.SILENCE, look=Look("dark"))
    return f"{KIND}-{made_key(keys_of(plain, sources), MEASURERS, {}, sources)}"
