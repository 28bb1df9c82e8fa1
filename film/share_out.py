"""Sharing out work: which beats of which films a process renders in one go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from film.expected import expected_frames, expected_seconds
from film.scene_job import SceneJob
from scenes import programme

# Seconds until a process that begins in the middle of a film draws its first frame; a share should be worth several.
_RUN_UP = 3.0
_WORTH = 3 * _RUN_UP


def frames_of(job: SceneJob) -> int:
    """The frames that *job* is expected to have; its beats must be named."""
    if job.card is not None:
        return round(job.card.seconds * job.quality.frame_rate)
    assert job.concept is not None
    assert job.beats is not None
    concept = programme.concept(job.concept)
    return sum(expected_frames(concept, beat, job.quality) for beat in job.beats)


def seconds_of(job: SceneJob) -> float:
    """How long *job* is expected to take."""
    return expected_seconds(frames_of(job), job.quality)


def shared_out(jobs: Sequence[SceneJob], workers: int) -> list[SceneJob]:
    """*jobs*, with films split where processes would else have nothing to do.

    A film is split between beats; who renders the second half must run through the first one without drawing it.
    """
    shares = list(jobs)
    while shares:
        longest = max(shares, key=seconds_of)
        fair = sum(map(seconds_of, shares)) / workers
        halves = _halves(longest)
        if seconds_of(longest) <= fair or halves is None or min(map(seconds_of, halves)) < _WORTH:
            return shares
        shares.remove(longest)
        shares += halves
    return shares


def _halves(job: SceneJob) -> tuple[SceneJob, SceneJob] | None:
    """The first and the last beats of *job*, as equal in length as may be; None for a single beat."""
    if job.beats is None or len(job.beats) < 2:
        return None
    cuts = [(replace(job, beats=job.beats[:i]), replace(job, beats=job.beats[i:])) for i in range(1, len(job.beats))]
    return min(cuts, key=lambda cut: abs(frames_of(cut[0]) - frames_of(cut[1])))
