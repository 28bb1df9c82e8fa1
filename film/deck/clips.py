"""The clips of slides: a beat with its narration, the steps of a silent one, and the picture before a clip plays."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
from av.video.frame import PictureType
from av.video.reformatter import Colorspace, VideoReformatter
from PIL import Image

from film.chapter import own_sound
from film.deck.slides import BeatSlide, FilmSlides
from film.deck.steps import Step
from film.drawing.picture_stream import ENCODER
from film.join import open_clip, picture
from film.loudness import SAMPLE_RATE
from film.mux import mux
from film.video import file_metadata

# Encoded a second time, so finer than the first time: nothing of it is seen.
_ENCODER = {**ENCODER, "qp": "18"}
_CONTAINER = {"movflags": "+faststart", "fflags": "+bitexact"}


def write_spoken(film: FilmSlides, folder: Path) -> None:
    """Write ``<name>.mp4`` for each beat of *film*: its pictures as they are, its narration at the film's loudness."""
    track, start = own_sound(film.clip), 0
    for slide in film.beats:
        end = start + slide.table.frames
        first, last = (round(frame / slide.table.frame_rate * SAMPLE_RATE) for frame in (start, end))
        about = file_metadata(slide.title)
        mux(slide.piece.video, track[first:last], (), (), about, folder / f"{slide.name}.mp4")
        start = end


def step_file(slide: BeatSlide, number: int) -> str:
    """The file of a step's clip; *number* counts from 0."""
    return f"{slide.name}-{number + 1}.mp4"


def write_steps(film: FilmSlides, folder: Path) -> None:
    """Write a silent clip for each step of each beat, of exactly its frames.

    The pictures are decoded and encoded once more: a clip can be cut only where it has a key frame.
    """
    for slide in film.beats:
        with open_clip(slide.piece.video) as source:
            pictures = enumerate(source.decode(picture(slide.piece.video, source)))
            for number, step in enumerate(slide.steps):
                _write_step(folder / step_file(slide, number), slide, step, pictures)


def _write_step(target: Path, slide: BeatSlide, step: Step, pictures: Iterator[tuple[int, av.VideoFrame]]) -> None:
    rate = slide.table.frame_rate
    with av.open(target, "w", format="mp4", options=_CONTAINER) as clip:
        clip.metadata.update(file_metadata(slide.title))
        stream: Any = None
        for index, frame in pictures:
            if index < step.start:
                continue
            if stream is None:
                stream = clip.add_stream("libx264", rate=rate, options=_ENCODER)
                stream.width, stream.height, stream.pix_fmt = frame.width, frame.height, frame.format.name
            frame.pts, frame.time_base = index - step.start, Fraction(1, rate)
            frame.pict_type = PictureType.P if frame.pts else PictureType.I
            clip.mux(stream.encode(frame))
            if index == step.stop - 1:
                break
        clip.mux(stream.encode())


def posters(slide: BeatSlide, frames: Sequence[int]) -> list[bytes]:
    """Pictures of the slide's clip at *frames*, which ascend, as PNG.

    They are decoded, not drawn, so that nothing jumps when the clip takes their place.
    """
    wanted = iter(frames)
    frame = next(wanted, None)
    found: list[bytes] = []
    with open_clip(slide.piece.video) as source:
        for index, decoded in enumerate(source.decode(picture(slide.piece.video, source))):
            while index == frame:
                found.append(_png(decoded))
                frame = next(wanted, None)
            if frame is None:
                break
    return found


def _png(decoded: av.VideoFrame) -> bytes:
    shown = VideoReformatter().reformat(decoded, format="rgb24", src_colorspace=Colorspace.ITU709)
    saved = io.BytesIO()
    Image.fromarray(shown.to_ndarray()).save(saved, "PNG")
    return saved.getvalue()
