"""An author's recording becomes a take, keeps its place, and is refused when it speaks another text."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from narration.audio import SAMPLE_RATE, loudness
from narration.errors import NarrationError
from narration.narrate import Outcome, make_takes
from narration.recording import MARGIN, import_recording
from narration.script import Script
from narration.speech import Fallback, Source, speeches
from narration.takes import TakeStale, check_take, take_paths
from narration.true_peaks import highest_peak
from narration.voices.espeak import Espeak

from .performance import performed, save

BEATS = "## budget\n[open] Each codeword spends [spend] its share. [pause 0.7] Short words are dear. [shut]"
SPOKEN = "Each codeword spends its share. Short words are dear."
MakeScript = Callable[[str], Script]


@pytest.mark.parametrize(
    ("name", "codec"),
    [
        ("own.wav", "pcm_s16le"),
        ("own.flac", "flac"),
        ("own.m4a", "aac"),
        ("own.opus", "libopus"),
        ("own.ogg", "libopus"),
        ("own.mp3", "mp3"),
    ],
)
def test_a_recording_becomes_a_take(name: str, codec: str, make_script: MakeScript, tmp_path: Path) -> None:
    script, takes = make_script(BEATS), tmp_path / "takes"
    take = import_recording(script, script.beats[0], save(tmp_path / name, performed(SPOKEN), codec), takes).take
    assert take.is_recording
    assert take.data.settings == {}
    assert take.data.pacing == {}
    assert loudness(take.samples) == pytest.approx(-20, abs=0.5)
    assert take.data.words[0].start == pytest.approx(MARGIN, abs=0.08)
    assert len(take.samples) / SAMPLE_RATE - take.data.words[-1].end == pytest.approx(MARGIN, abs=0.1)
    speech = speeches(script, takes=takes, fallback=Fallback.ERROR).beats["budget"]
    assert speech.source is Source.RECORDING
    assert speech.cues["open"] == speech.words[0].start
    assert speech.cues["spend"] == speech.words[3].start
    assert speech.cues["shut"] == speech.duration


def test_its_words_are_where_they_were_spoken(make_script: MakeScript, tmp_path: Path) -> None:
    script = make_script(BEATS)
    long_lead = import_recording(
        script, script.beats[0], save(tmp_path / "a.wav", performed(SPOKEN, 2.0), "pcm_s16le"), tmp_path / "a"
    )
    short_lead = import_recording(
        script, script.beats[0], save(tmp_path / "b.wav", performed(SPOKEN, 0.3), "pcm_s16le"), tmp_path / "b"
    )
    assert [w.start for w in long_lead.take.data.words] == pytest.approx(
        [w.start for w in short_lead.take.data.words], abs=0.05
    )


@pytest.mark.parametrize(
    "text",
    [
        "Nothing below it may be used again, so choose well.",
        "Each codeword spends its share.",
        SPOKEN + " And everybody else goes home at once.",
    ],
)
def test_another_text_is_refused_and_nothing_changes(text: str, make_script: MakeScript, tmp_path: Path) -> None:
    script, takes = make_script(BEATS), tmp_path / "takes"
    make_takes(script, Espeak(), takes)
    paths = take_paths(script, script.beats[0], takes)
    before = paths.opus.read_bytes(), paths.json.read_bytes()
    with pytest.raises(NarrationError, match=r"own\.wav: not a recording of beat budget \(.*kraft\.md:2:\d+\)"):
        import_recording(script, script.beats[0], save(tmp_path / "own.wav", performed(text), "pcm_s16le"), takes)
    assert (paths.opus.read_bytes(), paths.json.read_bytes()) == before


def test_what_is_no_recording_is_named(make_script: MakeScript, tmp_path: Path) -> None:
    script = make_script(BEATS)
    beat = script.beats[0]
    (tmp_path / "text.wav").write_text("hello", encoding="utf-8")
    silent = save(tmp_path / "silent.wav", np.zeros(SAMPLE_RATE, np.float32), "pcm_s16le")
    for path, message in (
        (tmp_path / "nowhere.wav", "cannot be read"),
        (tmp_path, "cannot be read"),
        (tmp_path / "text.wav", "no readable sound"),
        (silent, "silent from end to end"),
    ):
        with pytest.raises(NarrationError, match=message) as caught:
            import_recording(script, beat, path, tmp_path / "takes")
        assert str(path) in str(caught.value)
    assert not (tmp_path / "takes").exists()


@pytest.fixture
def recorded(make_script: MakeScript, tmp_path: Path) -> Path:
    script = make_script(BEATS)
    import_recording(
        script,
        script.beats[0],
        save(tmp_path / "own.wav", performed(SPOKEN), "pcm_s16le"),
        tmp_path / "takes",
    )
    return tmp_path / "takes"


def test_a_recording_wins_over_a_voice_unless_forced(make_script: MakeScript, recorded: Path) -> None:
    script = make_script(BEATS)
    assert [r.outcome for r in make_takes(script, Espeak(), recorded)] == [Outcome.KEPT_RECORDING]
    assert check_take(script, script.beats[0], recorded).is_recording
    assert [r.outcome for r in make_takes(script, Espeak(), recorded, force=True)] == [Outcome.MADE]
    assert not check_take(script, script.beats[0], recorded).is_recording


def test_only_its_words_count(make_script: MakeScript, recorded: Path) -> None:
    script = make_script("## budget\nEach codeword: spends its share;\n\n[pause 2] short words are dear! [new]")
    assert check_take(script, script.beats[0], recorded).is_recording


def test_a_stale_or_damaged_recording_is_reported_and_left(make_script: MakeScript, recorded: Path) -> None:
    changed = make_script(BEATS.replace("dear", "cheap"))
    with pytest.raises(
        TakeStale, match=r"record it again, or replace it with `render\.py narrate kraft@budget --force`"
    ):
        check_take(changed, changed.beats[0], recorded)
    paths = take_paths(changed, changed.beats[0], recorded)
    sound = paths.opus.read_bytes()
    (report,) = make_takes(changed, Espeak(), recorded)
    assert report.outcome is Outcome.STALE_RECORDING
    assert "record it again" in report.why
    conflict = paths.json.read_text(encoding="utf-8").replace("{", "<<<<<<< ours\n{", 1)
    paths.json.write_text(conflict, encoding="utf-8")
    (report,) = make_takes(changed, Espeak(), recorded)
    assert report.outcome is Outcome.STALE_RECORDING
    assert paths.opus.read_bytes() == sound


def test_what_comes_well_after_the_words_is_cut_off(make_script: MakeScript, tmp_path: Path) -> None:
    script, sound = make_script(BEATS), performed(SPOKEN)
    sound[-4800:-4600] += 0.3  # a key is pressed
    take = import_recording(script, script.beats[0], save(tmp_path / "own.wav", sound), tmp_path).take
    assert len(take.samples) / SAMPLE_RATE - take.data.words[-1].end == pytest.approx(MARGIN, abs=0.1)


def test_high_peaks_do_not_keep_a_recording_quiet(make_script: MakeScript, tmp_path: Path) -> None:
    script, sound = make_script(BEATS), 0.1 * performed(SPOKEN)
    middle = len(sound) // 2
    sound[middle : middle + 240] += 0.8 * np.hanning(240).astype(np.float32)
    take = import_recording(script, script.beats[0], save(tmp_path / "own.wav", sound), tmp_path).take
    assert loudness(take.samples) == pytest.approx(-20, abs=0.7)
    assert highest_peak(take.samples) < 10 ** (-1 / 20)


def test_trusted_words_need_no_proof(make_script: MakeScript, tmp_path: Path) -> None:
    script, path = (
        make_script(BEATS),
        save(tmp_path / "own.wav", performed(SPOKEN.replace("its share", "all of its budget"))),
    )
    with pytest.raises(NarrationError, match="or trust your ears: --trust"):
        import_recording(script, script.beats[0], path, tmp_path / "takes")
    assert import_recording(script, script.beats[0], path, tmp_path / "takes", trust=True).take.is_recording


def test_the_words_that_do_not_fit_are_named(make_script: MakeScript, tmp_path: Path) -> None:
    script = make_script(BEATS + " Nothing is left of it, as everybody knows.")
    path = save(tmp_path / "own.wav", performed(SPOKEN))
    with pytest.raises(NarrationError, match=r"after “words are dear” \(near \d\.\d s\) “nothing is left of it"):
        import_recording(script, script.beats[0], path, tmp_path / "takes")
