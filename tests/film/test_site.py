"""The site's pages: what is on them, and that the folder is replaced whole or not at all."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from film.errors import FilmError
from film.named_sources import named_sources
from film.site.build import STATIC, Chapter, holds_chapters, site_files, write_site
from film.site.content import chapter_text
from film.site.facts import shown_value
from film.site.formulas import formulas
from film.site.map import Shown, series_map
from film.video import targets_of
from scenes.concept_map import COMING, LEADS, QUESTIONS
from scenes.programme import PROGRAMME, concepts
from scenes.stage.theme import DARK, LIGHT, Theme

from .pages import BEAT, CARD, HOSTILE, RATE, material, small_site


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_site(tmp_path_factory.mktemp("site"))


# ---- content -------------------------------------------------------------------------------------


def test_films_beats_and_sentences_tile_the_chapter(site: Path) -> None:
    text = chapter_text(site / "entropy.json")
    assert text.films[0].start == 0
    assert text.films[-1].end == text.duration == 2 * (CARD + 2 * BEAT) + CARD
    assert text.films[0].end == text.films[1].start
    for film in text.films:
        assert [beat.end for beat in film.beats] == [*(beat.start for beat in film.beats[1:]), film.end]
        for beat in film.beats:
            sentences = [sentence for paragraph in beat.paragraphs for sentence in paragraph]
            assert sentences[0].text == f"A zebra asks in {film.name}."
            assert [s.end for s in sentences] == [*(s.start for s in sentences[1:]), beat.end]
    frames = [value * RATE for start, end, _ in text.cues for value in (start, end)]
    assert frames == sorted(frames) == pytest.approx([round(frame) for frame in frames])


class _Tags(HTMLParser):
    """The tags of a page, their attributes, and the text outside of scripts."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


@pytest.mark.parametrize("page", ["index.html", "entropy.html", "messages.html"])
def test_what_scripts_say_is_never_markup(site: Path, page: str) -> None:
    text = (site / page).read_text(encoding="utf-8")
    parsed = _Tags()
    parsed.feed(text)
    scripts = [attributes for tag, attributes in parsed.tags if tag == "script"]
    assert all("src" in script or script.get("type") == "application/json" for script in scripts)
    assert {tag for tag, _ in parsed.tags}.isdisjoint({"style", "iframe", "object", "base", "form"})
    assert not any(name.startswith("on") or name == "style" for _, attributes in parsed.tags for name in attributes)
    assert all(a["src"] != "x" for tag, a in parsed.tags if tag == "img")
    assert html.escape(HOSTILE, quote=False).replace("'", "&#39;") in text


@pytest.mark.parametrize("page", ["index.html", "entropy.html", "messages.html"])
def test_every_link_leads_somewhere(site: Path, page: str) -> None:
    parsed = _Tags()
    parsed.feed((site / page).read_text(encoding="utf-8"))
    for _, attributes in parsed.tags:
        for name in ("src", "href", "poster"):
            target = attributes.get(name)
            if target is None or target.startswith("https://creativecommons.org/"):
                continue
            file, _, fragment = target.partition("#")
            assert not re.match(r"[a-z]*:|//", file), target
            assert (site / (file or page)).is_file(), target
            if fragment:
                inside = _Tags()
                inside.feed((site / (file or page)).read_text(encoding="utf-8"))
                assert fragment in {a.get("id") for _, a in inside.tags}, target


def test_no_name_is_used_twice_on_a_page(site: Path) -> None:
    for page in site.glob("*.html"):
        parsed = _Tags()
        parsed.feed(page.read_text(encoding="utf-8"))
        names = [a["id"] for _, a in parsed.tags if "id" in a]
        assert len(names) == len(set(names))


def test_a_formula_is_drawn_and_one_that_cannot_be_is_left_out() -> None:
    found = formulas(["2^(-ell)", ")( #", "", "2^(-ell)"])
    assert list(found) == ["2^(-ell)"]
    formula = found["2^(-ell)"]
    used = set(re.findall(r'href="#([^"]+)"', formula.drawing))
    assert used
    assert used == set(formula.glyphs)
    assert "#000" not in formula.drawing


@pytest.mark.parametrize(
    ("value", "told"),
    [(1.0 / 3, "0.333333"), (-2.5, "−2.5"), (10**9, "1000000000"), ("3/2", "3/2"), ("inf", "∞"), ("", "–")],
)
def test_values_are_written_for_people(value: float | str, told: str) -> None:
    assert shown_value(value) == told


def test_sources_are_read_from_docstrings() -> None:
    module = b'"""Codes.\n\nSource: A. Author, *A\nBook*, 1952; B.\n\nMore.\n"""\n'
    assert named_sources(module) == ["A. Author, A Book, 1952; B."]
    assert named_sources(b'"""No."""\nx = "Source: none"\n') == []


# ---- the map -------------------------------------------------------------------------------------


def test_the_map_knows_every_film_and_leads_forward() -> None:
    order = [concept.name for concept in concepts()]
    order += [name for part in COMING for name, _ in part.films if name not in order]
    assert set(QUESTIONS) == set(order)
    for lead in LEADS:
        assert order.index(lead.before) < order.index(lead.after)
    assert len({(lead.before, lead.after) for lead in LEADS}) == len(LEADS)
    assert set(order[1:]) == {lead.after for lead in LEADS}  # each builds on something


def test_rows_and_lines_meet() -> None:
    titles = {concept.name: concept.name for concept in concepts()}
    series = series_map(titles, {"kraft": Shown(10.0, "x")}, {"entropy": 60.0}, PROGRAMME)
    stations = [station for section in series.sections for station in section.stations]
    rows = sorted([s.row for s in stations] + [section.row for section in series.sections])
    assert rows == list(range(series.rows))
    assert [s.number for s in stations] == list(range(1, len(stations) + 1))
    assert [s.name for s in stations if s.href] == ["kraft"]
    assert {s.name for s in stations if s.coming}.isdisjoint(titles)
    by_name = {station.name: station for station in stations}
    for line in series.lines:
        first, second = by_name[line.before].row + 0.5, by_name[line.after].row + 0.5
        numbers = [float(n) for n in re.findall(r"[-\d.]+", line.path)]
        assert numbers[:2] == [100, first]
        assert numbers[-2:] == [100, second]
        handle = numbers[2]
        assert 0 <= 0.25 * 100 + 0.75 * handle <= 100  # the middle of the curve stays in the picture


# ---- the folder ----------------------------------------------------------------------------------


def _chapters(folder: Path) -> list[Chapter]:
    return [Chapter(part, targets_of(part.name, folder / "films")) for part in PROGRAMME]


def test_the_folder_is_whole_and_videos_are_not_copied(site: Path) -> None:
    assert holds_chapters(site, _chapters(site.parent))
    assert (site / "entropy.mp4").samefile(site.parent / "films" / "entropy.mp4")
    assert {path for path in site_files(site, PROGRAMME) if not path.is_file()} == set()


def test_what_has_no_place_is_noticed_and_removed(tmp_path: Path) -> None:
    folder = small_site(tmp_path)
    (folder / "old.html").write_text("old")
    assert not holds_chapters(folder, _chapters(tmp_path))
    chapters = _chapters(tmp_path)[:1]
    write_site(folder, chapters, material(tmp_path, PROGRAMME[:1]))
    assert holds_chapters(folder, chapters)
    assert not (folder / "old.html").exists()
    assert not (folder / "messages.html").exists()
    (folder / "entropy.mp4").unlink()
    assert not holds_chapters(folder, chapters)
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_a_site_that_cannot_be_built_leaves_the_old_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = small_site(tmp_path)
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}

    def fails(*_: object) -> None:
        raise FilmError("a page is wrong")

    monkeypatch.setattr("film.site.build.front_page", fails)
    with pytest.raises(FilmError, match="a page is wrong"):
        write_site(folder, _chapters(tmp_path), material(tmp_path, PROGRAMME))
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_a_folder_of_somebody_else_is_not_removed(tmp_path: Path) -> None:
    folder = small_site(tmp_path)
    (folder / "index.html").write_text("<title>My own page</title>")
    with pytest.raises(FilmError, match=r"site: holds files that are no site .* move them away"):
        write_site(folder, _chapters(tmp_path), material(tmp_path, PROGRAMME))
    assert (folder / "index.html").read_text() == "<title>My own page</title>"


# ---- the look ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("theme", "mark"), [(DARK, ":root {"), (LIGHT, ':root[data-theme="light"] {')])
def test_the_pages_have_the_colours_of_the_films(theme: Theme, mark: str) -> None:
    style = (STATIC / "site.css").read_text(encoding="utf-8")
    rule = style[style.index(mark) :].partition("}")[0]
    colours = dict(re.findall(r"--(\w+): (#\w+);", rule))
    assert colours
    assert {name: getattr(theme, name) for name in colours} == colours


def test_the_system_can_ask_for_the_same_light_theme() -> None:
    style = (STATIC / "site.css").read_text(encoding="utf-8")
    first, second = re.findall(r"color-scheme: light;\s+(--ground: [^}]+?)\s*}", style)[:2]
    assert first.split() == second.split()
