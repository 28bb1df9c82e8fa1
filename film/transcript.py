"""The transcript of a chapter: what is said, as Markdown, with the times at which it is said."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from narration.timetable import TimedBeat, TimedWord, Timetable

_ANYWHERE = re.compile(r"([\\`*_\[\]<>|~$#]|&(?=[#\w]+;))")
_LINE_START = re.compile(r"^([-+](?=\s|$)|-{3,}$|\d+(?=[.)](?:\s|$)))")


def transcript(title: str, films: Sequence[Timetable]) -> str:
    """Markdown: *title*, each of *films* (shifted to the chapter's time) as a section, each beat with its
    time.

    Text is escaped, so that Markdown shows it exactly as the captions do.
    """
    blocks = [f"# {_escaped(title)}"]
    for film in films:
        blocks.append(f"## {_escaped(film.title)}")
        for beat in film.beats:
            blocks.append(f"### {clock(beat.start)} {_escaped(beat.title or beat.name)}")
            blocks.extend(_paragraphs(beat))
    return "\n\n".join(blocks) + "\n"


def clock(seconds: float) -> str:
    """*seconds* as m:ss, or h:mm:ss from an hour on; the second that has begun."""
    minutes, second = divmod(int(seconds + 1e-6), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02}:{second:02}" if hours else f"{minute}:{second:02}"


def paragraphs_of(beat: TimedBeat) -> list[tuple[TimedWord, ...]]:
    """The words of each paragraph of the script."""
    return [tuple(words) for _, words in itertools.groupby(beat.words, key=lambda word: word.paragraph)]


def _paragraphs(beat: TimedBeat) -> Iterator[str]:
    for words in paragraphs_of(beat):
        yield _escaped(" ".join(word.shown for word in words))


def _escaped(text: str) -> str:
    line = _ANYWHERE.sub(r"\\\1", " ".join(text.split()))
    return _LINE_START.sub(lambda mark: _escaped_start(mark[0]), line)


def _escaped_start(mark: str) -> str:
    """A number is kept from opening a list by escaping what follows it, which is its full stop or bracket."""
    return f"{mark}\\" if mark.isdigit() else f"\\{mark}"
