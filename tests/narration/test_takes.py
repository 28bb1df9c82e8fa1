"""Takes are exact, whole and of the script's text, or refused; only what changed is made again."""

import hashlib
import json
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
import pytest

from narration.audio import SAMPLE_RATE, levelled, loudness, sound_bounds
from narration.errors import NarrationError
from narration.narrate import Outcome, make_takes
from narration.opus import SoundError, decode_sound, encode_opus
from narration.script import Script
from narration.speech import Fallback, Source, speeches
from narration.takes import (
    Take,
    TakeDamaged,
    TakeMissing,
    TakeStale,
    check_take,
    take_paths,
    write_take,
)
from narration.voices.base import Samples, Setting
from narration.voices.espeak import Espeak

BEATS = "## budget\nEach codeword spends [spend] its share. Short words are dear. [pause 0.7] Nothing is left."
OTHER = "## budget\nEach codeword spends [spend] its share. Long words are dear. [pause 0.7] Nothing is left."
MakeScript = Callable[[str], Script]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the take of BEATS; copy it, do not change it."""
    folder = tmp_path_factory.mktemp("made")
    path = folder / "en" / "kraft.md"
    path.parent.mkdir()
    path.write_text(f"# Prefix codes\n{BEATS}\n", encoding="utf-8")
    from narration.fact import Facts
    from narration.script import read_script

    make_takes(read_script(path, Facts()), Espeak(), folder / "takes")
    return folder / "takes"


@pytest.fixture
def takes(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "takes"))


def clicks(count: int) -> Samples:
    """Short bursts of noise, none near enough to another to be mistaken for it."""
    generator = np.random.default_rng(5)
    samples = np.zeros(count, np.float32)
    for start in range(1000, count - 400, 7919):
        samples[start : start + 200] = 0.5 * generator.standard_normal(200) * np.hanning(200)
    return samples


@pytest.mark.parametrize("count", [1, 959, 48_000, 96_001, 144_000 - 311, 48_000 * 61 + 13])
def test_opus_keeps_every_sample_in_its_place(count: int) -> None:
    samples = clicks(count) if count > 2000 else np.full(count, 0.1, np.float32)
    data = encode_opus(samples)
    decoded = decode_sound(data)
    assert len(decoded) == count
    assert data == encode_opus(samples)
    if count > 2000:
        size = 2 ** int(np.ceil(np.log2(2 * count)))
        correlation = np.fft.irfft(np.fft.rfft(decoded, size) * np.conj(np.fft.rfft(samples, size)), size)
        assert int(correlation.argmax()) == 0


@pytest.mark.parametrize("data", [b"", b"noise" * 1000, b"OggS" + bytes(200)])
def test_what_is_no_sound_is_refused(data: bytes) -> None:
    with pytest.raises(SoundError):
        decode_sound(data)


def test_levelling_meets_the_loudness_but_never_clips() -> None:
    noise = np.random.default_rng(0).standard_normal(SAMPLE_RATE).astype(np.float32)
    assert loudness(levelled(noise * np.float32(1e-3), -20)) == pytest.approx(-20, abs=0.01)
    peaky = np.zeros(SAMPLE_RATE, np.float32)
    peaky[::9000] = 0.2
    assert np.abs(levelled(peaky, -20)).max() == pytest.approx(10 ** (-1 / 20), rel=1e-5)
    assert not levelled(np.zeros(500, np.float32), -20).any()


def test_trimming_finds_the_sound() -> None:
    samples = np.zeros(SAMPLE_RATE, np.float32)
    samples[10_000:20_000] = np.random.default_rng(0).standard_normal(10_000) * 0.1
    first, end = sound_bounds(samples, keep=0.0)
    assert 0 <= 10_000 - first < 480
    assert 0 <= end - 20_000 < 480
    assert sound_bounds(np.zeros(100, np.float32), keep=0.1) == (0, 0)
    assert sound_bounds(np.zeros(0, np.float32), keep=0.1) == (0, 0)


def check(make_script: MakeScript, takes: Path, beats: str = BEATS) -> Take:
    script = make_script(beats)
    return check_take(script, script.beat("budget"), takes)


def test_a_take_is_what_was_made(make_script: MakeScript, takes: Path) -> None:
    take = check(make_script, takes)
    assert take.data.voice == "espeak:en-us"
    assert take.data.settings == {"rate": 165}
    assert len(take.samples) == take.data.samples
    assert loudness(take.samples) == pytest.approx(-20, abs=0.5)
    left = next(word for word in take.data.words if word.text == "nothing")
    dear = next(word for word in take.data.words if word.text == "dear")
    assert 0.7 <= left.start - dear.end < 0.8
    quiet = take.samples[round((dear.end + 0.05) * SAMPLE_RATE) : round((dear.end + 0.65) * SAMPLE_RATE)]
    assert np.abs(quiet).max() < 1e-3


def test_made_twice_gives_the_same_bytes(make_script: MakeScript, takes: Path, tmp_path: Path) -> None:
    make_takes(make_script(BEATS), Espeak(), tmp_path / "again")
    files = {path.relative_to(takes): path.read_bytes() for path in takes.rglob("*") if path.is_file()}
    again = {
        path.relative_to(tmp_path / "again"): path.read_bytes()
        for path in (tmp_path / "again").rglob("*")
        if path.is_file()
    }
    assert files == again
    assert len(files) == 2


def opus(takes: Path) -> Path:
    return takes / "en" / "kraft" / "budget.opus"


def edit(takes: Path, **changes: object) -> None:
    path = opus(takes).with_suffix(".json")
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8")) | changes), encoding="utf-8")


def fake_sound(takes: Path, content: bytes) -> None:
    opus(takes).write_bytes(content)
    edit(takes, sha256=hashlib.sha256(content).hexdigest())


def text_of_json(takes: Path, text: str) -> None:
    opus(takes).with_suffix(".json").write_text(text, encoding="utf-8")


def words_of(takes: Path) -> list[list[object]]:
    words: list[list[object]] = json.loads(opus(takes).with_suffix(".json").read_text(encoding="utf-8"))["words"]
    return words


def as_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


DAMAGES: dict[str, tuple[Callable[[Path], object], str]] = {
    "truncated": (lambda t: opus(t).write_bytes(opus(t).read_bytes()[:5000]), "not the sound.*truncated"),
    "empty": (lambda t: opus(t).write_bytes(b""), "it is empty"),
    "one bit": (lambda t: opus(t).write_bytes(opus(t).read_bytes()[:-1] + b"\0"), "not the sound"),
    "no sound": (lambda t: fake_sound(t, b"hello" * 99), "no readable sound"),
    "cut and sealed": (lambda t: fake_sound(t, opus(t).read_bytes()[:9000]), "s long, but budget.json says"),
    "wrong length": (lambda t: edit(t, samples=48_000), "s long, but budget.json says 1.000 s"),
    "no opus": (lambda t: opus(t).unlink(), "budget.opus: it is missing, though budget.json"),
    "no json": (
        lambda t: opus(t).with_suffix(".json").unlink(),
        "budget.json: it is missing, though budget.opus",
    ),
    "opus a folder": (lambda t: as_folder(opus(t)), "cannot be read"),
    "json a folder": (lambda t: as_folder(opus(t).with_suffix(".json")), "cannot be read"),
    "json empty": (lambda t: text_of_json(t, ""), "no take's JSON"),
    "json cut": (lambda t: text_of_json(t, '{"version": 1, "spoken": '), "no take's JSON"),
    "json a list": (lambda t: text_of_json(t, "[1]"), "not an object"),
    "json deep": (lambda t: text_of_json(t, "[" * 100_000), "no take's JSON"),
    "json not text": (lambda t: opus(t).with_suffix(".json").write_bytes(b"\xff\xfe"), "no take's JSON"),
    "a field gone": (lambda t: text_of_json(t, '{"version": 1}'), "no field 'spoken'"),
    "another version": (lambda t: edit(t, version=99), "version 99"),
    "a field of another kind": (lambda t: edit(t, samples="many"), "samples is not a int"),
    "settings edited": (lambda t: edit(t, settings={"rate": 1}), "its key does not fit"),
    "voice edited": (lambda t: edit(t, voice="rhvoice:bdl"), "its key does not fit"),
    "words of another text": (lambda t: edit(t, words=words_of(t)[1:]), "not those of the text"),
    "words out of order": (
        lambda t: edit(t, words=[[w, 1.0, 2.0] for w, _, _ in words_of(t)]),
        "out of order",
    ),
    "a word after the end": (
        lambda t: edit(t, words=[*words_of(t)[:-1], ["left", 90.0, 91.0]]),
        "outside the sound",
    ),
    "a word at no time": (lambda t: edit(t, words=[["each", "nan", 1.0], *words_of(t)[1:]]), "out of order"),
    "words no list": (lambda t: edit(t, words=7), "no take's JSON"),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_take_is_named_never_used_and_mended(damage: str, make_script: MakeScript, takes: Path) -> None:
    do, message = DAMAGES[damage]
    do(takes)
    with pytest.raises(TakeDamaged, match=message) as caught:
        check(make_script, takes)
    assert str(takes) in str(caught.value)
    assert "\n" not in str(caught.value)
    assert "`render.py narrate kraft@budget`" in str(caught.value)
    script = make_script(BEATS)
    assert speeches(script, takes=takes, fallback=Fallback.SILENCE).beats["budget"].source is Source.SILENCE
    with pytest.raises(NarrationError, match=message):
        speeches(script, takes=takes, fallback=Fallback.ERROR)


@pytest.mark.parametrize("damage", ["truncated", "no json", "json cut"])
def test_narrating_mends_a_damaged_take(damage: str, make_script: MakeScript, takes: Path, made: Path) -> None:
    DAMAGES[damage][0](takes)
    (report,) = make_takes(make_script(BEATS), Espeak(), takes)
    assert report.outcome is Outcome.MADE
    assert "budget." in report.why
    assert opus(takes).read_bytes() == opus(made).read_bytes()


def test_a_take_of_another_text_is_stale(make_script: MakeScript, takes: Path) -> None:
    with pytest.raises(TakeStale, match=r"script has changed.*narrate kraft@budget"):
        check(make_script, takes, OTHER)


@pytest.mark.parametrize(
    "beats",
    [
        BEATS.replace("0.7", "0.8"),
        BEATS.replace("share.", "share,"),
        BEATS.replace(" Short", "\n\nShort"),
        BEATS.replace("[pause 0.7] ", ""),
    ],
)
def test_pauses_punctuation_and_paragraphs_are_spoken_too(beats: str, make_script: MakeScript, takes: Path) -> None:
    with pytest.raises(TakeStale):
        check(make_script, takes, beats)


@pytest.mark.parametrize(
    "beats",
    [
        BEATS.replace("[spend] ", ""),
        BEATS.replace("budget", "budget: A title"),
        BEATS.replace("Nothing", "[Nil](Nothing)"),
    ],
)
def test_cues_titles_and_captions_are_not(beats: str, make_script: MakeScript, takes: Path) -> None:
    check(make_script, takes, beats)


def test_no_take_is_missing(make_script: MakeScript, tmp_path: Path) -> None:
    with pytest.raises(TakeMissing, match=r"no take yet; .*render\.py narrate kraft@budget"):
        check(make_script, tmp_path / "nothing")


def test_only_what_changed_is_made(make_script: MakeScript, takes: Path) -> None:
    more = "\n## more\nAnd that is all."
    assert [r.outcome for r in make_takes(make_script(BEATS + more), Espeak(), takes)] == [
        Outcome.FRESH,
        Outcome.MADE,
    ]
    assert [r.outcome for r in make_takes(make_script(OTHER + more), Espeak(), takes)] == [
        Outcome.MADE,
        Outcome.FRESH,
    ]
    slow = make_takes(make_script(OTHER + more), Espeak(rate=150), takes, beats=["more"])
    assert [(r.beat, r.outcome) for r in slow] == [("more", Outcome.MADE)]
    assert "other settings" in slow[0].why
    forced = make_takes(make_script(OTHER + more), Espeak(), takes, beats=["budget"], force=True)
    assert [(r.beat, r.outcome) for r in forced] == [("budget", Outcome.MADE)]


def test_an_unknown_beat_is_answered_with_the_beats(make_script: MakeScript, tmp_path: Path) -> None:
    with pytest.raises(NarrationError, match=r"kraft\.md: there is no beat wall; its beats are budget"):
        make_takes(make_script(BEATS), Espeak(), tmp_path, beats=["wall"])


class Mute:
    """A voice whose every second text comes out silent."""

    id = "mute:1"

    @property
    def settings(self) -> Mapping[str, Setting]:
        return {}

    def synthesize(self, text: str) -> tuple[Samples, int]:
        samples, rate = Espeak().synthesize(text)
        return (samples, rate) if "Fine" in text else (np.zeros_like(samples), rate)


def test_a_beat_that_fails_does_not_keep_others_from_being_made(make_script: MakeScript, tmp_path: Path) -> None:
    script = make_script("## one\nThis comes to nothing.\n## two\nFine words.")
    with pytest.raises(NarrationError, match=r"kraft\.md:2:\d+: beat one: .*only silence"):
        make_takes(script, Mute(), tmp_path / "takes")
    check_take(script, script.beat("two"), tmp_path / "takes")
    assert not take_paths(script, script.beat("one"), tmp_path / "takes").opus.exists()


def test_a_failed_write_leaves_nothing_half_done(
    make_script: MakeScript, takes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = make_script(BEATS)
    paths = take_paths(script, script.beat("budget"), takes)
    take = check_take(script, script.beat("budget"), takes)

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("narration.takes.os.fsync", full)
    with pytest.raises(NarrationError, match=r"budget\.opus: the take cannot be written \(No space left on device\)"):
        write_take(paths, take.data, b"other")
    monkeypatch.undo()
    assert sorted(path.name for path in paths.opus.parent.iterdir()) == ["budget.json", "budget.opus"]
    check_take(script, script.beat("budget"), takes)
