"""`render.py narrate` as an author's bench: lists, plays, takes files and folders, records; and loses nothing."""

from __future__ import annotations

import json
import os
import sys
import wave
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner, Result

import render
from film import recording_session
from film.reading_text import reading_text
from narration.audio import SAMPLE_RATE, Samples
from narration.sound_file import read_sound, wav_bytes
from narration.takes import check_take, take_paths
from scenes.programme import Concept, UnknownName

from ..conftest import MakeFilm, TrialFilm
from ..narration.performance import Tape, performed, save

SAID = {
    "budget": "Each codeword spends its share. Short words are dear.",
    "tree": "Fold the wall, and every bit becomes a turn.",
}
SCRIPT = "\n".join(f"## {name}\n{text}\n" for name, text in SAID.items())
METHODS = "".join(f"    def {name}(self, beat: Beat) -> None: ...\n\n" for name in SAID)
Run = Callable[..., Result]


@pytest.fixture
def film(make_film: MakeFilm, monkeypatch: pytest.MonkeyPatch) -> TrialFilm:
    """A film of two beats, the only one of the series."""
    made = make_film(SCRIPT, METHODS)

    def named(name: str) -> Concept:
        if name != "trial":
            raise UnknownName(f"no concept '{name}'")
        return made.concept

    monkeypatch.setattr("film.address.concept", named)
    monkeypatch.setattr("film.address.concepts", lambda: (made.concept,))
    return made


@pytest.fixture
def run(film: TrialFilm) -> Run:
    """`render.py narrate` in this process."""

    def command(*arguments: str | Path, typed: str | None = None) -> Result:
        return CliRunner().invoke(render.main, ["narrate", *map(str, arguments)], input=typed)

    return command


def change(film: TrialFilm, old: str, new: str) -> None:
    path = film.concept.script_path
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


def take_bytes(film: TrialFilm) -> dict[str, bytes]:
    """Every file of the takes by name."""
    return {path.name: path.read_bytes() for path in film.concept.takes.rglob("*") if path.is_file()}


def is_recording(film: TrialFilm, beat: str) -> bool:
    return check_take(film.script, film.script.beat(beat), film.concept.takes).is_recording


# ---- what there is -------------------------------------------------------------------------------


def test_the_list_says_what_each_take_is_worth(film: TrialFilm, run: Run, tmp_path: Path) -> None:
    assert run("trial@budget", "--voice", "espeak").exit_code == 0
    rows = {row["address"]: row for row in json.loads(run("--list", "--json").output)}
    budget, tree = rows["trial@budget"], rows["trial@tree"]
    assert (budget["state"], budget["voice"], budget["recorded"]) == ("ready", "espeak:en-us", False)
    take = check_take(film.script, film.script.beat("budget"), film.concept.takes)
    assert budget["seconds"] == pytest.approx(len(take.samples) / SAMPLE_RATE, abs=1e-3)
    assert 0.5 < budget["seconds"] / budget["estimate"] < 2
    assert (tree["state"], tree["voice"], tree["seconds"]) == ("missing", None, None)

    run("trial@tree", "--recording", save(tmp_path / "own.wav", performed(SAID["tree"])))
    change(film, "dear", "cheap")
    change(film, "a turn", "a corner")
    listed = run("--stale").output
    assert "trial@budget stale espeak:en-us" in " ".join(listed.split())
    assert "trial@tree stale a person" in " ".join(listed.split())
    assert "0 of 2 takes are ready" in listed


def test_a_damaged_take_is_not_ready(film: TrialFilm, run: Run) -> None:
    film.speak()
    take_paths(film.script, film.script.beat("tree"), film.concept.takes).opus.write_bytes(b"")
    (row,) = json.loads(run("--stale", "--json").output)
    assert (row["address"], row["state"], row["why"]) == ("trial@tree", "damaged", "tree.opus: it is empty")


def test_what_is_ready_is_not_in_the_list_of_what_is_stale(film: TrialFilm, run: Run) -> None:
    film.speak()
    assert json.loads(run("--stale", "--json").output) == []
    assert run("--stale").output.startswith("2 of 2 takes are ready")


def test_what_is_heard_is_the_take_or_what_stands_in(film: TrialFilm, run: Run, tmp_path: Path) -> None:
    film.speak(sound=lambda count: 0.3 * np.sin(np.arange(count) / 9).astype(np.float32))
    path = tmp_path / "heard" / "a.wav"
    heard = run("trial@budget", "--listen", "--no-open", "-o", path)
    assert heard.output.startswith(f"Open {path} (")
    take = check_take(film.script, film.script.beat("budget"), film.concept.takes)
    np.testing.assert_allclose(read_sound(path).channels[0], take.samples, atol=1e-4)

    change(film, "dear", "cheap")
    heard = run("trial@budget", "--listen", "--no-open", "-o", path)
    assert "this is the draft voice that stands in" in heard.output
    assert np.abs(read_sound(path).mono).max() > 0.05


def test_it_is_opened_unless_told_otherwise(film: TrialFilm, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    film.speak()
    opened: list[str] = []
    monkeypatch.setattr("click.launch", opened.append)
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(film.concept.root))
    assert run("trial@tree", "--listen").exit_code == 0
    assert opened == [str(film.concept.root / "trial@tree.wav")]
    run("trial@tree", "--listen", "--no-open")
    assert len(opened) == 1


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("trial", "--listen"), "listen to one beat at a time"),
        (("trial@budget,tree", "--listen"), "listen to one beat at a time"),
        (("trial@nothing", "--listen"), "no beat 'nothing'"),
        (("trial@budget", "trial@tree", "--record"), "record one film or beat at a time"),
        (("trial@budget", "trial@tree", "--recording", __file__), "belongs to one beat or one film"),
        (("--record", "--listen"), "choose one of"),
    ],
)
def test_bad_usage_is_told(arguments: tuple[str, ...], told: str, run: Run) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert told in " ".join(result.output.split())


# ---- recordings from files -----------------------------------------------------------------------


def test_files_named_after_beats_become_their_takes(film: TrialFilm, run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "heard"
    folder.mkdir()
    save(folder / "trial@budget.wav", performed(SAID["tree"]))
    save(folder / "trial@budget.2.flac", performed(SAID["budget"]), "flac")
    save(folder / "tree.mp3", performed(SAID["tree"]), "mp3")
    (folder / "notes.txt").write_text("no sound")
    result = run("trial", "--recordings", folder)
    assert result.exit_code == 0, result.output
    assert is_recording(film, "budget")
    assert is_recording(film, "tree")


def test_a_file_that_does_not_fit_keeps_no_other_back(film: TrialFilm, run: Run, tmp_path: Path) -> None:
    for name in SAID:
        save(tmp_path / f"{name}.wav", performed(SAID["tree"]))
    result = run("trial", "--recordings", tmp_path)
    assert result.exit_code == 1
    assert "budget.wav: not a recording of beat budget" in result.output
    assert is_recording(film, "tree")
    assert "no take yet" in run("--stale").output


def test_a_folder_without_recordings_is_told(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert "no sound file there is named after" in run("trial", "--recordings", tmp_path / "empty").output
    save(tmp_path / "take one.wav", performed("Well."))
    result = run("trial", "--recordings", tmp_path)
    assert result.exit_code == 2
    assert "which beat is this? call it kraft@budget.wav" in " ".join(result.output.split())


def test_one_recording_of_a_film_is_cut_at_its_beats(film: TrialFilm, run: Run, tmp_path: Path) -> None:
    whole = np.concatenate([performed(text, lead=0.4) for text in SAID.values()])
    result = run("trial", "--recording", save(tmp_path / "whole.wav", whole))
    assert result.exit_code == 0, result.output
    assert [line.partition(":")[0] for line in result.output.splitlines()] == ["trial@budget", "trial@tree"]
    assert all(is_recording(film, beat) for beat in SAID)


def test_a_machine_never_speaks_over_a_person(film: TrialFilm, run: Run, tmp_path: Path) -> None:
    assert run("trial@tree", "--recording", save(tmp_path / "own.wav", performed(SAID["tree"]))).exit_code == 0
    recorded = take_bytes(film)
    told = run("trial", "--voice", "espeak").output
    assert "trial@tree: kept recording" in told
    change(film, "a turn", "a corner")
    told = run("trial", "--voice", "espeak").output
    assert "trial@tree: stale recording" in told
    assert "record it again" in told
    assert recorded.items() <= take_bytes(film).items()


def test_a_beat_that_fails_is_told_after_the_others_are_made(
    film: TrialFilm, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    from narration.align import AlignmentError, align

    def fails(words: list[str], samples: Samples) -> object:
        if "fold" not in words:
            raise AlignmentError("it is lost")
        return align(words, samples)

    monkeypatch.setattr("narration.narrate.align", fails)
    result = run("trial", "--voice", "espeak")
    assert result.exit_code == 1
    assert "trial@tree: made (there is no take yet)" in result.output
    assert "beat budget: it is lost" in result.output


# ---- the microphone ------------------------------------------------------------------------------


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[Samples]:
    """What the microphone hears, recording by recording; nobody presses Enter while it does."""
    tapes: list[Samples] = []
    monkeypatch.setattr("narration.microphone.Device", lambda name: Tape(tapes.pop(0)))
    monkeypatch.setattr(recording_session, "_enter_pressed", lambda: False)
    monkeypatch.setattr(recording_session, "COUNTDOWN", 0)
    return tapes


def test_a_beat_is_shown_recorded_kept_and_made_a_take(
    film: TrialFilm, run: Run, heard: list[Samples], tmp_path: Path
) -> None:
    heard += [performed(SAID[name]) for name in ("budget", "tree")]
    result = run("trial", "--record", "-o", tmp_path / "kept", typed="\n" * 4)
    assert result.exit_code == 0, result.output
    for name, text in SAID.items():
        assert text in result.output
        assert is_recording(film, name)
    with wave.open(str(tmp_path / "kept" / "trial@budget.wav")) as kept:
        assert kept.getnframes() == len(performed(SAID["budget"]))
    # What was kept is what a later import takes.
    assert run("trial", "--recordings", tmp_path / "kept").exit_code == 0


def test_a_failed_recording_is_kept_and_may_be_repeated(
    film: TrialFilm, run: Run, heard: list[Samples], tmp_path: Path
) -> None:
    heard += [np.zeros(SAMPLE_RATE, np.float32), performed(SAID["tree"]), performed(SAID["budget"])]
    result = run("trial@budget", "--record", "-o", tmp_path / "kept", typed="\nr\n\nr\n\n\n")
    assert result.exit_code == 0, result.output
    assert "nothing was heard; is the microphone on" in result.output
    assert "trial@budget.wav: not a recording of beat budget" in result.output
    assert sorted(path.name for path in (tmp_path / "kept").iterdir()) == ["trial@budget.2.wav", "trial@budget.wav"]
    assert is_recording(film, "budget")


def test_a_recording_given_up_fails_and_leaves_the_take(
    film: TrialFilm, run: Run, heard: list[Samples], tmp_path: Path
) -> None:
    film.speak()
    before = take_bytes(film)
    heard.append(np.clip(9 * performed(SAID["tree"]), -1, 1))
    result = run("trial@budget", "--record", "-o", tmp_path, typed="\n\n")
    assert result.exit_code == 1
    assert take_bytes(film) == before


def test_clipping_is_told_at_once(run: Run, heard: list[Samples], tmp_path: Path) -> None:
    heard.append(np.clip(9 * performed(SAID["budget"]), -1, 1))
    result = run("trial@budget", "--record", "-o", tmp_path, typed="\n\n")
    assert "warning: it clips at" in result.output


def test_without_anybody_at_the_keyboard_it_says_so(run: Run, heard: list[Samples], tmp_path: Path) -> None:
    heard.append(performed(SAID["budget"]))
    result = run("trial@budget", "--record", "-o", tmp_path, typed="")
    assert result.exit_code == 2
    assert "record in a terminal" in result.output


def test_enter_is_seen_when_it_is_pressed(monkeypatch: pytest.MonkeyPatch) -> None:
    read, write = os.pipe()
    with os.fdopen(read) as keyboard, os.fdopen(write, "w") as fingers:
        monkeypatch.setattr(sys, "stdin", keyboard)
        assert not recording_session._enter_pressed()
        fingers.write("\n")
        fingers.flush()
        assert recording_session._enter_pressed()
        assert not recording_session._enter_pressed()


def test_the_text_is_shown_as_it_is_spoken(make_film: MakeFilm) -> None:
    script = make_film(
        "## budget\nIts length is [ℓ(x)](ell of x). [pause 1] That’s dear.\n\nNow pay.\n", METHODS
    ).script
    assert reading_text(script.beats[0]).split("\n\n") == [
        "  Its length is ell of x. … That's dear.",
        "  Now pay.",
        "  Captions show ℓ(x) for “ell of x”.",
    ]


def test_a_wav_holds_the_samples(tmp_path: Path) -> None:
    samples = np.linspace(-1, 1, 1001, dtype=np.float32)
    (tmp_path / "a.wav").write_bytes(wav_bytes(samples, 44_100))
    found = read_sound(tmp_path / "a.wav")
    assert found.rate == 44_100
    np.testing.assert_allclose(found.channels, samples[np.newaxis], atol=7e-5)
