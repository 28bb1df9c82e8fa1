"""A change gives new keys to the beats that it can reach and to those after them, and to nothing else."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from film import beat_key
from film.beat_key import card_key, made_key, piece_keys
from film.inputs import versions
from film.inputs.closure import Sources
from film.inputs.records import Records
from film.look import Look
from film.quality import QUALITIES
from film.scene_job import SceneJob
from scenes.card import Card
from scenes.programme import Concept, concepts

from .small_project import edit, write_project

SETTINGS = {"quality": "480p15", "fallback": "draft"}
ONE, TWO = ("ask", "show", "tell"), ("left", "middle", "right")
ALL, NONE = (0, 0), (3, 3)


class Edit(NamedTuple):
    """A change of one file, and from which beat on it tells in each of the two films (3: in none)."""

    file: str
    old: str
    new: str
    tells: tuple[int, int]


SCENE, PICTURES, SCRIPT = "scenes/part/one.py", "scenes/part/one_pictures.py", "narration/en/one.md"
EDITS = {
    "the body of a beat": Edit(SCENE, "come(1)", "come(2)", (0, 3)),
    "the body of a later beat": Edit(SCENE, "measured(bar, 3)", "measured(bar, 4)", (2, 3)),
    "a private method": Edit(SCENE, "framed(width, 4)", "framed(width, 5)", (1, 3)),
    "a function that a helper reaches": Edit(PICTURES, "width * INNER", "width + INNER", (1, 3)),
    "a constant that a function reaches": Edit(PICTURES, "INNER = 6.0", "INNER = 6.5", (1, 3)),
    "a constant of a beat": Edit(PICTURES, " = 12.0,", " = 12.5,", (1, 3)),
    "the constant beside it": Edit(PICTURES, ", 5.0", ", 5.5", (2, 3)),
    "a method that Manim calls": Edit(PICTURES, "self.level = 8", "self.level = 9", (2, 3)),
    "a default argument": Edit(PICTURES, "count: int)", "count: int = 1)", (2, 3)),
    "what nobody asks": Edit(PICTURES, '"nobody asks"', '"nobody"', NONE),
    "the facts": Edit(SCENE, "kraft_sum() + 10", "kraft_sum() + 11", (0, 3)),
    "the stage": Edit(SCENE, "Props(Wall())", "Props(Wall(), 1)", (0, 3)),
    "an attribute of the scene": Edit(SCENE, "size = 7", "size = 8", (0, 3)),
    "what a module does": Edit(SCENE, 'print("imported")', 'print("loaded")', (0, 3)),
    "a docstring": Edit(SCENE, '"""A question."""', '"""An old question."""', NONE),
    "a module's docstring": Edit(PICTURES, '"""Pictures of', '"""All pictures of', NONE),
    "a comment": Edit(SCENE, "# a remark", "# another", NONE),
    "formatting": Edit(PICTURES, "def framed(width: float, height", "\n\ndef framed(\n    width :float,height", NONE),
    "a mobject of the stage that all reach": Edit("scenes/stage/theme.py", "#000000", "#111111", (0, 1)),
    "a mobject of one beat": Edit("scenes/stage/bar.py", "pages =", "leaves =", (2, 3)),
    "what a mobject imports": Edit("scenes/stage/pages.py", "PAGES =", "PAGES = OLD =", (2, 3)),
    "a mobject that no film reaches": Edit("scenes/stage/unused.py", "width = 1", "width = 2", NONE),
    "a mobject that changes Manim": Edit("scenes/stage/loud.py", "quality = 1", "quality = 2", (0, 3)),
    "the base of all films": Edit("scenes/stage/concept_scene.py", "voice = speak", "voice = None", ALL),
    "mathematics of the facts": Edit("infotheory/codeword.py", "return 2", "return 3", (0, 3)),
    "mathematics of a picture": Edit("infotheory/entropy.py", "return 1.5", "return 1.6", (2, 0)),
    "the list of films": Edit("scenes/programme.py", '"two")', '"two", "three")', NONE),
    "the code of the programme": Edit("scenes/programme.py", '"here"', '"there"', ALL),
    "the voice": Edit("narration/speech.py", "def speak()", "def speak(loud: bool = True)", ALL),
    "the lexicon": Edit("narration/lexicon.txt", "UH", "AH", ALL),
    "a font": Edit("assets/fonts/Inter.otf", "letters", "LETTERS", ALL),
    "a text that a mobject reads": Edit("assets/novel/text.txt", "It was", "It is", (2, 3)),
    "another text for it": Edit("assets/novel/more.txt", "", "Once", (2, 3)),
    "music that nothing here plays": Edit("assets/music/song.txt", "la la", "la", NONE),
    "the renderer": Edit("film/scene_job.py", "from film.join import join", "from film import join", ALL),
    "what the renderer imports": Edit("film/join.py", "return 1", "return 2", ALL),
    "the store": Edit("film/store.py", "size = 1", "size = 2", NONE),
    "the mix": Edit("film/mix.py", "LOUD = 1", "LOUD = 2", NONE),
    "the cards": Edit("scenes/cards.py", "color =", "colour =", NONE),
    "words of a beat": Edit(SCRIPT, "is.\n", "was.\n", (1, 3)),
    "a cue": Edit(SCRIPT, "[be]", "[been]", (0, 3)),
    "a pause": Edit(SCRIPT, "[pause 0.8]", "[pause 0.9]", (2, 3)),
    "the title of a beat": Edit(SCRIPT, "tell: The end", "tell: An end", (2, 3)),
    "the title": Edit(SCRIPT, "film: {bits}", "film", (0, 3)),
    "a comment in the script": Edit(SCRIPT, "<!-- a remark -->", "<!-- another one,\nlonger -->", NONE),
    "line breaks in the script": Edit(SCRIPT, "There it\n", "There\nit  ", NONE),
    "the script of the other film": Edit("narration/en/two.md", "\nRight.", "\nRight, now.", (3, 2)),
    "a beat of the other film": Edit("scenes/part/two.py", "to the left", "to the right", (3, 0)),
    "the sound of a take": Edit("narration/takes/en/one/tell.opus", "sound", "noise", (2, 3)),
    "the times of a take": Edit("narration/takes/en/one/tell.json", "times", "words", (2, 3)),
    "a take that was missing": Edit("narration/takes/en/one/show.opus", "", "sound", (1, 3)),
    "a take of the other film": Edit("narration/takes/en/two/left.opus", "sound", "noise", (3, 0)),
}


def keys_of(root: Path, sources: Sources | None = None) -> list[str]:
    """The keys of both films, six in all."""
    films = (Concept(name, "part", root) for name in ("one", "two"))
    keys = [piece_keys(film, SETTINGS, sources) for film in films]
    assert [tuple(found) for found in keys] == [ONE, TWO]
    return [key for found in keys for key in found.values()]


def changed(before: list[str], after: list[str]) -> list[bool]:
    return [old != new for old, new in zip(before, after, strict=True)]


def expected(*tells: tuple[int, int]) -> list[bool]:
    """Which keys change: those of the first beat that is touched, and of all after it."""
    return [beat >= min(each[film] for each in tells) for film in (0, 1) for beat in range(3)]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    write_project(tmp_path)
    return tmp_path


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_tells_from_where_it_is_reached(project: Path, name: str) -> None:
    file, old, new, tells = EDITS[name]
    before = keys_of(project)
    assert len(set(before)) == 6
    assert keys_of(project) == before
    edit(project, file, old, new)
    assert changed(before, keys_of(project)) == expected(tells)


@given(st.lists(st.sampled_from(sorted(EDITS)), unique=True, min_size=2, max_size=8))
@settings(max_examples=60, deadline=None)
def test_edits_add_up_and_can_be_taken_back(names: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        write_project(root)
        records = root / "records.json"
        before = keys_of(root, Sources(root, Records(records)))
        for name in names:
            edit(root, *EDITS[name][:3])
        kept = Records(records)
        after = keys_of(root, Sources(root, kept))
        kept.save()
        assert changed(before, after) == expected(*(EDITS[name].tells for name in names))
        assert keys_of(root, Sources(root, Records(records))) == after  # remembered is as good as read
        shutil.rmtree(root / "narration" / "takes")
        shutil.rmtree(root / "assets")
        write_project(root)
        assert keys_of(root) == before


@pytest.mark.parametrize(
    ("scene", "why"),
    [
        ('globals()["forgotten"]()', "a name found by a string"),
        ("getattr(self, name)()", "an attribute that is computed"),
        ("from scenes.part.one_pictures import *", "all names"),
    ],
)
def test_what_cannot_be_read_counts_whole(project: Path, scene: str, why: str) -> None:
    edit(project, SCENE, 'count = "0101".show("1")', scene)
    before = keys_of(project)
    edit(project, PICTURES, '"nobody asks"', '"nobody"')
    assert changed(before, keys_of(project)) == expected((0, 3)), why


@pytest.mark.parametrize(
    ("call", "reached"),
    [
        ("self.tell(beat)", True),
        ("super().tell(None)", True),
        ("One.tell(self, None)", True),
        ("film = self\n        film.tell(beat)", True),
        ('getattr(self, "tell")(None)', True),
        ("self.props.tell.come()", False),
        ('count = "10".tell("1")', False),
    ],
)
def test_a_beat_that_calls_a_later_one(project: Path, call: str, reached: bool) -> None:
    edit(project, SCENE, 'count = "0101".show("1")', call)
    before = keys_of(project)
    edit(project, SCENE, "measured(bar, 3)", "measured(bar, 4)")
    assert changed(before, keys_of(project)) == expected((0 if reached else 2, 3))


def test_a_decorator_of_the_project_may_register(project: Path) -> None:
    edit(
        project, PICTURES, "def forgotten()", "def register(it: object) -> object: ...\n\n\n@register\ndef forgotten()"
    )
    before = keys_of(project)
    edit(project, PICTURES, '"nobody asks"', '"nobody"')
    assert changed(before, keys_of(project)) == expected((0, 3))


@pytest.mark.parametrize(
    ("imported", "first"),
    [
        ("import scenes.stage.unused", 0),
        ("from scenes.stage import unused", 0),
        ("from ..stage.unused import Unused", 0),
        ("from infotheory.entropy import *", 0),
    ],
)
def test_what_is_imported_and_never_named_counts_for_all(project: Path, imported: str, first: int) -> None:
    edit(project, SCENE, "from infotheory import kraft_sum", f"from infotheory import kraft_sum\n{imported}")
    before = keys_of(project)
    edit(project, "scenes/stage/unused.py", "width = 1", "width = 2")
    edit(project, "infotheory/entropy.py", "return 1.5", "return 1.6")
    assert changed(before, keys_of(project)) == expected((first, 0))


def test_a_name_that_a_package_does_not_tell_reaches_all_of_it(project: Path) -> None:
    edit(project, "scenes/part/two.py", "import entropy", "import unheard_of as entropy")
    before = keys_of(project)
    edit(project, "infotheory/codeword.py", "return 2", "return 3")
    assert changed(before, keys_of(project)) == expected((0, 0))


def test_a_package_that_acts_when_it_is_imported(project: Path) -> None:
    edit(project, "infotheory/__init__.py", "", "import numpy\n\nnumpy.seterr(all='raise')\n")
    before = keys_of(project)
    edit(project, "infotheory/__init__.py", "raise", "warn")
    assert changed(before, keys_of(project)) == expected((0, 0))


def test_a_broken_module_has_a_key_of_its_bytes(project: Path) -> None:
    edit(project, PICTURES, "def forgotten() ->", "def forgotten( ->")
    broken = keys_of(project)
    edit(project, PICTURES, "nobody asks", "nobody")
    assert changed(broken, keys_of(project)) == expected((0, 3))


# ---- what is in every key ------------------------------------------------------------------------


def test_what_a_job_looks_like_is_in_its_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ENTROPY_THEME", raising=False)
    plain = SceneJob(QUALITIES["l"], concept="one").settings
    looks = [Look(theme="light"), Look(aspect="1:1"), Look(aspect="9:16"), Look(lossless=True)]
    found = [SceneJob(QUALITIES["l"], concept="one", look=look).settings for look in looks]
    assert all(settings != plain for settings in found)
    monkeypatch.setenv("ENTROPY_THEME", "light")
    assert SceneJob(QUALITIES["l"], concept="one").settings == found[0]


def test_settings_and_versions_tell_everywhere(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    film = Concept("one", "part", project)
    found = [piece_keys(film, SETTINGS), piece_keys(film, SETTINGS | {"quality": "1080p30"})]
    assert piece_keys(film, SETTINGS) == found[0]
    for name in ("libcairo", "encoder", "manim", "python"):
        other = versions.renderer_versions() | {name: "another"}
        monkeypatch.setattr(beat_key, "renderer_versions", lambda other=other: other)
        found.append(piece_keys(film, SETTINGS))
    assert len({key for keys in found for key in keys.values()}) == 3 * len(found)


def test_versions_tell_the_encoder_and_cairo() -> None:
    import av
    import cairo

    found = versions.renderer_versions()
    assert found["libcairo"] == cairo.cairo_version_string()
    assert found["av"] == av.__version__
    assert "264" in found["encoder"] or "libavcodec" in found["encoder"]


def test_keys_do_not_depend_on_where_the_project_is(project: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    moved = tmp_path_factory.mktemp("elsewhere")
    write_project(moved)
    assert keys_of(moved) == keys_of(project)


@pytest.mark.parametrize(
    ("name", "tells"),
    [("the cards", True), ("a mobject of the stage that all reach", True), ("what the renderer imports", True)]
    + [(name, False) for name in ("the facts", "a mobject of one beat", "words of a beat", "the list of films")],
)
def test_the_key_of_a_card(project: Path, name: str, tells: bool) -> None:
    card, other = Card("Part 1", "Entropy"), Card("Part 1", "Kraft")
    before = card_key(card, SETTINGS, Sources(project))
    assert card_key(other, SETTINGS, Sources(project)) != before
    assert card_key(card, {}, Sources(project)) != before
    edit(project, *EDITS[name][:3])
    assert (card_key(card, SETTINGS, Sources(project)) != before) == tells


@pytest.mark.parametrize(
    ("name", "tells"), [("the mix", True), ("the voice", True), ("the store", False), ("the facts", False)]
)
def test_the_key_of_what_is_made_of_parts(project: Path, name: str, tells: bool) -> None:
    imports = "from film.mix import LOUD\nfrom film.store import Store\nfrom narration.speech import speak\n"
    (project / "film" / "chapter.py").write_text(imports)

    def key(*parts: str) -> str:
        return made_key(parts, ["film/chapter.py"], SETTINGS, Sources(project))

    before = key("a", "b")
    assert key("b", "a") != before
    edit(project, *EDITS[name][:3])
    assert (key("a", "b") != before) == tells


# ---- the memory ----------------------------------------------------------------------------------


@pytest.fixture
def remembered(project: Path) -> Path:
    """What was read, kept in a file."""
    records = Records(project / "records.json")
    keys_of(project, Sources(project, records))
    records.save()
    return project / "records.json"


def fails(*_: Any) -> Any:
    pytest.fail("parsed again")


def test_nothing_is_parsed_twice(project: Path, remembered: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = keys_of(project)
    for name in ("film.inputs.syntax.parsed", "narration.script_source.source_of"):
        monkeypatch.setattr(name, fails)
    stamp = remembered.stat().st_mtime_ns
    records = Records(remembered)
    assert keys_of(project, Sources(project, records)) == before
    records.save()
    assert remembered.stat().st_mtime_ns == stamp


@pytest.mark.parametrize("harm", ["cut", "changed", "emptied", "no text", "missing", "a folder"])
def test_a_damaged_memory_is_as_good_as_none(project: Path, remembered: Path, harm: str) -> None:
    before, text = keys_of(project), remembered.read_bytes()
    remembered.unlink()
    if harm == "a folder":
        remembered.mkdir()
    elif harm != "missing":
        changes = {"cut": text[:-9], "changed": text.replace(b"INNER", b"OUTER"), "emptied": b"", "no text": b"\xff\n"}
        remembered.write_bytes(changes[harm])
    records = Records(remembered)
    assert keys_of(project, Sources(project, records)) == before
    records.save()
    assert harm == "a folder" or remembered.read_bytes() == text


# ---- the series ----------------------------------------------------------------------------------


@pytest.mark.parametrize("film", concepts(), ids=lambda film: str(film.name))
def test_beats_are_those_that_the_scene_reads(film: Concept) -> None:
    script = film.scene_class().read_script()
    assert list(piece_keys(film, SETTINGS)) == [beat.name for beat in script.beats]
