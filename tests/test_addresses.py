"""Addresses and patterns, and what is said when one means nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

import render
from commands.by_name import COMMANDS, meant_instead_of
from film.address import address_of, address_text, addresses_of, films_of
from film.script_outline import outline
from film.settings import Settings, quality_called
from scenes.programme import PROGRAMME, UnknownName, concept, concepts

KRAFT = ("broken", "wall", "budget", "myth", "tree", "interval", "cut")


def texts(*given: str) -> list[str]:
    return [address_text(address) for address in addresses_of(given)]


def run(*arguments: str) -> Result:
    return CliRunner().invoke(render.main, list(arguments))


def test_patterns_stand_for_what_they_fit_in_the_order_of_the_programme() -> None:
    assert texts("kraft@*") == [f"kraft@{beat}" for beat in KRAFT]
    assert texts("k*") == ["kraft", "kl_divergence"]
    assert texts("mutual_*", "kraft", "k*") == ["mutual_information", "kraft", "kl_divergence"]
    assert texts("kraft@w*,budget") == ["kraft@wall", "kraft@budget"]
    assert texts("kraft@wall,budget") == ["kraft@wall,budget"], "two beats in one video"
    assert texts("kraft@[bc]*") == ["kraft@broken", "kraft@budget", "kraft@cut"]
    myths = texts("*@myth")
    assert "kraft@myth" in myths
    assert len(myths) > 3
    assert texts() == [film.name for film in concepts()]
    assert [film.name for film in films_of(["c*_entropy"])] == ["cross_entropy"]


@given(st.sampled_from([film.name for film in concepts()]), st.lists(st.sampled_from(KRAFT), unique=True))
def test_an_address_is_read_as_it_is_written(name: str, beats: list[str]) -> None:
    text = f"{name}@{','.join(beats)}" if beats else name
    assert address_text(address_of(text)) == text


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("krafd", "no concept 'krafd'; did you mean 'kraft'?"),
        ("entropy", "'entropy' is a part, no film: render.py chapter entropy"),
        ("kraft@wal", "'kraft' has no beat 'wal'; did you mean 'wall'?"),
        ("kraft@wall,wal", "'kraft' has no beat 'wal'; did you mean 'wall'?"),
        ("kraft@", "'kraft' has no beat ''; there are: broken, wall,"),
        ("zz*", "no film matches 'zz*'; there are: intuition, kraft,"),
        ("kraft@zz*", "no beat of 'kraft' matches 'zz*'; there are: broken, wall,"),
        ("k*@zz", "no beat of the 2 films matches 'zz'; there are: "),
        ("krafd@*", "no concept 'krafd'; did you mean 'kraft'?"),
    ],
)
def test_what_means_nothing_is_told_with_what_there_is(address: str, told: str) -> None:
    with pytest.raises(UnknownName) as error:
        addresses_of([address])
    assert error.value.args[0].startswith(told)
    for command in ("scene", "still", "storyboard", "list"):
        result = run(command, address)
        assert result.exit_code == 2
        assert told in result.output


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("stil",), "No such command 'stil'; did you mean 'still'?"),
        (("kraft",), "No such command 'kraft'; kraft is a film: render.py scene kraft"),
        (("kraft@wall",), "kraft is a film: render.py scene kraft@wall"),
        (("messages",), "messages is a part: render.py chapter messages"),
        (("qqqqqq",), f"there are: {', '.join(COMMANDS)}"),
        (("scene", "kraft", "--fallbck", "silence"), "--fallback"),
        (("chapter", "kraft"), "'kraft' is a film, no part: render.py scene kraft"),
        (("check", "kraft@wall"), "a film is wanted here, no beat; write 'kraft'"),
        (("facts", "krafd"), "did you mean 'kraft'?"),
        (("narrate", "kraft@wal"), "did you mean 'wall'?"),
    ],
)
def test_the_nearest_name_is_suggested_everywhere(arguments: tuple[str, ...], told: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert told in result.output


def test_every_film_and_part_is_told_from_a_command() -> None:
    for film in concepts():
        assert meant_instead_of(film.name).startswith(f"{film.name} is a film")
    for part in PROGRAMME:
        assert meant_instead_of(part.name).startswith(f"{part.name} is a part")


def test_every_film_opens_on_a_question() -> None:
    for film in concepts():
        told = outline(film)
        assert told.question.endswith("?"), film.name
        assert not set("[]*") & set(told.question)
    assert outline(concept("kraft")).question == "So which dictionaries can work at all?"
    assert outline(concept("kraft")).beats["wall"] == "Every codeword there is"


@pytest.mark.parametrize("letter", list("lmhpk"))
@pytest.mark.parametrize("flags", ["-pq{0}", "-q{0} -p", "-p -q {0}"])
def test_flags_are_combined_as_for_manim(monkeypatch: pytest.MonkeyPatch, flags: str, letter: str) -> None:
    asked: list[tuple[tuple[str, ...], Settings]] = []

    def render_films(texts: tuple[str, ...], settings: Settings) -> list[object]:
        asked.append((texts, settings))
        return []

    monkeypatch.setattr("film.video_work.render_films", render_films)
    result = run("scene", "kraft", *flags.format(letter).split())
    assert result.exit_code == 0, result.output
    ((named, settings),) = asked
    assert named == ("kraft",)
    assert settings.preview
    assert settings.picture == quality_called(letter)


def test_failure_has_a_document_too() -> None:
    result = run("still", "kraft@wal", "--json")
    assert result.exit_code == 2
    document = json.loads(result.stdout)
    assert document["command"] == "still"
    assert document["exit_code"] == 2
    assert document["error"] == "'kraft' has no beat 'wal'; did you mean 'wall'?"
    assert document["products"] == []
    assert "did you mean 'wall'?" in result.stderr


def test_the_programme_as_a_document(tmp_path: Path) -> None:
    result = run("list", "--json", "--store", str(tmp_path / "store"))
    document = json.loads(result.stdout)
    films = [film for part in document["parts"] for film in part["films"]]
    assert [film["film"] for film in films] == [film.name for film in concepts()]
    kraft = films[1]
    assert [beat["beat"] for beat in kraft["beats"]] == list(KRAFT)
    assert kraft["seconds"] == pytest.approx(sum(beat["seconds"] for beat in kraft["beats"]), abs=0.01)
    assert {beat["take"] for beat in kraft["beats"]} == {"unchecked"}, "nothing has looked in this store"
    only = json.loads(run("list", "kraft", "--json", "--store", str(tmp_path / "store")).stdout)
    assert [film["film"] for part in only["parts"] for film in part["films"]] == ["kraft"]
    assert "kraft@wall" in run("list", "kraft@wall", "--store", str(tmp_path / "store")).output
