"""Whether caption files can be read: SubRip and WebVTT, with equal times, in order, inside the video."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

_BLANK = re.compile(r"\n[ \t]*\n+")
_SPAN = {
    ".srt": re.compile(r"(\d\d+):([0-5]\d):([0-5]\d),(\d{3}) --> (\d\d+):([0-5]\d):([0-5]\d),(\d{3})"),
    ".vtt": re.compile(r"(\d\d+):([0-5]\d):([0-5]\d)\.(\d{3}) --> (\d\d+):([0-5]\d):([0-5]\d)\.(\d{3})(?: .*)?"),
}
_AGAIN = "render the film again"


@dataclass(frozen=True)
class _Cue:
    start: int  # milliseconds
    end: int
    text: str


def caption_problems(srt: str, vtt: str, duration: float) -> Iterator[str]:
    """What is wrong with the captions of a video of *duration* seconds, and what to do."""
    if not vtt.startswith("WEBVTT"):
        yield "captions (.vtt): do not begin with WEBVTT; publish again with --force"
    found: dict[str, list[_Cue]] = {}
    for kind, blocks in ((".srt", _blocks(srt)), (".vtt", _blocks(vtt)[1:])):
        cues: list[_Cue] = []
        for number, block in enumerate((b for b in blocks if not b.startswith("NOTE")), start=1):
            cue = _cue(block, number, kind)
            if isinstance(cue, str):
                yield f"captions ({kind}): caption {number}: {cue}; publish again with --force"
            else:
                cues.append(cue)
        found[kind] = cues
        yield from (f"captions ({kind}): {problem}" for problem in _time_problems(cues, duration))
    spans = [[(cue.start, cue.end) for cue in cues] for cues in found.values()]
    if spans[0] != spans[1]:
        yield "captions: .srt and .vtt have different times; publish again with --force"


def _blocks(text: str) -> list[str]:
    return [block for block in _BLANK.split(text.replace("\r\n", "\n").strip("\n")) if block.strip()]


def _cue(block: str, number: int, kind: str) -> _Cue | str:
    """The caption in *block*, or what is wrong with it."""
    counter, *rest = block.split("\n")
    if counter.strip() != str(number):
        return f"is called {counter.strip()!r}"
    span = _SPAN[kind].fullmatch(rest[0].strip()) if rest else None
    if span is None:
        return "its times cannot be read"
    text = "\n".join(rest[1:])
    if not text.strip():
        return "says nothing"
    numbers = [int(digits) for digits in span.groups()]
    return _Cue(_milliseconds(*numbers[:4]), _milliseconds(*numbers[4:]), text)


def _milliseconds(hours: int, minutes: int, seconds: int, thousandths: int) -> int:
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + thousandths


def _time_problems(cues: Sequence[_Cue], duration: float) -> Iterator[str]:
    if not cues:
        yield f"there are none; make the takes of the part (render.py narrate) and {_AGAIN}"
    for number, cue in enumerate(cues, start=1):
        if cue.end <= cue.start:
            yield f"caption {number} ends where it starts, or before; {_AGAIN}"
    for number, (earlier, later) in enumerate(pairwise(cues), start=2):
        if later.start < earlier.end:
            yield f"caption {number} starts before the one in front of it ends; {_AGAIN}"
    # Times are rounded to milliseconds.
    if cues and cues[-1].end > 1000 * duration + 1:
        yield f"the last caption ends at {cues[-1].end / 1000:.2f} s, after the video ({duration:.2f} s); {_AGAIN}"
