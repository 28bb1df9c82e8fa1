"""One piece of rendering: *(concept and beats or card, settings) -> pieces*. Pure, so any process may do it."""

from __future__ import annotations

import gc
import traceback
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from film.errors import FilmError
from film.failure import blamed, explained, first_line, nearest_attribute, people_errors
from film.look import Look, pixel_size, wear
from film.no_space import free_space, is_disk_full
from film.piece import CARD, Piece, piece_timetable
from film.quality import Quality
from film.reporting import report
from narration.fallback import Fallback
from narration.timetable import TimedBeat, Timetable
from scenes import programme
from scenes.card import Card

if TYPE_CHECKING:
    from film.drawing.frame_renderer import FrameRenderer
    from film.drawing.picture_writer import PictureWriter

Keep = Callable[[str, Callable[[Path], None]], None]


class SceneFailed(FilmError):
    """A scene raised; the message names the place. ``details`` is the traceback, for --debug."""

    def __init__(self, message: str, details: str = "") -> None:
        super().__init__(message, details)
        self.message, self.details = message, details

    def __str__(self) -> str:
        return self.message


def all_failed(failures: Sequence[SceneFailed], more: str = "") -> SceneFailed:
    """One error that says what *failures* say, each once, and what *more* there is to say."""
    told = [*dict.fromkeys(map(str, failures)), *([more] if more else [])]
    return SceneFailed("\n".join(told), "\n".join(failure.details for failure in failures))


@dataclass(frozen=True)
class SceneJob:
    """A film (*concept*) or a *card* to render. *beats* restricts a film to some of its beats."""

    quality: Quality
    concept: str | None = None
    card: Card | None = None
    beats: tuple[str, ...] | None = None
    fallback: Fallback = Fallback.DRAFT
    look: Look = field(default_factory=Look)

    @property
    def name(self) -> str:
        """What progress and errors call it."""
        if self.concept is None:
            return f"card '{self.card.title if self.card else ''}'"
        return f"{self.concept}@{','.join(self.beats)}" if self.beats else self.concept

    @property
    def settings(self) -> dict[str, object]:
        """What decides about its pieces beside their sources."""
        return {"quality": asdict(self.quality), "fallback": str(self.fallback), "look": asdict(self.look)}


def render_pieces(job: SceneJob, work: Path, keep: Keep, *, frames: int = 0, kept: Path | None = None) -> None:
    """Render *job*; call *keep* with the name of each piece as soon as it is finished, and with what fills its folder.

    *work* is an empty folder for working files, *frames* the expected number of frames, for those who watch, *kept* a
    folder that spares later jobs some work. Raises :class:`SceneFailed` with one clear message for whatever goes wrong.
    """
    try:
        _render(job, work, keep, frames, kept)
    except Exception as error:
        raise SceneFailed(_told(job, work, error), traceback.format_exc()) from error


def _render(job: SceneJob, work: Path, keep: Keep, frames: int, kept: Path | None) -> None:
    wear(job.look.theme)
    # Manim comes in late: a run that finds everything in the store needs none.
    from film.drawing.frame_renderer import FrameRenderer
    from film.drawing.picture_writer import LosslessWriter
    from film.drawing.stage_frame import set_up
    from film.manim_session import manim_session

    gc.freeze()
    width, height = pixel_size(job.quality, job.look.aspect)
    with manim_session(work, job.quality, kept=kept, pixel_width=width, pixel_height=height):
        renderer = FrameRenderer(LosslessWriter) if job.look.lossless else FrameRenderer()
        scene = _scene(job, renderer, keep, frames)
        set_up(renderer.camera, job.look)
        scene.render()
        if job.card is not None:
            writer: PictureWriter = renderer.file_writer
            (clip,) = writer.clips
            table = Timetable("", job.card.title, job.quality.frame_rate, clip.frames, ())
            last, silence = _last(job, renderer, scene), np.zeros(0, np.float32)
            keep(CARD, lambda folder: Piece(folder).write(clip.path, last, table, silence))


def _scene(job: SceneJob, renderer: Any, keep: Keep, frames: int) -> Any:
    if job.card is not None:
        from scenes.cards import CardScene

        return CardScene(renderer=renderer, card=job.card)

    def keep_beat(scene: Any, beat: TimedBeat) -> None:
        clip, last = renderer.file_writer.finish_clip(), _last(job, renderer, scene)
        table = piece_timetable(scene.timetable.concept, scene.timetable.title, scene.frame_rate, beat)
        keep(beat.name, lambda folder: Piece(folder).write(clip.path, last, table, scene.narration_of(beat)))

    assert job.concept is not None
    scene_class = programme.concept(job.concept).scene_class()
    only = frozenset(job.beats) if job.beats is not None else None
    return scene_class(
        renderer=renderer,
        only=only,
        fallback=job.fallback,
        sound=False,
        on_beat_end=keep_beat,
        on_play_end=lambda scene, beat, animation: report(scene.frame, max(frames, scene.frame)),
    )


def _last(job: SceneJob, renderer: FrameRenderer, scene: Any) -> NDArray[np.uint8]:
    """The picture that stands now: RGB, or RGBA if what shows through is kept."""
    from film.drawing.lossless_stream import straight

    return straight(renderer.pixels_now(scene)) if job.look.lossless else renderer.frame_now(scene)


def _told(job: SceneJob, work: Path, error: Exception) -> str:
    """What failed: for a mistake in a scene one line with its place, else what the error says itself."""
    if is_disk_full(error):
        return f"{job.name}: no space left on the disk, {free_space(work)}; make room and run again"
    place = blamed(error)
    if place is None or isinstance(error, people_errors()):
        return explained(error)
    return (
        f"{place.filename}:{place.lineno}: in {place.name}: {job.name}: {type(error).__name__}: {first_line(error)}"
        f"{nearest_attribute(error)}; mend the scene and run again (--debug shows the traceback)"
    )
