"""The page of a talk in Chromium: it plays, stops to the frame, tells the speaker's window, and asks nobody."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from film.deck.clips import write_spoken
from film.deck.page import write_page
from film.deck.page_files import files_of
from film.deck.slides import Deck, FilmSlides

from . import chromium
from .trial_deck import FRAMES, HOSTILE, RATE, STEPS, TITLES, frame_shown, make_deck

CLIP = "deck.getCurrentSlide().querySelector('video')"
HELD = f"{CLIP}?.dataset.state === 'held' && !{CLIP}.seeking"
# The luma of a line of the picture that stands in the clip.
LINE = f"""() => {{
  const clip = {CLIP}, canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [clip.videoWidth, clip.videoHeight];
  const context = canvas.getContext("2d");
  context.drawImage(clip, 0, 0);
  return [...context.getImageData(0, canvas.height / 2, canvas.width, 1).data].filter((_, i) => i % 4 === 1);
}}"""


@pytest.fixture(scope="module")
def pieces(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("pieces")


def page_of(deck: Deck, folder: Path) -> Path:
    """The folder of the deck's page, with clips made for it."""

    def clips_of(film: FilmSlides) -> Path:
        place = folder / film.concept.name
        if not place.exists():
            place.mkdir(parents=True)
            write_spoken(film, place)
        return place

    (folder / "page").mkdir()
    write_page(deck, clips_of, folder / "page")
    return folder / "page"


@pytest.fixture(scope="module")
def silent(pieces: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return page_of(make_deck(pieces, silent=True), tmp_path_factory.mktemp("silent"))


@pytest.fixture(scope="module")
def spoken(pieces: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return page_of(make_deck(pieces, auto_advance=True), tmp_path_factory.mktemp("spoken"))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium.driven() as driven:
        yield driven


@contextmanager
def opened(browser: Browser, address: str) -> Iterator[Page]:
    """A page at *address* in a fresh profile; whatever it says is wrong, or asks of others, fails the test."""
    context = browser.new_context(viewport={"width": 640, "height": 360})
    page = context.new_page()
    wrong: list[str] = []
    home = address.partition("#")[0].rpartition("/")[0]
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: wrong.append(said.text) if said.type in ("error", "warning") else None)
    page.on("dialog", lambda dialog: wrong.append(f"dialog {dialog.message}"))
    local = (home, "data:", "blob:", "about:")
    context.on("request", lambda asked: None if asked.url.startswith(local) else wrong.append(f"asks {asked.url}"))
    page.goto(address)
    page.wait_for_function("window.deck?.isReady()")
    yield page
    context.close()
    assert wrong == []


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a server of *folder*, which answers requests for parts, as seeking in a clip needs."""
    app = Starlette(routes=[Mount("/", StaticFiles(directory=folder, html=True))])
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join()


def at(page: Page) -> tuple[str, int]:
    """The slide, and the frame of its clip that stands; the clock of a clip that has ended is a frame further."""
    page.wait_for_function(HELD)
    name, seconds = page.evaluate(f"[deck.getCurrentSlide().dataset.beat, {CLIP}.currentTime]")
    return name, min(int(seconds * RATE + 1e-3), FRAMES - 1)


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


# ---- a live talk ---------------------------------------------------------------------------------


def test_each_press_plays_to_the_next_cue_and_stops_there(browser: Browser, silent: Path) -> None:
    with opened(browser, (silent / "index.html").as_uri()) as page:
        for number, (_, stop) in enumerate(STEPS):
            press(page, "ArrowRight")
            assert at(page) == ("kraft@first", stop - 1)
            assert page.evaluate("deck.getIndices().f") == number - 1
        press(page, "ArrowRight")
        assert at(page) == ("kraft@second", STEPS[0][1] - 1)
        press(page, "ArrowLeft")
        assert at(page) == ("kraft@first", FRAMES - 1)
        press(page, "ArrowLeft")
        assert at(page) == ("kraft@first", STEPS[1][1] - 1)


def test_over_http_the_very_frame_is_seen(browser: Browser, silent: Path) -> None:
    with served(silent) as home, opened(browser, f"{home}/index.html") as page:
        for _, stop in STEPS:
            press(page, "ArrowRight")
            page.wait_for_function(HELD)
            assert frame_shown(np.array(page.evaluate(LINE)) / 255) == stop - 1


def test_a_press_during_a_step_goes_on_at_once(browser: Browser, silent: Path) -> None:
    with opened(browser, (silent / "index.html").as_uri()) as page:
        press(page, "ArrowRight", "ArrowRight", "ArrowRight")
        assert page.evaluate("deck.getIndices().f") == 1
        assert page.evaluate(f"{CLIP}.currentTime") >= STEPS[2][0] / RATE
        assert at(page) == ("kraft@first", FRAMES - 1)


def test_a_clip_moves_while_it_plays_and_can_be_paused(browser: Browser, silent: Path) -> None:
    with opened(browser, (silent / "index.html").as_uri()) as page:
        press(page, "ArrowRight")
        page.wait_for_function(f"{CLIP}.dataset.state === 'playing' && {CLIP}.currentTime > {(STEPS[0][0] + 2) / RATE}")
        press(page, "k")
        assert page.evaluate(f"{CLIP}.paused")
        press(page, "k")
        assert at(page) == ("kraft@first", STEPS[0][1] - 1)
        press(page, "r")
        assert page.evaluate(f"{CLIP}.currentTime") < (STEPS[0][1] - 1) / RATE


@pytest.mark.parametrize("steps", [1, 3])
def test_the_speaker_view_shows_the_words_and_keeps_the_step(browser: Browser, silent: Path, steps: int) -> None:
    with opened(browser, (silent / "index.html").as_uri()) as page:
        press(page, *["ArrowRight"] * steps)
        with page.context.expect_page() as popup:
            press(page, "s")
        speaker = popup.value
        speaker.wait_for_function("document.querySelector('.speaker-controls-notes .value')?.textContent.trim()")
        notes = speaker.locator(".speaker-controls-notes .value p")
        said = [notes.nth(number).inner_text() for number in range(notes.count())]
        assert " ".join(" ".join(said).replace("▸ ", "").split()) == f"first: {HOSTILE}"
        assert [text.startswith("▸ ") for text in said] == [False, True, True]
        time.sleep(1)  # by then its windows have told what they show
        assert page.evaluate("[deck.getIndices().h, deck.getIndices().f]") == [1, steps - 2]
        press(page, "ArrowRight")
        current = next(frame for frame in speaker.frames if "postMessageEvents" in frame.url)
        expected = page.evaluate("[deck.getIndices().h, deck.getIndices().f]")
        current.wait_for_function(
            "(at) => deck.getIndices().h === at[0] && deck.getIndices().f === at[1]", arg=expected
        )
        current.wait_for_function(HELD)  # and does not play


# ---- with narration ------------------------------------------------------------------------------


def test_slides_go_on_by_themselves(browser: Browser, spoken: Path) -> None:
    with opened(browser, (spoken / "index.html").as_uri()) as page:
        press(page, "ArrowRight")
        page.wait_for_function(f"!{CLIP}.paused && !{CLIP}.muted && {CLIP}.currentTime > 0.2")
        assert page.evaluate(f"{CLIP}.webkitAudioDecodedByteCount") > 0
        page.wait_for_function("deck.getCurrentSlide().dataset.beat === 'kraft@second'")
        press(page, "ArrowRight")
        page.wait_for_function("deck.getCurrentSlide().dataset.beat === 'mutual_information@first'")  # a title stood
        press(page, "ArrowRight")
        assert at(page) == ("mutual_information@second", FRAMES - 1)


def test_captions_are_shown_as_they_are(browser: Browser, spoken: Path) -> None:
    with opened(browser, (spoken / "index.html").as_uri()) as page:
        press(page, "ArrowRight", "c")
        told = page.evaluate(f"[...{CLIP}.textTracks[0].cues].map((cue) => cue.getCueAsHTML().textContent).join(' ')")
        assert page.evaluate(f"{CLIP}.textTracks[0].mode") == "showing"
        assert " ".join(told.split()) == f"first: {HOSTILE}"
        press(page, "c")
        assert page.evaluate(f"{CLIP}.textTracks[0].mode") == "hidden"


def test_where_sound_is_forbidden_the_page_asks_for_a_key(browser: Browser, spoken: Path) -> None:
    with opened(browser, f"{(spoken / 'index.html').as_uri()}#/1") as page:
        page.wait_for_selector(".begin", state="visible")
        press(page, " ")
        page.wait_for_function(f"!{CLIP}.paused && {CLIP}.currentTime > 0")
        assert page.evaluate("deck.getCurrentSlide().dataset.beat") == "kraft@first"
        assert page.locator(".begin").is_hidden()


# ---- what is in it -------------------------------------------------------------------------------


def test_texts_are_shown_as_they_are(browser: Browser, silent: Path) -> None:
    with opened(browser, (silent / "index.html").as_uri()) as page:
        assert page.title() == " · ".join(TITLES.values())
        assert page.locator("h1").all_inner_texts() == list(TITLES.values())
        label = page.locator("video").first.get_attribute("aria-label")
        assert label is not None
        assert label.startswith("The first <i>beat</i> #strong[is] & *bold*. first: <script>")


@pytest.mark.parametrize("slide", [0, 1])
def test_axe_finds_nothing(browser: Browser, spoken: Path, slide: int) -> None:
    with served(spoken) as home, opened(browser, f"{home}/index.html#/{slide}") as page:  # it reads style sheets
        found: dict[str, Any] = Axe().run(page).response
        assert [problem["id"] for problem in found["violations"]] == []


def test_the_files_are_those_that_are_known_before(silent: Path) -> None:
    beats = [(film, beat) for film in TITLES for beat in ("first", "second")]
    made = {path.relative_to(silent).as_posix() for path in silent.rglob("*") if path.is_file()}
    assert made == set(files_of(beats))
