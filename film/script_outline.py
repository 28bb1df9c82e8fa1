"""What a script says about its film without its facts: title, beats and question. Nothing is imported or computed."""

from __future__ import annotations

import re
from dataclasses import dataclass

from film.inputs.closure import Sources
from film.inputs.script_sections import script_sections
from scenes.programme import Concept

_QUESTION = re.compile(r"(?:[^.?!]|[.](?=\w))*\?")
_ASKED = re.compile(r"\[question\]\s*((?:[^.?!]|[.](?=\w))*\?)")
_SPOKEN_FORM = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_MARK = re.compile(r"\[[^\]]*\]")


@dataclass(frozen=True)
class Outline:
    """A film's title, its beats by name with their titles, and the question that its first beat asks ("" if none).

    Values stand as they are typed, such as ``{ways:words}``.
    """

    title: str
    beats: dict[str, str]
    question: str


def outline(film: Concept, sources: Sources | None = None) -> Outline:
    """The outline of a film's script; empty if there is none. Raises ScriptErrors for a file that is no text."""
    if sources is None or sources.root != film.root:
        sources = Sources(film.root, sources.records if sources else None)
    file = film.script_path.relative_to(film.root).as_posix()
    if not sources.exists(file):
        return Outline("", {}, "")
    sections = script_sections(sources, file)
    beats = {name: _title(name, text) for name, text in sections.beats.items()}
    return Outline(_plain(sections.title.lstrip("# ")), beats, _question(next(iter(sections.beats.values()), "")))


def beats_of(film: Concept, sources: Sources | None = None) -> list[str]:
    """The names of a film's beats, in order; none if it has no script. Raises as :func:`outline`."""
    return list(outline(film, sources).beats)


def _title(name: str, section: str) -> str:
    human = section.partition("\n")[0].partition(":")[2]
    return _plain(human) or name.replace("_", " ").capitalize()


def _question(section: str) -> str:
    """What stands at the cue [question]; else the first question that is asked."""
    prose = section.partition("\n")[2]
    asked = _ASKED.search(prose)
    if asked:
        return _plain(asked[1])
    first = _QUESTION.search(_plain(prose))
    return first[0].strip() if first else ""


def _plain(text: str) -> str:
    """Without cues and pauses, spoken forms as they are shown."""
    return " ".join(_MARK.sub(" ", _SPOKEN_FORM.sub(r"\1", text)).split())
