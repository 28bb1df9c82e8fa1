"""Clips are joined frame for frame, or refused with the reason."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from film.errors import FilmError
from film.join import join

LENGTHS = (45, 1, 60, 2, 37, 3)


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def _packets(path: Path) -> list[av.Packet[Any]]:
    with av.open(path) as container:
        return [packet for packet in container.demux(video=0) if packet.dts is not None]


def _pictures(path: Path) -> list[bytes]:
    with av.open(path) as container:
        return [frame.to_ndarray(format="gray").tobytes() for frame in container.decode(video=0)]


def test_every_frame_lands_on_the_grid(
    make_clip: Callable[..., Path], flashes: Callable[[Path], list[float]], tmp_path: Path
) -> None:
    clips = [make_clip(f"{i}.mp4", n, flashes=(n // 2,)) for i, n in enumerate(LENGTHS)]
    out = tmp_path / "joined.mp4"
    assert join(clips, out) == sum(LENGTHS)
    packets = _packets(out)
    assert any(p.pts != p.dts for p in packets), "the clips should have B-frames"
    times = [Fraction(p.pts or 0) * p.time_base for p in packets if p.time_base]
    assert sorted(times) == [Fraction(i, 30) for i in range(sum(LENGTHS))]
    assert all(a.dts < b.dts for a, b in itertools.pairwise(packets) if a.dts is not None and b.dts is not None)
    assert all(p.pts >= p.dts for p in packets if p.pts is not None and p.dts is not None)
    starts = [0, *itertools.accumulate(LENGTHS)]
    expected = [(start + n // 2) / 30 for start, n in zip(starts, LENGTHS, strict=False)]
    assert flashes(out) == pytest.approx(expected, abs=1e-9)
    with av.open(out) as container:
        stream = container.streams.video[0]
        assert stream.average_rate == 30
        assert stream.profile == "High"
        assert stream.start_time == 0
        assert stream.duration is not None
        assert stream.time_base is not None
        assert stream.duration * stream.time_base == Fraction(sum(LENGTHS), 30)


def test_pictures_are_untouched(make_clip: Callable[..., Path], tmp_path: Path) -> None:
    clips = [make_clip("a.mp4", 20), make_clip("b.mp4", 33, grey=90)]
    join(clips, tmp_path / "joined.mp4")
    assert _pictures(tmp_path / "joined.mp4") == [p for clip in clips for p in _pictures(clip)]


def test_joining_twice_gives_equal_bytes(make_clip: Callable[..., Path], tmp_path: Path) -> None:
    clips = [make_clip("a.mp4", 20), make_clip("b.mp4", 5)]
    for name in ("one.mp4", "two.mp4"):
        join(clips, tmp_path / name)
    assert (tmp_path / "one.mp4").read_bytes() == (tmp_path / "two.mp4").read_bytes()


def test_a_joined_film_can_be_joined_again(make_clip: Callable[..., Path], tmp_path: Path) -> None:
    clip = make_clip("a.mp4", 20)
    join([clip, clip], tmp_path / "two.mp4")
    assert join([tmp_path / "two.mp4", clip], tmp_path / "three.mp4") == 60
    assert _pictures(tmp_path / "three.mp4") == _pictures(clip) * 3


def test_single_frames_keep_their_rate(make_clip: Callable[..., Path], tmp_path: Path) -> None:
    clips = [make_clip("a.mp4", 1, rate=24), make_clip("b.mp4", 1, rate=24, grey=90)]
    assert join(clips, tmp_path / "joined.mp4") == 2
    assert [
        float(p.pts * p.time_base) for p in _packets(tmp_path / "joined.mp4") if p.pts is not None and p.time_base
    ] == [
        0,
        pytest.approx(1 / 24),
    ]


@pytest.mark.parametrize(
    ("other", "what"),
    [
        ({"size": (160, 90)}, "size 160x90, not 320x180"),
        ({"rate": 15}, "15 frames a second, not 30"),
        ({"profile": "main"}, "profile Main, not High"),
        ({"crf": "12"}, "parameter sets"),
    ],
)
def test_other_coding_is_refused(
    make_clip: Callable[..., Path], tmp_path: Path, other: dict[str, object], what: str
) -> None:
    clips = [make_clip("first.mp4", 10), make_clip("other.mp4", 10, **other)]
    with pytest.raises(FilmError, match=r"other\.mp4: has ") as caught:
        join(clips, tmp_path / "joined.mp4")
    assert what in str(caught.value)
    assert _names(tmp_path) == ["first.mp4", "other.mp4"]


def _cut(path: Path, share: float) -> None:
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])


@pytest.mark.parametrize("faststart", [False, True])
@pytest.mark.parametrize("share", [0, 0.01, 0.5, 0.9, 0.98])
def test_cut_off_clips_are_refused(
    make_clip: Callable[..., Path], tmp_path: Path, share: float, faststart: bool
) -> None:
    good, bad = make_clip("good.mp4", 10), make_clip("bad.mp4", 30)
    if faststart:
        with (
            av.open(bad) as source,
            av.open(tmp_path / "fast.mp4", "w", options={"movflags": "+faststart"}) as out,
        ):
            stream = out.add_stream_from_template(source.streams.video[0])
            for packet in source.demux(video=0):
                if packet.dts is not None:
                    packet.stream = stream
                    out.mux(packet)
        (tmp_path / "fast.mp4").replace(bad)
    _cut(bad, share)
    with pytest.raises(FilmError, match=r"bad\.mp4: .*render it again"):
        join([good, bad], tmp_path / "joined.mp4")
    assert _names(tmp_path) == ["bad.mp4", "good.mp4"]


def test_what_is_no_clip_is_refused(make_clip: Callable[..., Path], tmp_path: Path) -> None:
    good = make_clip("good.mp4", 5)
    text = tmp_path / "text.mp4"
    text.write_text("no clip")
    with av.open(tmp_path / "sound.mp4", "w") as container:
        stream = container.add_stream("aac", rate=48000)
        frame = av.AudioFrame.from_ndarray(np.zeros((2, 1024), np.float32), format="fltp", layout="stereo")
        frame.sample_rate = 48000
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    for name, why in [("text", "cannot be read"), ("missing", "cannot be read"), ("sound", "has no picture")]:
        with pytest.raises(FilmError, match=rf"{name}\.mp4: {why}"):
            join([good, tmp_path / f"{name}.mp4"], tmp_path / "joined.mp4")
    with pytest.raises(FilmError, match="no clips to join"):
        join([], tmp_path / "joined.mp4")


def test_uneven_frames_are_refused(make_clip: Callable[..., Path], tmp_path: Path) -> None:
    clip = make_clip("even.mp4", 12)
    with av.open(clip) as source, av.open(tmp_path / "uneven.mp4", "w") as out:
        stream = out.add_stream_from_template(source.streams.video[0])
        for packet in source.demux(video=0):
            if packet.pts is not None and packet.dts is not None:
                late = 300 if packet.pts > 3000 else 0
                packet.stream, packet.pts, packet.dts = stream, packet.pts + late, packet.dts
                out.mux(packet)
    with pytest.raises(FilmError, match=r"uneven\.mp4: its frames are not equally spaced"):
        join([clip, tmp_path / "uneven.mp4"], tmp_path / "joined.mp4")
