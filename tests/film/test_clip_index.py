"""The index of clips: every beat is in it, nothing in it is markup that should be text, and a browser finds in it."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser

from film.clip.style import FORMATS, USES
from film.clip_index.catalogue import BeatText, ClipEntry, FilmEntry, film_entry, first_sentences
from film.clip_index.page_file import page_text
from scenes.programme import PROGRAMME, concept

from ..project_copy import BLINK, STEADY_METHODS, Project, copy_project
from . import chromium

NASTY = "<b>p</b> & \"q\" </script><script>alert(1)</script> 'r'"


class Reader(HTMLParser):
    """What stands in a page: elements with their attributes, and its visible text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attributes)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def all(self, tag: str, **wanted: str) -> list[dict[str, str | None]]:
        """The attributes of the elements that have *wanted* among theirs."""
        return [found for name, found in self.elements if name == tag and wanted.items() <= found.items()]


def entry(film: str, beat: str, words: str = "Some words.", **other: Any) -> ClipEntry:
    given: dict[str, Any] = {
        "title": beat,
        "seconds": 12.0,
        "timed": True,
        "is_myth": beat == "myth",
        "poster": None,
    } | other
    return ClipEntry(address=f"{film}@{beat}", words=words, **given)


def films() -> list[FilmEntry]:
    """Three films of two parts."""
    first, second = PROGRAMME
    return [
        FilmEntry("kraft", "Prefix codes", first, (entry("kraft", "wall", "Every codeword."), entry("kraft", "myth"))),
        FilmEntry("surprise", "How surprised?", first, (entry("surprise", "curve", "A café for Bernoulli."),)),
        FilmEntry("joint", "Joint entropy", second, (entry("joint", "pair", "Two symbols."), entry("joint", "myth"))),
    ]


# ---- what it says --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "enough", "first"),
    [
        ("One. Two. Three.", 1, "One."),
        ("One. Two. Three.", 5, "One. Two."),
        ("It costs 2.625 bits. More.", 10, "It costs 2.625 bits."),
        ("no end at all", 3, "no end at all"),
        ("One.", 100, "One."),
        ("", 5, ""),
    ],
)
def test_first_sentences(text: str, enough: int, first: str) -> None:
    assert first_sentences(text, enough) == first


def test_an_entry_has_its_length_or_an_estimate_and_knows_a_myth() -> None:
    film = concept("kraft")
    beats = [BeatText("wall", "A wall", "Words."), BeatText("myth", "", "More words.")]
    wall, myth = film_entry(film, PROGRAMME[0], "Codes", beats, {"wall": "posters/w.jpg"}, {"wall": 59.6}).clips
    assert (wall.length, wall.poster, wall.is_myth) == ("1:00", "posters/w.jpg", False)
    assert (myth.title, myth.poster, myth.is_myth) == ("myth", None, True)
    assert myth.length.startswith("about 0:")
    assert 5 < myth.seconds < 60  # as long as its take


def test_a_page_names_every_clip_once_with_its_command() -> None:
    page = Reader(page_text(films()))
    clips = page.all("li")
    assert [clip["id"] for clip in clips] == ["kraft@wall", "kraft@myth", "surprise@curve", "joint@pair", "joint@myth"]
    assert [clip["id"] for clip in clips if "data-myth" in clip] == ["kraft@myth", "joint@myth"]
    assert "render.py clip kraft@wall --format webm" in page.text
    assert all(f"{format_} for {use}" in page.text for format_, use in USES.items())
    assert USES.keys() == set(FORMATS)
    assert page.text.count("not rendered yet") == 5
    outside = [value for _, found in page.elements for name, value in found.items() if name in ("src", "href")]
    assert outside == []


def test_what_scripts_say_is_text() -> None:
    nasty = FilmEntry("kraft", NASTY, PROGRAMME[0], (entry("kraft", "wall", NASTY, title=NASTY),))
    page = Reader(page_text([nasty]))
    assert page.all("b") == []
    assert len(page.all("script")) == 1
    assert NASTY in page.text
    (clip,) = page.all("li")
    assert NASTY in (clip["data-words"] or "")


# ---- in a browser --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium.driven() as driven:
        yield driven


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The page's address as a file."""
    path = tmp_path_factory.mktemp("clips") / "index.html"
    path.write_text(page_text(films()), encoding="utf-8")
    return path.as_uri()


@pytest.fixture
def page(browser: Any, index: str) -> Iterator[Any]:
    """The page, opened from its file; whatever it asks for elsewhere and every error of its script is a failure."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    opened, wrong = context.new_page(), list[str]()
    opened.on("request", lambda request: wrong.append(request.url) if not request.url.startswith("file:") else None)
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.goto(index)
    yield opened
    assert wrong == []
    context.close()


def shown(page: Any) -> list[str]:
    """The addresses of the clips that can be seen."""
    found: list[str] = page.eval_on_selector_all(".clip", "all => all.filter(c => c.offsetParent).map(c => c.id)")
    return found


@pytest.mark.parametrize(
    ("choice", "found"),
    [
        ({"words": "codeword"}, ["kraft@wall"]),
        ({"words": "CAFE bern"}, ["surprise@curve"]),  # in any order, case and accent
        ({"words": "joint@"}, ["joint@pair", "joint@myth"]),
        ({"words": "how surprised"}, ["surprise@curve"]),
        ({"part": "messages"}, ["joint@pair", "joint@myth"]),
        ({"film": "kraft"}, ["kraft@wall", "kraft@myth"]),
        ({"myths": True}, ["kraft@myth", "joint@myth"]),
        ({"part": "entropy", "myths": True}, ["kraft@myth"]),
        ({"words": "nobody said this"}, []),
    ],
)
def test_clips_are_found(page: Any, choice: dict[str, Any], found: list[str]) -> None:
    choose(page, choice)
    assert shown(page) == found
    assert page.locator("#count").inner_text() == f"{len(found)} of 5 clips"
    assert page.locator("#nothing").is_visible() == (not found)
    in_films = not ({"words", "myths"} & choice.keys())
    assert page.locator(".film:not([hidden])").count() == len({address.partition("@")[0] for address in found})
    assert page.locator(".of:visible").count() == (not in_films) * len(found)
    page.reload()  # the choice is in the address
    assert shown(page) == found
    page.get_by_role("button", name="Show all").click()
    assert len(shown(page)) == 5


def choose(page: Any, choice: dict[str, Any]) -> None:
    for name, value in choice.items():
        field = page.locator(f"#{name}")
        if name == "words":
            field.fill(value)
        elif name == "myths":
            field.check()
        else:
            field.select_option(value)


def test_a_part_leaves_only_its_films_to_choose(page: Any) -> None:
    choose(page, {"film": "kraft"})
    choose(page, {"part": "messages"})
    assert page.locator("#film").input_value() == ""
    assert page.locator("#film option:not([disabled])").all_inner_texts() == ["every film", "Joint entropy"]
    assert shown(page) == ["joint@pair", "joint@myth"]


@pytest.mark.parametrize("clipboard", [True, False])
def test_a_command_is_copied_with_the_keyboard(page: Any, clipboard: bool) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    if not clipboard:
        page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    page.locator("#format").select_option("mov")
    page.locator("#words").fill("kraft@myth")
    for _ in range(6):  # part, film, format, myths, show all, copy
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_text("Copied", exact=True).wait_for()
    command = ".venv/bin/python render.py clip kraft@myth --format mov"
    assert page.locator("#said").inner_text() == f"Copied: {command}"
    assert page.evaluate("document.activeElement.className").startswith("copy")
    pasted = page.context.new_page()
    pasted.goto(page.url)
    assert pasted.evaluate("navigator.clipboard.readText()") == command


@pytest.mark.parametrize("scheme", ["dark", "light"])
@pytest.mark.parametrize("width", [390, 1280])
def test_it_is_accessible_and_fits(browser: Any, index: str, scheme: str, width: int) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = browser.new_page(color_scheme=scheme, viewport={"width": width, "height": 800})
    page.goto(index)
    page.locator("#myths").check()  # marks in sight
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
    grounds = {"dark": "rgb(14, 19, 32)", "light": "rgb(251, 250, 246)"}
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == grounds[scheme]
    violations = Axe().run(page).response["violations"]
    assert [(found["id"], found["nodes"][0]["html"]) for found in violations] == []
    page.close()


# ---- the command ---------------------------------------------------------------------------------


@pytest.mark.slow
def test_pictures_come_from_what_is_rendered_or_are_drawn(tmp_path: Path) -> None:
    project = copy_project(tmp_path / "project")
    project.write("steady", "## gaze: It <looks>\nIt looks at you.\n\n## myth: Is it so?\nNo.\n", STEADY_METHODS + MYTH)
    assert project.run("scene", "blink@shut", "-ql", "--fallback", "silence").returncode == 0
    folder = project.root / "films" / "clips"
    for options, pictures in ((("--rendered",), ["blink-shut.jpg"]), ((), EVERY)):
        result = project.run("clips", *options)
        assert result.returncode == 0, result.stderr
        assert f"Open {folder / 'index.html'} (4 clips, {len(pictures)} with a picture)" in result.stdout
        assert sorted(path.name for path in (folder / "posters").iterdir()) == pictures
        page = Reader((folder / "index.html").read_text(encoding="utf-8"))
        assert [clip["id"] for clip in page.all("li")] == ["blink@shut", "blink@open", "steady@gaze", "steady@myth"]
        assert [clip["id"] for clip in page.all("li") if "data-myth" in clip] == ["steady@myth"]
        assert [image["src"] for image in page.all("img")] == [f"posters/{name}" for name in in_order(pictures)]
        assert page.text.count("about 0:") == 4 - len(pictures)
    with Image.open(folder / "posters" / "steady-gaze.jpg") as picture:
        assert picture.size == (640, 360)
        _, high = picture.convert("L").getextrema()
        assert isinstance(high, int)
        assert high > 200  # the square is there
    project.write("blink", BLINK.partition("## open")[0], BLINK_SHUT)
    before = (folder / "posters" / "steady-gaze.jpg").read_bytes()
    assert project.run("clips").returncode == 0
    assert sorted(path.name for path in (folder / "posters").iterdir()) == [n for n in EVERY if n != "blink-open.jpg"]
    assert (folder / "posters" / "steady-gaze.jpg").read_bytes() == before


@pytest.mark.slow
def test_a_scene_that_cannot_be_drawn_is_named(tmp_path: Path) -> None:
    project: Project = copy_project(tmp_path / "project")
    project.write("steady", "## gaze: Nothing\nIt looks.\n", STEADY_METHODS.replace("Square()", "Square(1 / 0)"))
    result = project.run("clips")
    assert result.returncode == 1
    assert "steady: " in result.stderr
    assert "ZeroDivisionError" in result.stderr
    assert not (project.root / "films" / "clips").exists()


MYTH = "\n    def myth(self, beat: Beat) -> None:\n        self.clear()\n        self.add(Dot())\n"
BLINK_SHUT = '    def shut(self, beat: Beat) -> None:\n        beat.wait_until("now")\n        self.add(Dot())\n'
EVERY = ["blink-open.jpg", "blink-shut.jpg", "steady-gaze.jpg", "steady-myth.jpg"]


def in_order(pictures: list[str]) -> list[str]:
    """In the order of the films' beats."""
    films = ["blink-shut.jpg", "blink-open.jpg", "steady-gaze.jpg", "steady-myth.jpg"]
    return [name for name in films if name in pictures]
