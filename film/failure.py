"""What a failure is called in front of people: one message with the place and the remedy."""

from __future__ import annotations

import traceback
from difflib import get_close_matches

from film.errors import FilmError
from film.no_space import free_space, is_disk_full
from scenes.programme import ROOT

OURS = frozenset(("infotheory", "narration", "scenes", "film", "commands"))
SCENES = ROOT / "scenes"


def explained(error: Exception) -> str:
    """What happened, where, and what to do; one line unless *error* itself lists several mistakes."""
    if is_missing_library(error):
        return f"{first_line(error)}; something that rendering needs is missing: run `make setup`, which installs it"
    if isinstance(error, people_errors()):
        return str(error)
    if is_disk_full(error):
        return f"no space left on the disk ({free_space(ROOT)}); make room and run again, finished work is kept"
    if isinstance(error, OSError) and error.filename:
        return f"{error.filename}: {error.strerror or first_line(error)}; mend that and run again"
    scene = blamed(error)
    place = scene or _deepest(error)
    where = f"{place.filename}:{place.lineno}: " if place else ""
    remedy = "mend the scene and run again" if scene else "this was not foreseen"
    what = f"{type(error).__name__}: {first_line(error)}{nearest_attribute(error)}"
    return f"{where}{what}; {remedy}, --debug shows the traceback"


def nearest_attribute(error: BaseException) -> str:
    """A hint at the name that was meant, of an attribute that does not exist; nothing if none is like it."""
    if not isinstance(error, AttributeError) or not error.name or error.obj is None:
        return ""
    near = get_close_matches(error.name, dir(error.obj), n=1)
    return f" (did you mean '{near[0]}'?)" if near else ""


def people_errors() -> tuple[type[Exception], ...]:
    """The errors whose own text names place and remedy."""
    # Late: these modules need packages, and a missing one must still be explained.
    from narration.errors import NarrationError
    from narration.fact import FactError
    from narration.script_problem import ScriptErrors
    from narration.timetable import TimetableError
    from scenes.stage.beat import CueError

    return (FilmError, NarrationError, FactError, ScriptErrors, CueError, TimetableError)


def is_missing_library(error: BaseException) -> bool:
    """Whether a package or a system library is missing, rather than a name in the project's own code wrong."""
    if isinstance(error, ImportError):
        return (error.name or "").partition(".")[0] not in OURS
    text = str(error)
    return isinstance(error, OSError) and ("cannot open shared object" in text or "annot load library" in text)


def blamed(error: BaseException) -> traceback.FrameSummary | None:
    """The deepest place of *error* in the project's scenes: in a film's own module rather than in the stage that
    it calls; None if it did not come through a scene.
    """
    scenes = [frame for frame in _frames(error) if frame.filename.startswith(f"{SCENES}/")]
    films = [frame for frame in scenes if not frame.filename.startswith((f"{SCENES}/stage/", f"{SCENES}/programme.py"))]
    return next(reversed(films or scenes), None)


def first_line(error: BaseException) -> str:
    """The message of *error* without what follows its first line."""
    return next(iter(str(error).strip().splitlines()), "no reason given")


def _frames(error: BaseException) -> list[traceback.FrameSummary]:
    return list(traceback.extract_tb(error.__traceback__))


def _deepest(error: BaseException) -> traceback.FrameSummary | None:
    return next(reversed(_frames(error)), None)
