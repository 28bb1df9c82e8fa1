"""What goes into a clip comes out of it, in every decoder: each picture, for as many frames as it was shown."""

from __future__ import annotations

import re
import subprocess
from itertools import pairwise
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from av.codec.context import CodecContext
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from film.drawing.picture_stream import ENCODER, SEEK_SECONDS, PictureStream
from film.drawing.skip_picture import Coding, _escaped, _unescaped, read_coding, skip_picture
from film.drawing.tiles import SIDE, Tiles
from film.drawing.yuv_picture import YuvPicture
from film.errors import FilmError

from . import moving_picture as clip
from .openh264 import decode as openh264_decode

CLOSE = 4  # mean difference, of 255, of a decoded picture from what was drawn


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[int]]:
    path = tmp_path_factory.mktemp("stream") / "clip.mp4"
    return path, clip.write(path)


def luma(number: int) -> NDArray[np.float64]:
    """The Y of a drawn picture in BT.709, limited range, by its formula."""
    rgb = clip.picture(number)[..., :3].astype(float)
    return np.asarray(16 + rgb @ [0.2126, 0.7152, 0.0722] * 219 / 255)


def check(planes: list[NDArray[Any]], shown: list[int]) -> None:
    """Frames show what they should, and those of a still are the same to the last bit."""
    assert len(planes) == len(shown)
    for frame, number in zip(planes, shown, strict=True):
        assert np.abs(frame - luma(number)).mean() < CLOSE
    for (before, one), (after, other) in pairwise(zip(planes, shown, strict=True)):
        assert np.array_equal(before, after) == (one == other)


def test_libavcodec_shows_every_picture_as_long_as_it_was_shown(written: tuple[Path, list[int]]) -> None:
    path, shown = written
    with av.open(path) as container:
        frames = list(container.decode(video=0))
        stream = container.streams.video[0]
        assert (stream.frames, float(stream.average_rate or 0), stream.start_time) == (len(shown), clip.RATE, 0)
        assert stream.codec_context.color_primaries == 1  # BT.709
    assert [round(frame.time * clip.RATE) for frame in frames if frame.time is not None] == list(range(len(shown)))
    check([frame.to_ndarray()[: clip.HEIGHT] for frame in frames], shown)


def test_the_colours_are_bt_709(written: tuple[Path, list[int]]) -> None:
    path, shown = written
    with av.open(path) as container:
        frame = next(container.decode(video=0))
    assert frame.colorspace == 1
    rgb = frame.to_rgb().to_ndarray().astype(int)
    place = np.s_[70:110, 26:46]
    assert np.abs(rgb[place] - clip.picture(shown[0])[place][..., :3]).max() <= 3


def test_openh264_decodes_the_same(written: tuple[Path, list[int]]) -> None:
    path, shown = written
    planes = openh264_decode(path)
    if planes is None:
        pytest.skip("OpenH264 is not here (Debian: apt-get install libopenh264-dev)")
    check(planes, shown)
    with av.open(path) as container:
        ours = [frame.to_ndarray()[: clip.HEIGHT] for frame in container.decode(video=0)]
    assert all(np.array_equal(one, other) for one, other in zip(planes, ours, strict=True))


def test_nothing_is_warned_of(written: tuple[Path, list[int]]) -> None:
    try:
        done = subprocess.run(
            ["ffmpeg", "-v", "warning", "-xerror", "-err_detect", "explode", "-i", written[0], "-f", "null", "-"],
            capture_output=True,
            text=True,
        )
    except FileNotFoundError:
        pytest.skip("the program ffmpeg is not here (Debian: apt-get install ffmpeg)")
    assert (done.returncode, done.stderr) == (0, "")


def test_players_can_start_often_where_the_picture_moves(tmp_path: Path) -> None:
    path = tmp_path / "clip.mp4"
    stream = PictureStream(path, clip.WIDTH, clip.HEIGHT, clip.RATE)
    frames = 3 * SEEK_SECONDS * clip.RATE
    for number in range(frames):
        stream.show(clip.picture(number % 2), clip.changed_by(1))
    stream.close()
    with av.open(path) as container:
        keys = [i for i, packet in enumerate(container.demux(video=0)) if packet.is_keyframe]
    assert keys == [0, SEEK_SECONDS * clip.RATE, 2 * SEEK_SECONDS * clip.RATE]


def test_a_still_costs_next_to_nothing(tmp_path: Path) -> None:
    sizes = []
    for count in (1, 601):
        stream = PictureStream(tmp_path / f"{count}.mp4", clip.WIDTH, clip.HEIGHT, clip.RATE)
        stream.show(clip.picture(0), None, count)
        stream.close()
        sizes.append((tmp_path / f"{count}.mp4").stat().st_size)
    assert (sizes[1] - sizes[0]) / 600 < 60  # bytes a frame, the container's tables included


def test_what_fades_out_leaves_no_stain_on_a_light_ground(tmp_path: Path) -> None:
    width, height, frames = 320, 192, 30
    stream = PictureStream(tmp_path / "clip.mp4", width, height, 30)
    ground, ink = np.array([252, 251, 247]), np.array([255, 216, 102])
    for number in range(frames):
        picture = np.full((height, width, 4), 255, np.uint8)
        picture[..., :3] = ground
        share = max(0.0, 1 - number / (frames - 5)) ** 2
        picture[48:144, 64:256, :3] = np.round(share * ink + (1 - share) * ground)
        stream.show(picture, None)
    stream.close()
    with av.open(tmp_path / "clip.mp4") as container:
        *_, last = container.decode(video=0)
    luma = last.to_ndarray()[:height].astype(int)
    assert np.ptp(luma) == 0


def test_equal_pictures_give_equal_bytes(tmp_path: Path) -> None:
    for name in "ab":
        clip.write(tmp_path / f"{name}.mp4")
    assert (tmp_path / "a.mp4").read_bytes() == (tmp_path / "b.mp4").read_bytes()


def test_a_clip_that_is_given_up_leaves_no_file(tmp_path: Path) -> None:
    stream = PictureStream(tmp_path / "clip.mp4", clip.WIDTH, clip.HEIGHT, clip.RATE)
    stream.show(clip.picture(0), None, 3)
    stream.abort()
    assert list(tmp_path.iterdir()) == []


# ---- the parts -----------------------------------------------------------------------------------


def test_an_encoder_with_b_pictures_is_refused() -> None:
    context: Any = CodecContext.create("libx264", "w")
    context.width, context.height, context.pix_fmt = 64, 64, "yuv420p"
    context.time_base, context.options = 1, {"bframes": "2"}
    context.flags |= int(av.codec.context.Flags.global_header)
    context.open()
    with pytest.raises(FilmError, match=r"B pictures.*mend its options"):
        read_coding(context.extradata or b"")
    with pytest.raises(FilmError, match=r"no H\.264 parameter sets"):
        read_coding(b"\0\0\0\1\x09\x10")
    assert "bframes=0" in ENCODER["x264-params"]


@given(st.binary(max_size=40))
def test_emulation_prevention_is_undone(payload: bytes) -> None:
    padded = payload + b"\x80"  # a payload ends with a stop bit
    escaped = _escaped(padded)
    assert not re.search(rb"\x00\x00[\x00-\x02]", escaped)
    assert _unescaped(escaped) == padded


@pytest.mark.parametrize("has_cabac", [True, False])
@pytest.mark.parametrize("macroblocks", [1, 12, 240, 8160])
def test_pictures_that_repeat_are_short(has_cabac: bool, macroblocks: int) -> None:
    coding = Coding(macroblocks, 4, 0, has_cabac, True, 24)
    assert len(skip_picture(coding, 3)) < 24 + macroblocks / 100
    assert skip_picture(coding, 3) == skip_picture(coding, 19)  # frame numbers begin again


boxes = st.tuples(*(st.integers(0, 200) for _ in range(4)))


@given(st.lists(boxes, max_size=8), st.integers(1, 200), st.integers(1, 150))
def test_rectangles_cover_the_marked_tiles_once(
    marked: list[tuple[int, int, int, int]], width: int, height: int
) -> None:
    inside = [(min(a, width), min(b, height), min(c, width), min(d, height)) for a, b, c, d in marked]
    tiles = Tiles(width, height)
    tiles.mark(inside)
    counted = np.zeros((height, width), int)
    for left, top, right, bottom in tiles.rectangles():
        assert left % SIDE == top % SIDE == 0
        counted[top:bottom, left:right] += 1
    expected = np.zeros((height, width), int)
    for left, top, right, bottom in inside:
        if left < right and top < bottom:
            across = slice(left // SIDE * SIDE, -(-right // SIDE) * SIDE)
            expected[top // SIDE * SIDE : -(-bottom // SIDE) * SIDE, across] = 1
    assert np.array_equal(counted, expected)
    assert bool(tiles) == bool(expected.any())


def test_a_part_is_converted_as_the_whole() -> None:
    pixels = np.random.default_rng(0).integers(0, 256, (128, 192, 4), np.uint8)
    whole, parts = YuvPicture(192, 128), YuvPicture(192, 128)
    whole.update(pixels, [(0, 0, 192, 128)])
    parts.update(pixels, [(x, y, x + 64, y + 32) for x in range(0, 192, 64) for y in range(0, 128, 32)])
    apart = np.abs(whole.frame.to_ndarray().astype(int) - parts.frame.to_ndarray())
    assert apart.max() <= 1  # how libswscale rounds depends on where a line ends
