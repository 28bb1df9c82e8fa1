"""What rendering makes: a piece for each beat of a film and for each title card; a clip is a row of them."""

from __future__ import annotations

import dataclasses
import io
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from narration.timetable import TimedBeat, Timetable

CARD = "card"  # the name of a card's only piece
_FULL_SCALE = 32767


@dataclass(frozen=True)
class Piece:
    """A rendered beat or card, in a folder: silent video, timetable, and a beat's narration."""

    folder: Path

    @property
    def video(self) -> Path:
        """H.264 in MP4, without sound."""
        return self.folder / "clip.mp4"

    @property
    def lossless(self) -> Path:
        """Exact pictures without a ground, instead of :attr:`video`; see :mod:`film.drawing.lossless_stream`."""
        return self.folder / "clip.mov"

    def timetable(self) -> Timetable:
        """Its frames, and its beat with times from the start of the piece; a card has no beat."""
        return Timetable.read(self.folder / "timetable.json")

    def narration(self) -> NDArray[np.float32]:
        """Mono samples at 48 kHz from the first frame on, at most as long as the picture."""
        samples: NDArray[np.int16] = np.load(self.folder / "narration.npy")
        return samples.astype(np.float32) * np.float32(1 / _FULL_SCALE)

    @property
    def last_frame(self) -> Path:
        """Its last picture, as PNG without loss; straight RGBA where there is no ground."""
        return self.folder / "last.png"

    def write(self, clip: Path, last: NDArray[np.uint8], timetable: Timetable, narration: NDArray[np.float32]) -> None:
        """Fill the folder; *clip* is moved there, *last* is its last frame, shape (height, width, 3 or 4)."""
        clip.rename(self.folder / f"clip{clip.suffix}")
        picture = io.BytesIO()  # as below: on a full disk saving to a file fails without saying why
        Image.fromarray(last).save(picture, "PNG", compress_level=1)
        self.last_frame.write_bytes(picture.getbuffer())
        (self.folder / "timetable.json").write_text(timetable.to_json(), encoding="utf-8")
        sound = io.BytesIO()  # on a full disk np.save to a file fails without saying why
        np.save(sound, np.round(np.clip(narration, -1, 1) * _FULL_SCALE).astype("<i2"))
        (self.folder / "narration.npy").write_bytes(sound.getbuffer())


def piece_timetable(concept: str, title: str, frame_rate: int, beat: TimedBeat) -> Timetable:
    """The timetable of a piece that holds this *beat* alone; its times are the scene's."""
    start = beat.shifted(-beat.start, -beat.start_frame)
    return Timetable(concept, title, frame_rate, start.end_frame, (start,))


@dataclass(frozen=True)
class Clip:
    """A film, some beats of one, or a card."""

    pieces: tuple[Piece, ...]

    def timetable(self) -> Timetable:
        """All beats, one after the other; a card has none."""
        tables = [piece.timetable() for piece in self.pieces]
        beats: list[TimedBeat] = []
        frames = 0
        for table in tables:
            beats += table.shifted(frames).beats
            frames += table.frames
        return dataclasses.replace(tables[0], frames=frames, beats=tuple(beats))

    def narration(self) -> list[tuple[int, NDArray[np.float32]]]:
        """The narration of each beat, and the frame at which it starts."""
        placed = []
        frame = 0
        for piece in self.pieces:
            table = piece.timetable()
            if table.beats:
                placed.append((frame, piece.narration()))
            frame += table.frames
        return placed
