"""What a video is made of, before anything is rendered: its clips' jobs, what it is called, the files it becomes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from film.piece import Clip
from film.quality import Quality
from film.scene_job import SceneJob
from narration.fallback import Fallback
from scenes.card import Card
from scenes.programme import SERIES_TITLE, Part

LICENCE = "Scripts and films: CC BY 4.0. Code: MIT."


@dataclass(frozen=True)
class Video:
    """A video to compose: its clips in order, and what it is called."""

    name: str
    title: str
    description: str
    clips: tuple[Clip, ...]


def chapter_jobs(part: Part, titles: Mapping[str, str], quality: Quality, fallback: Fallback) -> list[SceneJob]:
    """The jobs of a chapter: title card, each film after a short card with its title, end card."""
    jobs = [
        SceneJob(quality, card=Card(f"{SERIES_TITLE} · Part {part.number}", part.title, part.subtitle, seconds=3.5))
    ]
    for concept in part.concepts:
        jobs.append(SceneJob(quality, card=Card(part.title, titles[concept.name], seconds=2.0)))
        jobs.append(SceneJob(quality, concept=concept.name, fallback=fallback))
    jobs.append(SceneJob(quality, card=Card(SERIES_TITLE, f"End of part {part.number}", LICENCE, seconds=3.5)))
    return jobs


def targets_of(name: str, out: Path) -> tuple[Path, ...]:
    """The files of a composed video: the video, captions twice, the transcript and the timetable."""
    return tuple(out / f"{name}{suffix}" for suffix in (".mp4", ".srt", ".vtt", ".md", ".json"))
