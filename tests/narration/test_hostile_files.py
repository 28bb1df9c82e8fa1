"""Takes, recordings and timetables from anybody: bombs, devices, links and playlists are refused, and soon."""

from __future__ import annotations

import io
import json
import os
import struct
import tracemalloc
import wave
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from narration.audio import SAMPLE_RATE
from narration.data_file import LARGEST_JSON, NotRegular, TooLarge, json_value, regular_bytes
from narration.errors import NarrationError
from narration.opus import LONGEST, SoundError, decode_sound, encode_opus, sound_length
from narration.pacing import Pacing
from narration.recording import import_recording
from narration.script import Script, ScriptErrors
from narration.takes import RECORDING, TakeDamaged, check_take, new_take_data, says_recording, take_paths, write_take
from narration.timetable import Timetable, TimetableError
from tests.fuzz.hang import limited

from .performance import performed, save

MakeScript = Callable[[str], Script]
BEATS = "## budget\nSo it is."


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        '{"a":' * 100_000,
        "NaN",
        "[Infinity]",
        "[-Infinity]",
        "1e999",
        "-1e300",
        "9" * 5000,
        str(2**53 + 1),
        '{"a": 1',
        "",
    ],
)
def test_json_without_measure_is_refused(text: str) -> None:
    with limited(), pytest.raises(ValueError, match=r"."):
        json_value(text)


@pytest.mark.parametrize("text", ["[1, 2.5, -3e-300]", str(2**53), '{"a": {"b": ["\\u0000"]}}'])
def test_json_within_measure_is_read_as_python_does(text: str) -> None:
    assert json_value(text) == json.loads(text)


def test_only_regular_files_of_a_size_are_read(tmp_path: Path) -> None:
    plain, pipe = tmp_path / "plain", tmp_path / "pipe"
    plain.write_bytes(b"12345")
    os.mkfifo(pipe)
    with limited():
        assert regular_bytes(plain, 5) == b"12345"
        with pytest.raises(TooLarge):
            regular_bytes(plain, 4)
        with pytest.raises(NotRegular):
            regular_bytes(pipe, 5)
        with pytest.raises(NotRegular):
            regular_bytes(Path("/dev/zero"), 5)
        with pytest.raises(IsADirectoryError):
            regular_bytes(tmp_path, 5)
        with pytest.raises(FileNotFoundError):
            regular_bytes(tmp_path / "none", 5)


@pytest.mark.parametrize("target", ["/dev/zero", "pipe", "/etc/passwd", "budget.json", "nothing"])
@pytest.mark.parametrize("which", ["json", "opus"])
def test_links_in_takes_lead_nowhere(target: str, which: str, make_script: MakeScript, tmp_path: Path) -> None:
    script = make_script(BEATS)
    paths = take_paths(script, script.beats[0], tmp_path / "takes")
    write_take(paths, new_take_data(script.beats[0], "espeak:en-us", {}, Pacing(), 1), b"x")
    os.mkfifo(paths.json.with_name("pipe"))
    linked: Path = getattr(paths, which)
    linked.unlink()
    linked.symlink_to(target)
    with limited(), pytest.raises(TakeDamaged) as caught:
        check_take(script, script.beats[0], tmp_path / "takes")
    assert "root:" not in str(caught.value), "nothing of the file is shown"
    with limited():
        assert not says_recording(paths)


def test_a_take_is_not_written_through_a_link(make_script: MakeScript, tmp_path: Path) -> None:
    script = make_script(BEATS)
    paths = take_paths(script, script.beats[0], tmp_path / "takes")
    precious = tmp_path / "precious"
    precious.write_text("mine", encoding="utf-8")
    paths.json.parent.mkdir(parents=True)
    for link in (paths.opus, paths.json):
        link.symlink_to(precious)
        link.with_name(f".{link.name}.part").symlink_to(precious)
    write_take(paths, new_take_data(script.beats[0], "espeak:en-us", {}, Pacing(), 1), b"sound")
    assert precious.read_text("utf-8") == "mine"
    assert paths.opus.read_bytes() == b"sound"
    assert not paths.opus.is_symlink()


@pytest.mark.parametrize("name", ["/dev/zero", "pipe", "none", "."])
def test_timetables_are_regular_files(name: str, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with limited(), pytest.raises(TimetableError, match="render the scene again"):
        Timetable.read(tmp_path / name)


def test_a_timetable_of_too_many_bytes_is_refused(tmp_path: Path) -> None:
    with (tmp_path / "big.json").open("wb") as file:
        file.truncate(LARGEST_JSON + 1)
    with pytest.raises(TimetableError, match="over 40 MB"):
        Timetable.read(tmp_path / "big.json")


def as_wave(samples: int, rate: int) -> bytes:
    target = io.BytesIO()
    with wave.open(target, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(bytes(2 * samples))
    return target.getvalue()


@pytest.mark.parametrize("sound", [as_wave(2 * LONGEST, 1), as_wave(200_000, 100)], ids=["1 Hz", "100 Hz"])
def test_a_sound_that_swells_is_refused_before_it_does(sound: bytes) -> None:
    tracemalloc.start()
    try:
        with limited(), pytest.raises(SoundError, match="over 15 minutes"):
            decode_sound(sound)
        assert tracemalloc.get_traced_memory()[1] < 4 * SAMPLE_RATE * (LONGEST + 60)
    finally:
        tracemalloc.stop()


def test_sound_of_hours_in_a_small_file_is_refused() -> None:
    ogg = bytearray(encode_opus(np.zeros(SAMPLE_RATE, np.float32)))
    last = ogg.rindex(b"OggS")
    ogg[last + 6 : last + 14] = struct.pack("<q", 2**62)  # how many samples it claims to hold
    for read in (sound_length, decode_sound):
        with limited():
            try:
                answer = read(bytes(ogg))
            except SoundError:
                continue
            assert isinstance(answer, int) or len(answer) <= 2 * SAMPLE_RATE


PLAYLISTS = {
    "concat": "ffconcat version 1.0\nfile {secret}\n",
    "hls": "#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\n{secret}\n#EXT-X-ENDLIST\n",
    "hls file": "#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nfile://{secret}\n#EXT-X-ENDLIST\n",
    "sdp": "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=audio 9 RTP/AVP 0\n",
}


@pytest.mark.parametrize("kind", PLAYLISTS)
def test_a_recording_that_names_another_file_is_refused(kind: str, make_script: MakeScript, tmp_path: Path) -> None:
    secret = tmp_path / "secret.wav"
    secret.write_bytes(as_wave(48_000, 48_000))
    recording = tmp_path / "recording.wav"
    recording.write_text(PLAYLISTS[kind].format(secret=secret), encoding="utf-8")
    script = make_script(BEATS)
    with limited(), pytest.raises(NarrationError, match="no readable sound"):
        import_recording(script, script.beats[0], recording, tmp_path / "takes")
    assert not (tmp_path / "takes").exists()


def test_a_sound_file_of_an_unusual_kind_is_refused(make_script: MakeScript, tmp_path: Path) -> None:
    """Kinds are a closed list, or one that reaches the network (SDP) could be among them."""
    script, sound = make_script(BEATS), performed("So it is.")
    assert import_recording(script, script.beats[0], save(tmp_path / "a.wav", sound), tmp_path / "takes").take
    with pytest.raises(NarrationError, match="no readable sound"):
        import_recording(script, script.beats[0], save(tmp_path / "a.au", sound, "pcm_s16be"), tmp_path / "takes")


@pytest.mark.parametrize("name", ["/dev/zero", "pipe"])
def test_a_recording_is_a_regular_file(name: str, make_script: MakeScript, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    script = make_script(BEATS)
    with limited(), pytest.raises(NarrationError, match=r"cannot be read \(it is no regular file\)"):
        import_recording(script, script.beats[0], tmp_path / name, tmp_path / "takes")


def test_a_recording_that_swells_is_refused(make_script: MakeScript, tmp_path: Path) -> None:
    (tmp_path / "own.wav").write_bytes(as_wave(2 * LONGEST, 1))
    script = make_script(BEATS)
    with limited(), pytest.raises(NarrationError, match=r"own\.wav: it is over 15 minutes long"):
        import_recording(script, script.beats[0], tmp_path / "own.wav", tmp_path / "takes")


def test_a_name_is_no_path(make_script: MakeScript) -> None:
    for name in ("../../x", "..", "/etc/passwd", "a/b", "a\\b", "con\x00", ".hidden", "~", "$(touch x)", "a" * 61):
        with pytest.raises(ScriptErrors, match="beat"):
            make_script(f"## {name}\nWell.")


def test_control_characters_do_not_reach_the_reader(make_script: MakeScript) -> None:
    with pytest.raises(ScriptErrors) as caught:
        make_script("## a\nIt [\x1b]0;x\x07] is \x1b[31mred {\x1b[2J} [\u202e](x \x9b1m).\n## \x1b[41m\nWell \x08.\n")
    assert len(caught.value.problems) > 4
    assert "".join(str(caught.value).split("\n")).isprintable()
    assert "\\x1b" in str(caught.value)


def test_a_take_may_call_itself_anything(make_script: MakeScript, tmp_path: Path) -> None:
    script = make_script(BEATS)
    paths = take_paths(script, script.beats[0], tmp_path / "takes")
    write_take(paths, new_take_data(script.beats[0], RECORDING, {}, None, 1), b"x")
    text = paths.json.read_text("utf-8").replace('"version": 1', '"version": "\\u001b[31m1"')
    paths.json.write_text(text, encoding="utf-8")
    with pytest.raises(TakeDamaged) as caught:
        check_take(script, script.beats[0], tmp_path / "takes")
    assert str(caught.value).isprintable()
