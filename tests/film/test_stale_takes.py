"""Which takes a run needs: those of the beats that it shows."""

from __future__ import annotations

import pytest

from film.errors import FilmError
from film.preflight_cache import CheckedFilm
from film.quality import RELEASE
from film.scene_job import SceneJob
from film.video_work import report_stale
from scenes.card import Card

CHECKED = {"blink": CheckedFilm("Blink", {"shut": "Shut", "open": "Open"}, {"blink@open": "its text has changed"})}


@pytest.mark.parametrize(("beats", "is_told"), [(None, True), (("open",), True), (("shut",), False)])
def test_a_stale_take_counts_where_its_beat_is_shown(
    beats: tuple[str, ...] | None, is_told: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    jobs = [SceneJob(RELEASE, card=Card("Blink", "A card")), SceneJob(RELEASE, concept="blink", beats=beats)]
    report_stale(jobs, CHECKED, "draft")
    told = "blink@open: its text has changed; a draft voice stands in\n"
    assert capsys.readouterr().err == (told if is_told else "")
    if is_told:
        with pytest.raises(FilmError, match=r"1 beats have no usable take:\nblink@open: its text has changed\n"):
            report_stale(jobs, CHECKED, "error")
    else:
        report_stale(jobs, CHECKED, "error")
