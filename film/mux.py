"""The finished film: pictures copied, one long sound track, captions, chapters and titles in one MP4 file."""

from __future__ import annotations

import heapq
import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any, TypeAlias

import av
import numpy as np
from av.container import OutputContainer
from av.stream import Stream
from numpy.typing import NDArray

from film import aac
from film.atomic import ensure_space, replacing
from film.captions import Caption
from film.errors import FilmError
from film.join import open_clip, picture

# What an MP4 file keeps of a film's metadata; anything else would vanish without a word.
METADATA = frozenset(
    (
        *(
            "title",
            "artist",
            "album",
            "album_artist",
            "comment",
            "composer",
            "copyright",
            "date",
            "description",
        ),
        *("episode_id", "genre", "grouping", "keywords", "lyrics", "network", "show", "synopsis", "track"),
    )
)

# Captions count in the ticks of the sound, the finest of the film: libavformat ends a caption as soon as
# another stream's packet has a larger count, whatever its unit, and a coarser unit would put an empty sample
# between captions that touch.
_TICK = aac.TIME_BASE
_OPTIONS = {"movflags": "+faststart", "fflags": "+bitexact"}
_SPACE_BESIDE = 1 << 20
# White on half-black at the bottom, in the size that the reference decoder assumes.
_CAPTION_STYLE = (
    "[Script Info]\r\nScriptType: v4.00+\r\nPlayResX: 384\r\nPlayResY: 288\r\n\r\n[V4+ Styles]\r\n"
    "Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold,"
    " Italic, Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment,"
    " MarginL, MarginR, MarginV, Encoding\r\n"
    "Style: Default,Inter,16,&Hffffff,&Hffffff,&H0,&H80000000,0,0,0,0,100,100,0,0,3,1,0,2,10,10,10,1\r\n\r\n"
    "[Events]\r\nFormat: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\r\n"
)


@dataclass(frozen=True)
class Chapter:
    """A chapter marker of the film, in seconds from its start."""

    start: float
    end: float
    title: str


_Marked: TypeAlias = Caption | Chapter


def mux(
    video: Path,
    track: NDArray[np.float32] | aac.Encoded,
    captions: Sequence[Caption],
    chapters: Sequence[Chapter],
    metadata: Mapping[str, str],
    out: Path,
    language: str = "eng",
) -> None:
    """Write *out*: the H.264 pictures of *video* as they are, *track* as AAC, *captions* as mov_text, and
    the rest.

    *track*: stereo, shape (n, 2), 48 kHz, as long as the picture to a frame; or that, encoded already.
    *language*: three letters (ISO 639-2). The index stands first (faststart), the priming of the sound is taken
    back by an edit list, and equal inputs give equal bytes. Raises :class:`FilmError` for unreadable pictures,
    parts that do not fit each other and a full disk.
    """
    _check_texts(captions, chapters, metadata, language)
    with open_clip(video) as source:
        pictures = picture(video, source)
        _check_lengths(video, pictures, track, captions, chapters)
        sound = track if isinstance(track, aac.Encoded) else aac.encode(track)
        ensure_space(out, video.stat().st_size + sum(len(data) for _, _, data in sound.packets) + _SPACE_BESIDE)
        with replacing(out) as partial, av.open(partial, "w", format="mp4", options=_OPTIONS) as film:
            streams = _streams(film, pictures, language, bool(captions))
            film.metadata.update(metadata)
            film.set_chapters(_markers(chapters))
            film.start_encoding()
            for _, kind, packet in heapq.merge(
                _pictures(source, pictures), _sounds(sound), _texts(captions), key=_when
            ):
                packet.stream = streams[kind]
                film.mux(packet)


def _check_texts(
    captions: Sequence[Caption], chapters: Sequence[Chapter], metadata: Mapping[str, str], language: str
) -> None:
    if not re.fullmatch("[a-z]{3}", language):
        raise FilmError(f"language {language!r}: write three letters as in ISO 639-2, such as eng")
    unknown = metadata.keys() - METADATA
    if unknown:
        raise FilmError(f"metadata {', '.join(sorted(unknown))}: MP4 keeps only {', '.join(sorted(METADATA))}")
    for earlier, later in itertools.chain(_neighbours(captions), _neighbours(chapters)):
        if later.start < earlier.end:
            raise FilmError(f"{_named(later)} starts before {_named(earlier)} ends; make the timetable again")
    for item in itertools.chain[_Marked](captions, chapters):
        if not 0 <= item.start < item.end:
            raise FilmError(f"{_named(item)} ends where it starts, or before; make the timetable again")


def _neighbours(items: Sequence[_Marked]) -> Iterator[tuple[_Marked, _Marked]]:
    return itertools.pairwise(items)


def _named(item: _Marked) -> str:
    text = item.title if isinstance(item, Chapter) else " ".join(item.lines)
    return f"{type(item).__name__.lower()} {text!r} at {item.start:.2f} s"


def _check_lengths(
    video: Path,
    pictures: Any,
    track: NDArray[np.float32] | aac.Encoded,
    captions: Sequence[Caption],
    chapters: Sequence[Chapter],
) -> None:
    """Sound, captions and chapters must belong to these pictures."""
    if pictures.codec_context.name != "h264":
        raise FilmError(f"{video}: is coded as {pictures.codec_context.name}; the film needs H.264 pictures")
    if not pictures.frames or not pictures.duration or not pictures.average_rate:
        raise FilmError(f"{video}: holds no frames; render it again")
    seconds, frame = float(pictures.duration * pictures.time_base), float(1 / pictures.average_rate)
    if not isinstance(track, aac.Encoded) and (track.ndim != 2 or track.shape[1] != 2):
        raise FilmError(f"the sound for {video} has shape {track.shape}; it must be stereo, (samples, 2)")
    length = track.samples if isinstance(track, aac.Encoded) else len(track)
    if abs(length / aac.SAMPLE_RATE - seconds) > frame + 1e-6:
        raise FilmError(
            f"{video}: the picture lasts {seconds:.3f} s and the sound {length / aac.SAMPLE_RATE:.3f} s;"
            " mix it again for this picture"
        )
    for item in itertools.chain[_Marked](captions[-1:], chapters[-1:]):
        if item.end > seconds + frame:
            raise FilmError(f"{_named(item)} ends after the picture ({seconds:.2f} s); make the timetable again")


def _streams(film: OutputContainer, pictures: Any, language: str, captioned: bool) -> list[Stream]:
    """The streams of the film: picture, sound and, if there are any, captions."""
    copied = film.add_stream_from_template(pictures)
    copied.time_base = pictures.time_base
    sound: Any = film.add_stream("aac", rate=aac.SAMPLE_RATE)
    aac.configure(sound.codec_context)
    streams: list[Stream] = [copied, sound]
    if captioned:
        text: Any = film.add_stream("mov_text")
        text.time_base = text.codec_context.time_base = _TICK
        text.codec_context.subtitle_header = _CAPTION_STYLE.encode()
        streams.append(text)
    for stream in streams:
        stream.metadata["language"] = language
    return streams


def _markers(chapters: Sequence[Chapter]) -> list[Any]:
    return [
        {
            "id": number,
            "start": _ticks(chapter.start),
            "end": _ticks(chapter.end),
            "time_base": _TICK,
            "metadata": {"title": chapter.title},
        }
        for number, chapter in enumerate(chapters)
    ]


def _ticks(seconds: float) -> int:
    return round(seconds / _TICK)


_Timed: TypeAlias = "tuple[Fraction | int, int, av.Packet[Any]]"  # when it is decoded, in ticks; which stream


def _when(timed: _Timed) -> tuple[Fraction | int, int]:
    return timed[:2]


def _pictures(source: Any, pictures: Any) -> Iterator[_Timed]:
    ticks = pictures.time_base / _TICK
    whole = ticks.numerator if ticks.denominator == 1 else ticks  # which is much quicker to compare
    for packet in source.demux(pictures):
        if packet.dts is not None:
            yield packet.dts * whole, 0, packet


def _sounds(sound: aac.Encoded) -> Iterator[_Timed]:
    for pts, duration, data in sound.packets:
        yield _timed(1, data, pts, duration)


def _texts(captions: Sequence[Caption]) -> Iterator[_Timed]:
    """mov_text samples (3GPP TS 26.245): the length of the text in two bytes, then the text, unescaped."""
    for caption in captions:
        start = _ticks(caption.start)
        text = "\n".join(caption.lines).encode()
        data = len(text).to_bytes(2, "big") + text
        yield _timed(2, data, start, _ticks(caption.end) - start)


def _timed(kind: int, data: bytes, pts: int, duration: int) -> _Timed:
    packet = av.Packet(data)
    packet.pts = packet.dts = pts
    packet.duration, packet.time_base, packet.is_keyframe = duration, _TICK, True
    return pts, kind, packet
