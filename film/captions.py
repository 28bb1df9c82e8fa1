"""Captions of a timetable: at most two lines of 42 characters, 1 to 7 s each, broken at phrases, timed by
its words.

Where captions end is chosen for a beat at once, by dynamic programming over its words. When not all wishes
can be had, they give way in this order: whole phrases and paragraphs first, then the start (a caption may
come up to its minimum early, in the silence before its first word), and only in speech too dense to be read
at all the minimum of 1 s. Order, words, line limits, 7 s, beats and "not later than its first word" always
hold. A word longer than a line is split. All times lie on picture frames.
"""

from __future__ import annotations

import math
import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass

from film.errors import FilmError
from film.phrases import LINE, LINES, best_lines, break_cost
from narration.timetable import TimedBeat, Timetable

SHORTEST = 1.0
LONGEST = 7.0
_HOLD = 0.7
_CLOSED_GAP = 0.5
_FLICKER_FRAMES = 2
_BREAKING_SPACE = re.compile(r"[^\S\u00a0\u2007\u202f]+")
_FRAME_TOLERANCE = 0.01  # timetables are rounded to 0.1 ms

_PER_CAPTION = 8.0
_MIXED_PARAGRAPHS = 40.0
_INNER_SENTENCE = 9.0
_SILENCE_LIMIT, _PER_SILENT_SECOND = 0.8, 8.0
_READING_SPEED, _PER_FAST_CHARACTER = 17.0, 1.0
_PER_HIDDEN_SECOND = 20.0


@dataclass(frozen=True)
class Caption:
    """One caption: seconds from the start of the film, and one or two lines of text."""

    start: float
    end: float
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Piece:
    """A word, or the part of a long word that fits a line, in frames."""

    text: str
    start: int
    end: int
    paragraph: int


@dataclass(frozen=True, slots=True)
class _Spoken:
    """What a beat says, and the frames that its captions may use."""

    pieces: tuple[_Piece, ...]
    start: int
    end: int
    rate: int

    @property
    def shortest(self) -> int:
        return math.ceil(SHORTEST * self.rate)

    @property
    def longest(self) -> int:
        return math.floor(LONGEST * self.rate)


@dataclass(frozen=True, slots=True)
class _Group:
    """Words ``first`` to ``stop`` (exclusive) as one caption, and what that costs wherever it stands."""

    first: int
    stop: int
    cost: float
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Plan:
    """Captions from some word to the end of the beat: the first one and its start, and the rest behind it."""

    missing: int  # frames by which captions fall short of the minimum
    cost: float
    start: int
    group: _Group
    rest: _Plan | None


def captions(timetable: Timetable) -> tuple[Caption, ...]:
    """All captions of *timetable*, in order and without overlap; none spans two beats.

    Raises :class:`film.errors.FilmError` if words come faster than one caption a frame.
    """
    return tuple(caption for beat in timetable.beats for caption in _beat_captions(beat, timetable.frame_rate))


def _beat_captions(beat: TimedBeat, rate: int) -> Iterator[Caption]:
    spoken = _Spoken(_pieces(beat, rate), beat.start_frame, beat.end_frame, rate)
    if not spoken.pieces:
        return
    plan = _cheapest(spoken)
    if plan is None:
        raise FilmError(
            f"beat {beat.name!r} at {beat.start:.2f} s: its {len(beat.words)} words come faster than captions"
            " can change; make its take again or mend its word times"
        )
    start = beat.start_frame if plan.start - beat.start_frame < _FLICKER_FRAMES else plan.start
    while plan is not None:
        stop = plan.rest.start if plan.rest else spoken.end
        end = _end(start, spoken.pieces[plan.group.stop - 1].end, stop, spoken)
        yield Caption(start / rate, end / rate, plan.group.lines)
        plan, start = plan.rest, stop


def _end(start: int, last: int, stop: int, spoken: _Spoken) -> int:
    """When a caption from *start* goes: a little after its *last* word, at *stop* (the next caption) at the
    latest.

    A gap that would flicker is closed, or kept wide enough where 7 s are up.
    """
    held = max(last + round(_HOLD * spoken.rate), start + spoken.shortest)
    if stop - held < max(_FLICKER_FRAMES, round(_CLOSED_GAP * spoken.rate)):
        held = stop
    longest = start + spoken.longest
    return held if held <= longest else min(longest, stop - _FLICKER_FRAMES)


def _pieces(beat: TimedBeat, rate: int) -> tuple[_Piece, ...]:
    """The words of *beat* in frames, inside the beat and never running backwards; long ones in parts."""
    pieces: list[_Piece] = []
    earliest = beat.start_frame
    for word in beat.words:
        parts = textwrap.wrap(_BREAKING_SPACE.sub(" ", word.shown), LINE, break_on_hyphens=False)
        letters, said = sum(map(len, parts)), 0
        for part in parts:
            start, end = (word.start + (word.end - word.start) * n / letters for n in (said, said + len(part)))
            said += len(part)
            first = min(max(math.floor(start * rate + _FRAME_TOLERANCE), earliest), beat.end_frame - 1)
            last = min(max(math.ceil(end * rate - _FRAME_TOLERANCE), first + 1), beat.end_frame)
            pieces.append(_Piece(part, first, last, word.paragraph))
            earliest = first
    return tuple(pieces)


def _cheapest(spoken: _Spoken) -> _Plan | None:
    """The best plan for all words, found from the last word backwards; None if there is none.

    Kept for each word are all plans that no other beats in both cost and lateness of start: the later a
    caption starts, the more time the one before it has.
    """
    plans: list[list[_Plan]] = [[] for _ in spoken.pieces]
    for first in reversed(range(len(plans))):
        found = (
            _in_front(spoken, group, rest)
            for group in _groups(spoken, first)
            for rest in (plans[group.stop] if group.stop < len(plans) else [None])
        )
        plans[first] = _undominated([plan for plan in found if plan is not None])
    return min(plans[0], key=lambda plan: (plan.missing, plan.cost), default=None)


def _undominated(plans: list[_Plan]) -> list[_Plan]:
    kept: list[_Plan] = []
    for plan in sorted(plans, key=lambda p: (p.missing, p.cost, -p.start)):
        if not kept or plan.start > kept[-1].start:
            kept.append(plan)
    return kept


def _groups(spoken: _Spoken, first: int) -> Iterator[_Group]:
    """Every run of words from *first* that one caption can hold."""
    pieces, texts, inner = spoken.pieces, [spoken.pieces[first].text], 0.0
    for stop in range(first + 1, len(pieces) + 1):
        setting = best_lines(texts)
        if setting is not None:
            cost, lines = setting
            torn = break_cost(texts[-1], pieces[stop].text) if stop < len(pieces) else 0.0
            yield _Group(first, stop, _PER_CAPTION + inner + cost + torn, lines)
        if stop == len(pieces) or pieces[stop].start - pieces[first].start >= spoken.longest:
            return
        inner += _inner_cost(pieces[stop - 1], pieces[stop], spoken.rate)
        texts.append(pieces[stop].text)
        if sum(map(len, texts)) + len(texts) - LINES > LINES * LINE:
            return


def _inner_cost(left: _Piece, right: _Piece, rate: int) -> float:
    """What it costs to have *left* and *right* in one caption."""
    cost = _MIXED_PARAGRAPHS if left.paragraph != right.paragraph else 0.0
    if break_cost(left.text, right.text) == 0:
        cost += _INNER_SENTENCE
    silence = (right.start - left.end) / rate
    return cost + max(0.0, silence - _SILENCE_LIMIT) * _PER_SILENT_SECOND


def _in_front(spoken: _Spoken, group: _Group, rest: _Plan | None) -> _Plan | None:
    """The plan that shows *group* and then *rest*; None if there is not a frame for it or it would last
    over 7 s.

    It starts with its first word, or as much earlier as its minimum needs and the silence before allows.
    """
    pieces = spoken.pieces
    until = rest.start if rest else spoken.end
    silence = min(pieces[group.first - 1].end if group.first else spoken.start, pieces[group.first].start)
    start = min(pieces[group.first].start, max(until - spoken.shortest, silence), until - 1)
    if start < spoken.start or pieces[group.stop - 1].start - start >= spoken.longest:
        return None
    seconds = min((until - start) / spoken.rate, LONGEST)
    hurry = sum(map(len, group.lines)) / seconds - _READING_SPEED
    hidden = (pieces[group.stop - 1].end - start) / spoken.rate - LONGEST
    cost = group.cost + max(0.0, hurry) * _PER_FAST_CHARACTER + max(0.0, hidden) * _PER_HIDDEN_SECOND
    missing = max(0, spoken.shortest - (until - start))
    if rest:
        cost, missing = cost + rest.cost, missing + rest.missing
    return _Plan(missing, cost, start, group, rest)
