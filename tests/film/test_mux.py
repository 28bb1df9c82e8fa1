"""The finished file, opened again: sound and picture, captions, chapters, titles, order of its boxes."""

from __future__ import annotations

import itertools
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from film.captions import Caption
from film.errors import FilmError
from film.join import join
from film.mux import METADATA, Chapter, mux

RATE = 48_000
FPS = 30
CAPTIONS = (
    Caption(0.5, 1.5, ("H(X) ≤ {2} & <b>bits</b>", "line \\N two --> end")),
    Caption(1.5, 2.7, ("touching the one before",)),
    Caption(3.0, 4.0, ("after a gap",)),
)
CHAPTERS = (Chapter(0, 1.5, "Surprise"), Chapter(1.5, 4, "Größe & Überraschung"))


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def _seconds(chapter: Any) -> tuple[float, float]:
    return float(chapter["start"] * chapter["time_base"]), float(chapter["end"] * chapter["time_base"])


def _silence(seconds: float) -> NDArray[np.float32]:
    return np.zeros((round(seconds * RATE), 2), np.float32)


@pytest.fixture
def video(make_clip: Callable[..., Path], tmp_path: Path) -> Path:
    """Four seconds of joined picture."""
    join([make_clip("a.mp4", 50), make_clip("b.mp4", 70, grey=90)], tmp_path / "video.mp4")
    return tmp_path / "video.mp4"


def _heard(path: Path) -> NDArray[np.float32]:
    """The sound of a film on its time line: sample *n* is what is heard at *n* / 48000 s."""
    with av.open(path) as container:
        stream = container.streams.audio[0]
        sound = np.zeros(round(float(container.duration or 0) / 1e6 * RATE) + 4096, np.float32)
        for frame in container.decode(stream):
            assert frame.pts is not None
            assert frame.time_base is not None
            start = round(frame.pts * frame.time_base * RATE)
            samples = np.asarray(frame.to_ndarray())[0][max(-start, 0) :]
            start = max(start, 0)
            sound[start : start + len(samples)] = samples[: len(sound) - start]
        return sound


def _apart(path: Path, shown: Sequence[float]) -> list[float]:
    """For each flash at a time *shown*, seconds to the loudest sample within half a second."""
    sound = np.abs(_heard(path))
    result = []
    for time in shown:
        start = max(round((time - 0.5) * RATE), 0)
        window = sound[start : start + RATE]
        assert window.max() > 0.3
        result.append((start + int(window.argmax())) / RATE - time)
    return result


def _clicks(times: Sequence[float], seconds: float) -> NDArray[np.float32]:
    track = _silence(seconds)
    for time in times:
        track[round(time * RATE)] = 0.9
    return track


def test_flash_and_click_agree(
    make_clip: Callable[..., Path], flashes: Callable[[Path], list[float]], tmp_path: Path
) -> None:
    lengths, lit = (95, 1, 120, 2, 61, 90), (0, None, 119, None, 30, 47)
    clips = [
        make_clip(f"{i}.mp4", n, flashes=() if k is None else (k,))
        for i, (n, k) in enumerate(zip(lengths, lit, strict=True))
    ]
    frames = join(clips, tmp_path / "video.mp4")
    starts = itertools.accumulate((0, *lengths))
    times = [(start + k) / FPS for start, k in zip(starts, lit, strict=False) if k is not None]
    mux(tmp_path / "video.mp4", _clicks(times, frames / FPS), (), (), {}, tmp_path / "film.mp4")
    shown = flashes(tmp_path / "film.mp4")
    assert shown == pytest.approx(times, abs=1e-6)
    apart = _apart(tmp_path / "film.mp4", shown)
    print(f"flash and click are at most {max(map(abs, apart)) * 1000:.3f} ms apart")
    assert max(map(abs, apart)) <= 1 / FPS
    # More than asked for: the encoder's priming (21 ms) is taken back to the sample.
    assert max(map(abs, apart)) <= 2 / RATE


@pytest.mark.slow
def test_long_films_do_not_drift(
    make_clip: Callable[..., Path], flashes: Callable[[Path], list[float]], tmp_path: Path
) -> None:
    """25 clips of 30 s, each an odd number of frames, so that no joint falls on an AAC packet."""
    length, count, rate = 361, 25, 12
    clip = make_clip("clip.mp4", length, flashes=(7,), rate=rate, size=(48, 32))
    frames = join([clip] * count, tmp_path / "video.mp4")
    assert frames == length * count
    assert frames / rate > 600
    times = [(length * i + 7) / rate for i in range(count)]
    mux(tmp_path / "video.mp4", _clicks(times, frames / rate), (), (), {}, tmp_path / "film.mp4")
    shown = flashes(tmp_path / "film.mp4")
    assert shown == pytest.approx(times, abs=1e-4)
    apart = _apart(tmp_path / "film.mp4", shown)
    print(f"over {frames / rate:.0f} s flash and click are at most {max(map(abs, apart)) * 1000:.3f} ms apart")
    assert max(map(abs, apart)) <= 1 / 60


def test_everything_is_there_again(video: Path, tmp_path: Path) -> None:
    out = tmp_path / "film.mp4"
    metadata = {
        "title": "Codes",
        "artist": "A series",
        "comment": "One line",
        "date": "2025",
        "genre": "Education",
    }
    mux(video, _silence(4), CAPTIONS, CHAPTERS, metadata, out, language="deu")
    with av.open(out) as film:
        picture: Any = film.streams.video[0]
        sound: Any = film.streams.audio[0]
        text = film.streams.subtitles[0]
        assert (picture.codec_context.name, picture.profile, picture.codec_context.pix_fmt) == (
            "h264",
            "High",
            "yuv420p",
        )
        assert (sound.codec_context.name, sound.profile, sound.rate, sound.layout.name) == (
            "aac",
            "LC",
            RATE,
            "stereo",
        )
        assert text.codec_context.name == "mov_text"
        assert [stream.language for stream in (picture, sound, text)] == ["deu"] * 3
        assert metadata.items() <= film.metadata.items()
        found = [_seconds(chapter) for chapter in film.chapters()]
        assert found == [(0, 1.5), (1.5, 4)]
        assert [c["metadata"]["title"] for c in film.chapters()] == [c.title for c in CHAPTERS]
        assert (picture.start_time, sound.start_time) == (0, 0)
        assert float(picture.duration * picture.time_base) == 4
        assert float(sound.duration * sound.time_base) == pytest.approx(4, abs=1024 / RATE)


def test_captions_are_exact(video: Path, tmp_path: Path) -> None:
    mux(video, _silence(4), CAPTIONS, CHAPTERS, {}, tmp_path / "film.mp4")
    with av.open(tmp_path / "film.mp4") as film:
        packets = [p for p in film.demux(film.streams.subtitles[0]) if p.size]
    assert all(p.duration > 0 for p in packets if p.duration is not None)
    assert all(
        Fraction(a.pts + a.duration) == b.pts
        for a, b in itertools.pairwise(packets)
        if a.pts is not None and a.duration is not None
    )
    found = []
    for packet in packets:
        data = bytes(packet)
        assert int.from_bytes(data[:2], "big") == len(data) - 2
        assert packet.pts is not None
        assert packet.duration is not None
        assert packet.time_base is not None
        start, end = packet.pts * packet.time_base, (packet.pts + packet.duration) * packet.time_base
        if len(data) > 2:
            found.append(Caption(float(start), float(end), tuple(data[2:].decode().split("\n"))))
    assert tuple(found) == CAPTIONS


def test_pictures_are_copied_packet_for_packet(video: Path, tmp_path: Path) -> None:
    mux(video, _silence(4), CAPTIONS, CHAPTERS, {"title": "x"}, tmp_path / "film.mp4")

    def packets(path: Path) -> list[tuple[Any, Any, bytes]]:
        with av.open(path) as film:
            return [
                (p.pts * p.time_base, p.dts * p.time_base, bytes(p))
                for p in film.demux(film.streams.video[0])
                if p.pts is not None and p.dts is not None and p.time_base is not None
            ]

    copied = packets(tmp_path / "film.mp4")
    assert copied == packets(video)
    assert len({pts for pts, _, _ in copied}) == len(copied) == 120


def _boxes(data: bytes) -> list[str]:
    names, position = [], 0
    while position < len(data):
        names.append(data[position + 4 : position + 8].decode("ascii"))
        position += int.from_bytes(data[position : position + 4], "big")
    assert position == len(data)
    return names


def test_index_comes_first_and_bytes_repeat(video: Path, tmp_path: Path) -> None:
    track = np.random.default_rng(0).uniform(-0.3, 0.3, (4 * RATE, 2)).astype(np.float32)
    one, two = tmp_path / "one.mp4", tmp_path / "two.mp4"
    mux(video, track, CAPTIONS, CHAPTERS, {"title": "x"}, one)
    script = (
        "import sys, pathlib, numpy as np; sys.path.insert(0, sys.argv[3]);"
        "from test_mux import CAPTIONS, CHAPTERS, mux;"
        "video, out = map(pathlib.Path, sys.argv[1:3]);"
        "mux(video, np.load(sys.argv[4]), CAPTIONS, CHAPTERS, {'title': 'x'}, out)"
    )
    np.save(tmp_path / "track.npy", track)
    here = str(Path(__file__).parent)
    subprocess.run([sys.executable, "-c", script, video, two, here, tmp_path / "track.npy"], check=True)
    data = one.read_bytes()
    assert data == two.read_bytes()
    boxes = _boxes(data)
    assert boxes.index("moov") < boxes.index("mdat")
    assert b"Lavf" not in data
    assert b"Lavc" not in data[: data.index(b"mdat")]


def test_without_captions_or_chapters_there_is_no_empty_track(video: Path, tmp_path: Path) -> None:
    mux(video, _silence(4), (), (), {}, tmp_path / "film.mp4")
    with av.open(tmp_path / "film.mp4") as film:
        assert [stream.type for stream in film.streams] == ["video", "audio"]


@pytest.mark.parametrize("start", [0.0, 2.0])
def test_captions_may_start_at_once_or_late_and_last_to_the_end(video: Path, tmp_path: Path, start: float) -> None:
    mux(video, _silence(4), [Caption(start, 4.0, ("only one",))], (), {}, tmp_path / "film.mp4")
    with av.open(tmp_path / "film.mp4") as film:
        stream: Any = film.streams.subtitles[0]
        texts = {
            float(p.pts * stream.time_base): bytes(p)[2:] for p in film.demux(stream) if p.size and p.pts is not None
        }
    assert texts.pop(start) == b"only one"
    assert set(texts.values()) <= {b""}


def test_all_metadata_that_is_allowed_survives(video: Path, tmp_path: Path) -> None:
    metadata = {key: "3" if key == "track" else f"é {key}" for key in METADATA}
    mux(video, _silence(4), (), (), metadata, tmp_path / "film.mp4")
    with av.open(tmp_path / "film.mp4") as film:
        assert metadata.items() <= film.metadata.items()


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"track": _silence(4.2)}, r"picture lasts 4\.000 s and the sound 4\.200 s"),
        ({"track": np.zeros(4 * RATE, np.float32)}, "must be stereo"),
        (
            {"captions": [Caption(1, 3, ("a",)), Caption(2, 4, ("b",))]},
            "caption 'b' at 2.00 s starts before caption 'a'",
        ),
        ({"captions": [Caption(1, 1, ("a",))]}, "ends where it starts"),
        ({"captions": [Caption(3, 5, ("a",))]}, "ends after the picture"),
        ({"chapters": [Chapter(0, 9, "a")]}, "ends after the picture"),
        ({"metadata": {"colour": "blue"}}, "metadata colour: MP4 keeps only"),
        ({"language": "en"}, "three letters"),
    ],
)
def test_parts_that_do_not_fit_are_errors(video: Path, tmp_path: Path, change: Mapping[str, Any], why: str) -> None:
    arguments: dict[str, Any] = {"track": _silence(4), "captions": (), "chapters": (), "metadata": {}}
    with pytest.raises(FilmError, match=why):
        mux(video=video, out=tmp_path / "film.mp4", **{**arguments, **change})
    assert not (tmp_path / "film.mp4").exists()


def test_unreadable_pictures_are_named_and_old_films_stay(video: Path, tmp_path: Path) -> None:
    out = tmp_path / "film.mp4"
    out.write_text("an older film")
    cut, text = tmp_path / "cut.mp4", tmp_path / "text.mp4"
    cut.write_bytes(video.read_bytes()[:-40])
    text.write_text("not a film")
    before = _names(tmp_path)
    for bad in (cut, text, tmp_path / "missing.mp4"):
        with pytest.raises(FilmError, match=f"{bad.name}: .*render it again"):
            mux(bad, _silence(4), (), (), {}, out)
    assert out.read_text() == "an older film"
    assert _names(tmp_path) == before


def _can_mount() -> bool:
    if shutil.which("unshare") is None:
        return False
    command = "mount -t tmpfs -o size=64k none /mnt"
    return subprocess.run(["unshare", "-rm", "sh", "-c", command], capture_output=True, check=False).returncode == 0


@pytest.mark.skipif(not _can_mount(), reason="a small disk can be mounted only where user namespaces are allowed")
def test_a_disk_that_fills_up_while_writing(video: Path, tmp_path: Path) -> None:
    """A real disk of 64 kB, and a free-space check that is deceived."""
    script = (
        "import sys, os, pathlib, numpy as np, film.mux as m, film.join as j;"
        "m.ensure_space = j.ensure_space = lambda *_: None\n"
        "video, disk = map(pathlib.Path, sys.argv[1:])\n"
        "track = np.random.default_rng(0).uniform(-.5, .5, (192000, 2)).astype(np.float32)\n"
        "for work in (lambda o: m.mux(video, track, (), (), {}, o), lambda o: j.join([video] * 40, o)):\n"
        "    try: work(disk / 'film.mp4')\n"
        "    except m.FilmError as error: print(error, os.listdir(disk))\n"
    )
    disk = tmp_path / "disk"
    disk.mkdir()
    command = 'mount -t tmpfs -o size=64k none "$1" && exec "$2" -c "$3" "$4" "$1"'
    run = subprocess.run(
        ["unshare", "-rm", "sh", "-c", command, "sh", disk, sys.executable, script, video],
        capture_output=True,
        text=True,
        check=True,
    )
    lines = run.stdout.splitlines()
    assert len(lines) == 2
    assert all("film.mp4: no space left on the disk, free 0.1 MB" in line and line.endswith(" []") for line in lines)
