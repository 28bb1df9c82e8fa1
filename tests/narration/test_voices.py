"""Each engine speaks, equally for equal texts, or says how it is installed."""

import json
import shutil
from ctypes import CDLL
from pathlib import Path

import numpy as np
import pytest

from narration.errors import NarrationError
from narration.voices.base import Voice, VoiceFailed, VoiceMissing
from narration.voices.choice import voice
from narration.voices.espeak import Espeak
from narration.voices.flite import Flite
from narration.voices.piper import Piper
from narration.voices.rhvoice import LIBRARY, RHVoice

TEXT = "Pick the word zero one, and everything below it is gone."


def has_rhvoice() -> bool:
    try:
        CDLL(LIBRARY)
    except OSError:
        return False
    return True


rhvoice = pytest.mark.skipif(not has_rhvoice(), reason="RHVoice is not installed")
flite = pytest.mark.skipif(shutil.which("flite") is None, reason="flite is not installed")
ENGINES = [
    pytest.param(RHVoice(), marks=rhvoice, id="rhvoice"),
    pytest.param(Flite(), marks=flite, id="flite"),
    pytest.param(Espeak(), id="espeak"),
]


@pytest.mark.parametrize("speaker", ENGINES)
def test_speaks_for_as_long_as_a_sentence_takes(speaker: Voice) -> None:
    samples, rate = speaker.synthesize(TEXT)
    assert samples.dtype == np.float32
    assert samples.ndim == 1
    assert 2 < len(samples) / rate < 6
    assert 0.1 < np.abs(samples).max() <= 1


@pytest.mark.parametrize("speaker", ENGINES)
def test_equal_texts_give_equal_samples_whatever_came_between(speaker: Voice) -> None:
    first, _ = speaker.synthesize(TEXT)
    speaker.synthesize("Something else.")
    again, _ = speaker.synthesize(TEXT)
    np.testing.assert_array_equal(first, again)


@rhvoice
def test_rhvoice_rate_slows_speech_in_proportion() -> None:
    own, slow = (len(RHVoice(rate=rate).synthesize(TEXT)[0]) for rate in (1.0, 0.85))
    assert slow / own == pytest.approx(1 / 0.85, rel=0.03)


@flite
def test_flite_stretch_slows_speech() -> None:
    own, slow = (len(Flite(stretch=stretch).synthesize(TEXT)[0]) for stretch in (1.0, 1.3))
    assert slow / own == pytest.approx(1.3, rel=0.05)


@rhvoice
def test_rhvoice_lists_its_voices_for_an_unknown_one() -> None:
    with pytest.raises(VoiceMissing, match=r"no such voice.*Bdl.*rhvoice-english librhvoice5"):
        RHVoice("nobody").synthesize(TEXT)


@flite
def test_flite_lists_its_voices_for_an_unknown_one() -> None:
    with pytest.raises(VoiceMissing, match=r"no such voice.*rms.*apt-get install flite"):
        Flite("nobody").synthesize(TEXT)


def test_missing_engines_say_how_to_install_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr("narration.voices.rhvoice.LIBRARY", "libRHVoice-that-is-not-there.so.5")
    with pytest.raises(VoiceMissing, match=r"flite:rms: flite is not installed; .*apt-get install flite"):
        Flite().synthesize(TEXT)
    with pytest.raises(VoiceMissing, match=r"rhvoice:bdl: RHVoice is not installed .*non-free"):
        RHVoice().synthesize(TEXT)


def test_espeak_word_events_point_at_the_words() -> None:
    samples, rate, events = Espeak().synthesize_timed("Pick the word. Gone!")
    assert ["Pick the word. Gone!"[e.character : e.character + e.length] for e in events] == [
        "Pick",
        "the",
        "word",
        "Gone",
    ]
    starts = [event.start for event in events]
    assert starts == sorted(starts)
    assert starts[-1] < len(samples) / rate


def test_espeak_names_an_unknown_voice() -> None:
    with pytest.raises(VoiceFailed, match="no voice nobody"):
        Espeak("nobody").synthesize(TEXT)


@pytest.mark.parametrize(
    ("name", "identity"),
    [
        ("rhvoice", "rhvoice:bdl"),
        ("rhvoice:alan", "rhvoice:alan"),
        ("flite", "flite:rms"),
        ("flite:slt", "flite:slt"),
        ("espeak", "espeak:en-us"),
        ("piper:models/amy.onnx", "piper:amy"),
    ],
)
def test_voices_are_chosen_by_name(name: str, identity: str) -> None:
    assert voice(name).id == identity


@pytest.mark.parametrize("name", ["", "festival", "piper", "piper:"])
def test_an_unknown_name_is_answered_with_the_forms(name: str) -> None:
    with pytest.raises(NarrationError, match=r"piper:PATH\.onnx"):
        voice(name)


@pytest.fixture
def piper_model(tmp_path: Path) -> Path:
    """A tiny model with Piper's inputs: each phoneme is 2560 samples of a sine, plus generated noise."""
    onnx = pytest.importorskip("onnx")
    pytest.importorskip("piper")
    h, t = onnx.helper, onnx.TensorProto
    nodes = [
        h.make_node("Cast", ["input"], ["ids"], to=t.FLOAT),
        h.make_node("Mul", ["ids", "step"], ["angle"]),
        h.make_node("Tile", ["angle", "repeats"], ["angles"]),
        h.make_node("Sin", ["angles"], ["sine"]),
        h.make_node("RandomNormalLike", ["sine"], ["noise"], scale=0.1),
        h.make_node("Add", ["sine", "noise"], ["output"]),
    ]
    inputs = [("input", t.INT64, [1, "N"]), ("input_lengths", t.INT64, [1]), ("scales", t.FLOAT, [3])]
    constants = [
        h.make_tensor("step", t.FLOAT, [1], [0.01]),
        h.make_tensor("repeats", t.INT64, [2], [1, 2560]),
    ]
    sound = h.make_tensor_value_info("output", t.FLOAT, [1, "M"])
    graph = h.make_graph(
        nodes,
        "stand-in",
        [h.make_tensor_value_info(*each) for each in inputs],
        [sound],
        initializer=constants,
    )
    model = h.make_model(graph, opset_imports=[h.make_opsetid("", 17)])
    model.ir_version = 9
    path = tmp_path / "standin.onnx"
    onnx.save(model, str(path))
    phonemes = "_^$ !'(),-.:;?abcdefhijklmnopqrstuvwxyzæðŋɐɑɔəɚɛɜɡɪɹɾʃʊʌʒˈˌːθᵻ"
    config = {
        "num_symbols": 256,
        "num_speakers": 1,
        "audio": {"sample_rate": 22050},
        "espeak": {"voice": "en-us"},
        "phoneme_type": "espeak",
        "inference": {"noise_scale": 0.667, "length_scale": 1, "noise_w": 0.8},
        "phoneme_id_map": {phoneme: [index] for index, phoneme in enumerate(phonemes)},
        "hop_length": 256,
    }
    path.with_name("standin.onnx.json").write_text(json.dumps(config), encoding="utf-8")
    return path


def test_piper_speaks_a_local_model_and_repeats_itself(piper_model: Path) -> None:
    speaker = Piper(piper_model)
    samples, rate = speaker.synthesize(TEXT)
    again, _ = speaker.synthesize(TEXT)
    assert rate == 22050
    assert len(samples) > 20 * 2560
    np.testing.assert_array_equal(samples, again)
    assert speaker.settings["model"] == Piper(piper_model).settings["model"]


def test_another_piper_model_of_the_same_name_is_another_voice(piper_model: Path) -> None:
    before = Piper(piper_model).settings
    piper_model.write_bytes(piper_model.read_bytes() + b"\0")
    assert Piper(piper_model).settings != before


def test_piper_says_which_file_is_missing(piper_model: Path) -> None:
    with pytest.raises(VoiceMissing, match=r"nowhere\.onnx does not exist; .*PATH\.onnx"):
        Piper(piper_model.with_name("nowhere.onnx")).synthesize(TEXT)
    piper_model.with_name("standin.onnx.json").unlink()
    with pytest.raises(VoiceMissing, match=r"standin\.onnx\.json does not exist"):
        Piper(piper_model).synthesize(TEXT)


def test_a_broken_piper_model_is_named(piper_model: Path) -> None:
    piper_model.write_bytes(b"not a model")
    with pytest.raises(VoiceFailed, match=r"standin\.onnx"):
        Piper(piper_model).synthesize(TEXT)
