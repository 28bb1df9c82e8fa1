"""What a process does for a clip: from finished pieces to a file, whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image, ImageColor

from film.atomic import replacing, replacing_folder
from film.chapter import assemble, own_sound
from film.clip.containers import Content, write_mov, write_webm
from film.clip.frame_folder import png, write_frames
from film.clip.gif import write_gif
from film.clip.holding import frames_without_hold
from film.clip.pictures import over, pictures
from film.clip.style import ClipStyle
from film.clip.webp import write_webp
from film.drawing.lossless_stream import Shown
from film.join import join
from film.look import ThemeName, wear
from film.mux import mux
from film.piece import Clip, Piece
from film.store import Store
from film.video import file_metadata

CALL = f"{__name__}:encode"


@dataclass(frozen=True)
class Order:
    """A clip to make of the pieces in *folders*: what it is called, what it looks like, and where it goes."""

    folders: tuple[Path, ...]
    title: str
    style: ClipStyle
    theme: ThemeName
    target: Path
    poster: Path | None
    store: Path

    @property
    def clip(self) -> Clip:
        """The pieces."""
        return Clip(tuple(Piece(folder) for folder in self.folders))


@dataclass(frozen=True)
class Encoded:
    """How long a clip has become."""

    frames: int
    frame_rate: int


def encode(order: Order) -> Encoded:
    """Make the clip, and its poster. Raises FilmError for a full disk and the like."""
    wear(order.theme)
    clip, style = order.clip, order.style
    table = clip.timetable()
    frames = frames_without_hold(clip, lossless=style.lossless) if style.loop else table.frames
    with _replacing(order) as target:
        if style.format == "mp4":
            _write_mp4(order, clip, frames, target)
        elif style.format == "png":
            target.write_bytes(_last_picture(order))
        else:
            _write_exact(order, clip, frames, target)
    if order.poster is not None:
        with replacing(order.poster) as partial:
            partial.write_bytes(_last_picture(order))
    return Encoded(1 if style.format == "png" else frames, table.frame_rate)


@contextmanager
def _replacing(order: Order) -> Iterator[Path]:
    is_folder = order.style.format == "frames"
    with replacing_folder(order.target, known_by="frame*1.png") if is_folder else replacing(order.target) as target:
        yield target


def _write_mp4(order: Order, clip: Clip, frames: int, target: Path) -> None:
    """The packets of the films; with narration its captions and markers too."""
    if order.style.silent:
        join([piece.video for piece in clip.pieces], target, most=frames, metadata=file_metadata(order.title))
        return
    store = Store(order.store)
    with store.working_folder() as work:
        made = assemble(order.target.name, [clip], work / "pictures.mp4", store)
        markers = made.markers() if len(clip.pieces) > 1 else []
        mux(made.pictures, made.sound, made.captions, markers, file_metadata(order.title), target)


def _write_exact(order: Order, clip: Clip, frames: int, target: Path) -> None:
    style, rate = order.style, clip.timetable().frame_rate
    shown = _shown(clip, frames, order)
    if style.format == "gif":
        write_gif(shown, frames, rate, target, loop=style.loop)
    elif style.format == "webp":
        write_webp(shown(), frames, rate, target, loop=style.loop)
    elif style.format == "frames":
        write_frames(shown(), frames, target, transparent=style.transparent)
    else:
        first = next(pictures(clip, 1)).pixels
        content = Content(
            shown=shown(),
            sound=own_sound(clip) if style.sounds else None,
            frames=frames,
            frame_rate=rate,
            size=(first.shape[1], first.shape[0]),
            metadata=file_metadata(order.title),
        )
        if style.format == "webm":
            write_webm(content, target, transparent=style.transparent)
        else:
            write_mov(content, target)


def _shown(clip: Clip, frames: int, order: Order) -> Callable[[], Iterator[Shown]]:
    """The pictures, as often as they are asked for; over the theme's ground unless they are transparent."""
    if order.style.transparent:
        return lambda: pictures(clip, frames)
    ground = _ground()
    return lambda: (Shown(over(picture.pixels, ground), picture.count) for picture in pictures(clip, frames))


def _ground() -> Sequence[int]:
    from scenes.stage.theme import THEME  # the one that is worn by now

    return ImageColor.getrgb(THEME.ground)


def _last_picture(order: Order) -> bytes:
    """The picture that the clip ends with, as PNG."""
    last = order.clip.pieces[-1].last_frame
    if not order.style.lossless or order.style.transparent:
        return last.read_bytes()
    return png(over(np.asarray(Image.open(last)), _ground()), transparent=False)
