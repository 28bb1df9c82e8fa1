"""Caption files beside the film: SubRip (.srt) and WebVTT (.vtt)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from film.captions import Caption

if TYPE_CHECKING:
    from film.mux import Chapter

_MARKUP = re.compile(r"--(?=>)|<(?=[A-Za-z/])|\{(?=\\|[A-Za-z]:)|\\(?=[hNn])")


def srt(captions: Iterable[Caption]) -> str:
    """*captions* as SubRip, one caption line a line. It has no escapes: what a player would read as an arrow, a tag
    or a style is parted by a word joiner, which is not seen.
    """
    blocks = (
        f"{number}\n{_clock(c.start, ',')} --> {_clock(c.end, ',')}\n" + "".join(f"{_parted(x)}\n" for x in c.lines)
        for number, c in enumerate(captions, 1)
    )
    return "\n".join(blocks)


def vtt(captions: Iterable[Caption], title: str, chapters: Sequence[Chapter]) -> str:
    """*captions* as WebVTT, the chapters as notes in front of their first caption."""
    waiting = sorted(chapters, key=lambda chapter: chapter.start, reverse=True)
    blocks = [f"WEBVTT - {_escaped(title)}"]
    for number, caption in enumerate(captions, 1):
        while waiting and waiting[-1].start <= caption.start:
            blocks.append(f"NOTE {_escaped(waiting.pop().title)}")
        times = f"{_clock(caption.start, '.')} --> {_clock(caption.end, '.')}"
        blocks.append("\n".join([str(number), times, *(_escaped(line) for line in caption.lines)]))
    blocks.extend(f"NOTE {_escaped(chapter.title)}" for chapter in reversed(waiting))
    return "\n\n".join(blocks) + "\n"


def _clock(seconds: float, point: str) -> str:
    minutes, milliseconds = divmod(round(seconds * 1000), 60_000)
    return f"{minutes // 60:02}:{minutes % 60:02}:{milliseconds // 1000:02}{point}{milliseconds % 1000:03}"


def _one_line(text: str) -> str:
    """A blank line or a line break would end the caption."""
    return " ".join(text.splitlines()).strip() or "\u00a0"


def _parted(text: str) -> str:
    return _MARKUP.sub("\\g<0>\N{WORD JOINER}", _one_line(text))


def _escaped(text: str) -> str:
    return _one_line(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
