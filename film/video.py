"""What a video is made of, before anything is rendered: its clips' jobs, what it is called, the files it becomes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from film.look import Look, ThemeName
from film.piece import Clip
from film.quality import Quality
from film.scene_job import SceneJob
from narration.fallback import Fallback
from scenes.card import Card
from scenes.programme import SERIES_TITLE, Part

LICENCE = "Scripts and films: CC BY 4.0. Code: MIT."
AUTHORS = f"the authors of {SERIES_TITLE}"


@dataclass(frozen=True)
class Video:
    """A video to compose: its clips in order, and what it is called."""

    name: str
    title: str
    description: str
    clips: tuple[Clip, ...]


@dataclass(frozen=True)
class Composed:
    """Where a composed video and its companions are."""

    video: Path
    duration: float
    files: tuple[Path, ...]


def chapter_jobs(
    part: Part, titles: Mapping[str, str], quality: Quality, fallback: Fallback, look: Look | None = None
) -> list[SceneJob]:
    """The jobs of a chapter: title card, each film after a short card with its title, end card."""
    plain = SceneJob(quality, fallback=fallback, look=look or Look())

    def card(above: str, title: str, below: str = "", *, seconds: float) -> SceneJob:
        return replace(plain, card=Card(above, title, below, seconds), fallback=Fallback.DRAFT)

    jobs = [card(f"{SERIES_TITLE} · Part {part.number}", part.title, part.subtitle, seconds=3.5)]
    for concept in part.concepts:
        jobs.append(card(part.title, titles[concept.name], seconds=2.0))
        jobs.append(replace(plain, concept=concept.name))
    jobs.append(card(SERIES_TITLE, f"End of part {part.number}", LICENCE, seconds=3.5))
    return jobs


def themed(name: str, theme: ThemeName) -> str:
    """*name* for a video in *theme*: the light one stands beside the dark one."""
    return f"{name}.light" if theme == "light" else name


def targets_of(name: str, out: Path) -> tuple[Path, ...]:
    """The files of a composed video: the video, captions twice, the transcript and the timetable."""
    return tuple(out / f"{name}{suffix}" for suffix in (".mp4", ".srt", ".vtt", ".md", ".json"))


def file_metadata(title: str, description: str = "") -> dict[str, str]:
    """What a video file of the series says about itself."""
    about = {"title": title, "album": SERIES_TITLE, "artist": AUTHORS, "copyright": "CC BY 4.0"}
    return about | ({"description": description} if description else {})
