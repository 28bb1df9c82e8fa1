"""Films in a browser: Chromium finds every frame, plays to the end, and has the same sound and captions."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from film.captions import Caption
from film.join import join
from film.mix import Placed, mix
from film.mux import Chapter, mux
from film.subtitles import vtt
from narration.audio import SAMPLE_RATE

from . import moving_picture as clip
from .chromium import ChromiumError, ask
from .test_sync import Decoded, clicks, decoded_sound

pytestmark = pytest.mark.slow
WATCH = Path(__file__).with_name("watch.js")
STEP = 10  # every tenth pixel of every tenth line is compared
CLOSE = 3  # mean difference of them, of 255
CLICKS = [0.5, 3.21, 11.9, 20.004]  # seconds
CAPTIONS = (
    Caption(0.4, 2.0, ("H(X) ≤ {2} & <b>bits</b>", "line \\N two")),
    Caption(2.0, 3.5, ("touching the one before",)),
    Caption(19.0, 24.0, ("in the second clip",)),
)


@dataclass(frozen=True)
class Film:
    """A film of two clips, what each of its frames shows, and what Chromium finds in it."""

    path: Path
    shown: list[int]
    found: dict[str, Any]


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Film:
    folder = tmp_path_factory.mktemp("site")
    pictures, path, captions = (folder / name for name in ("pictures.mp4", "film.mp4", "film.vtt"))
    shown = clip.write(folder / "clip.mp4") * 2
    frames = join([folder / "clip.mp4"] * 2, pictures)
    seconds = frames / clip.RATE
    sound = mix([Placed(0, clicks(round(seconds * SAMPLE_RATE), times=CLICKS))], seconds)
    chapters = [Chapter(0, 10, "One"), Chapter(10, seconds, "Two")]
    mux(pictures, sound, CAPTIONS, chapters, {"title": "A trial"}, path)
    captions.write_text(vtt(CAPTIONS, "A trial", chapters), encoding="utf-8")
    asked = {"film": path.name, "captions": captions.name, "rate": clip.RATE, "frames": visits(path), "step": STEP}
    found = ask(f"const asked = {json.dumps(asked)};\n{WATCH.read_text(encoding='utf-8')}", folder, seconds=240)
    if found is None:
        pytest.skip("this Chromium is built without H.264 or AAC")
    return Film(path, shown, found)


def visits(path: Path) -> list[int]:
    """Frames to look at: the first, a middle and the last of every run, and those about key frames; to and fro."""
    with av.open(path) as container:
        is_key = [packet.is_keyframe for packet in container.demux(video=0) if packet.size]
    keys = [number for number, key in enumerate(is_key) if key]
    assert len(keys) > 3
    runs = [(s, s + n // 2, s + n - 1) for s, n in zip(clip.STARTS, clip.RUNS, strict=True)]
    frames = {begin + frame for begin in (0, len(is_key) // 2) for run in runs for frame in run}
    frames |= {key + step for key in keys for step in (-1, 0, 1, 2)} & set(range(len(is_key)))
    ordered = sorted(frames)
    return [*ordered[::2], *reversed(ordered[1::2])]


def grid(picture: NDArray[Any]) -> NDArray[np.int_]:
    """The colours that are compared, shape (n, 3)."""
    return picture[STEP // 2 :: STEP, STEP // 2 :: STEP, :3].reshape(-1, 3).astype(int)


def test_every_frame_is_found(film: Film) -> None:
    drawn = [grid(clip.picture(number)) for number in range(len(clip.RUNS))]
    with av.open(film.path) as container:
        ours = [grid(frame.to_rgb().to_ndarray()) for frame in container.decode(video=0)]
    assert {seen["frame"] for seen in film.found["seen"]} >= {0, len(film.shown) - 1}
    for seen in film.found["seen"]:
        frame, colours = seen["frame"], np.array(seen["colours"])
        assert round(seen["time"] * clip.RATE, 2) == frame
        apart = [np.abs(colours - one).mean() for one in drawn]
        assert int(np.argmin(apart)) == film.shown[frame]
        assert min(apart) < CLOSE
        assert np.abs(colours - ours[frame]).mean() < CLOSE


def test_it_plays_to_its_end_without_an_error(film: Film) -> None:
    found, seconds = film.found, len(film.shown) / clip.RATE
    assert found["error"] is None
    assert found["size"] == [clip.WIDTH, clip.HEIGHT]
    assert found["duration"] == pytest.approx(seconds, abs=1024 / SAMPLE_RATE)
    assert found["stopped"] == found["duration"]


def test_sound_is_as_libavcodec_has_it(film: Film) -> None:
    theirs, ours = np.array(film.found["sound"]) / 32767, decoded_sound(film.path)[:, 0]
    both = min(len(theirs), len(ours))
    assert both / SAMPLE_RATE == pytest.approx(len(film.shown) / clip.RATE, abs=2048 / SAMPLE_RATE)
    assert np.abs(theirs[:both] - ours[:both]).max() < 1e-3
    heard = Decoded([], [], theirs[:, None].astype(np.float32)).clicks()
    assert heard == pytest.approx(CLICKS, abs=1e-3)


def test_captions_are_told_when_they_should(film: Film) -> None:
    assert film.found["captions"] == [[c.start, c.end, "\n".join(c.lines)] for c in CAPTIONS]


# ---- the browser itself --------------------------------------------------------------------------


def test_what_a_script_finds_in_a_page_is_told(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<title>A site</title><p>One &amp; two", encoding="utf-8")
    script = """
        const frame = document.createElement("iframe");
        const loaded = new Promise(done => (frame.onload = done));
        frame.src = "/index.html";
        document.body.append(frame);
        await loaded;
        return [frame.contentDocument.title, frame.contentDocument.querySelector("p").textContent];
    """
    assert ask(script, tmp_path) == ["A site", "One & two"]


@pytest.mark.parametrize(
    ("script", "why"),
    [
        ("await fetch('/missing').then(got => { throw new Error(got.status) })", "404"),
        ("return '</script>' +", "SyntaxError"),
        ("await new Promise(() => {})", "was not done after 5 s"),
    ],
)
def test_a_script_that_fails_is_told_of(script: str, why: str, tmp_path: Path) -> None:
    with pytest.raises(ChromiumError, match=why):
        ask(script, tmp_path, seconds=5)


def test_a_browser_that_cannot_start_skips_the_test(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "chromium"
    program.write_text("#!/bin/sh\necho no display\nexit 7\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(pytest.skip.Exception, match=r"no page could be opened: Chromium ended with 7.*no display"):
        ask("return 1", tmp_path)
