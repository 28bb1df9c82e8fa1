"""The page of a watched film, in a real browser: it follows each save by itself, and tells where mistakes are."""

from __future__ import annotations

import signal
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from film.store import Store
from film.watch.page_server import PageServer, application
from film.watch.view import BeatView, Board, View
from tests.film import chromium
from tests.film.random_saves import Running, left_behind, running, save, shake
from tests.film.watched_film import FILES

SCRIPT, SCENE, PICTURES, MOON = FILES
PATIENCE = 60_000  # milliseconds
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8ffff3f0005fe02fe0def46b8"
    "0000000049454e44ae426082"
)


@pytest.fixture(scope="module")
def browser_page() -> Iterator[Page]:
    with chromium.driven() as browser:
        yield browser.new_page()


@pytest.fixture
def board() -> Board:
    return Board()


@pytest.fixture
def served(board: Board) -> Iterator[tuple[str, list[str]]]:
    """The address of a page, and the beats that were chosen there."""
    chosen: list[str] = []
    server = PageServer(application(board, chosen.append), None)
    yield server.address, chosen
    server.close()


def answer(address: str, data: bytes | None = None, **headers: str) -> int:
    try:
        with urllib.request.urlopen(urllib.request.Request(address, data, headers), timeout=10) as found:
            return int(found.status)
    except urllib.error.HTTPError as error:
        return error.code


def test_only_this_machine_and_this_page_are_served(
    board: Board, served: tuple[str, list[str]], tmp_path: Path
) -> None:
    address, chosen = served
    name = board.keep_picture(PNG)
    video = tmp_path / "beat.mp4"
    video.write_bytes(b"clip")
    assert answer(f"{address}picture/{name}.png") == 200
    assert answer(f"{address}video/{board.keep_video(video)}.mp4") == 200
    for path in ("picture/other.png", "video/other.mp4", "../page_server.py", "%2e%2e/page_server.py"):
        assert answer(address + path) == 404, path
    assert answer(address, Host="evil.example") == 400
    assert answer(f"{address}choose", b"light", Origin="http://evil.example") == 403
    assert chosen == []
    assert answer(f"{address}choose", b"light") == 204
    assert chosen == ["light"]


def test_words_are_shown_as_words(board: Board, served: tuple[str, list[str]], browser_page: Page) -> None:
    address, chosen = served
    hostile = "<img src=x onerror=document.title='owned'>"
    view = View("lamp", title=hostile, watched=hostile, script=[hostile, "a [cue] b"], state=hostile)
    view.beats = [BeatView(hostile, hostile, board.keep_picture(PNG)), BeatView("light", "Light")]
    board.show(view)
    browser_page.goto(address)
    expect(browser_page.locator("#script .head")).to_have_text(hostile)
    expect(browser_page.locator("#script .cue")).to_have_text("[cue]")
    assert browser_page.locator("main img:not(#frame)").count() == 0
    assert "owned" not in browser_page.title().replace(hostile, "")
    with browser_page.expect_response("**/choose"):
        browser_page.locator("#beats button").nth(1).click()
    assert chosen == ["light"]
    view.state = "two"
    board.show(view)
    expect(browser_page.locator("#state")).to_have_text("two")  # the page hears of it by itself


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("watched"), "--fallback", "silence") as found:
        yield found


def frame(page: Page) -> str:
    """The frame that is shown, once it is there to be seen."""
    page.wait_for_function("() => { const f = document.getElementById('frame'); return f.complete && f.naturalWidth }")
    return page.locator("#frame").get_attribute("src") or ""


@pytest.mark.slow
def test_a_save_is_followed(watched: Running, browser_page: Page) -> None:
    page = browser_page
    page.goto(watched.address)
    expect(page.locator("#state")).to_have_class("ready", timeout=PATIENCE)
    before = frame(page)
    expect(page.locator("#beats button")).to_have_count(3)
    page.wait_for_function("() => document.getElementById('clip').readyState >= 1", timeout=PATIENCE)

    save(watched.root, SCRIPT, ("It is light", "How bright"))
    expect(page.locator("#caption")).to_contain_text("Last frame of light, after", timeout=PATIENCE)
    expect(page.locator("#script .head")).to_have_text("## light: How bright")
    assert frame(page) != before

    page.locator("#beats button", has_text="dark").click()
    expect(page.locator("#caption")).to_contain_text("Last frame of dark")
    page.locator("#follow").click()
    expect(page.locator("#follow")).to_be_hidden()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "change", "place", "words"),
    [
        (SCENE, ("def late", "def late("), "scenes/trial/lamp.py:", "Python cannot read it"),
        (SCENE, ("FadeIn(Moon()", "FadeIn(Sun()"), "scenes/trial/lamp.py:52:26", "'Sun' is not defined"),
        (SCRIPT, ("[press]", "[pres]"), "narration/en/lamp.md:7:5", "pres"),
        (PICTURES, ("GLOW = 1.0", "GLOW = nothing"), "scenes/trial/lamp_pictures.py:5:8", "nothing"),
    ],
)
def test_a_mistake_is_shown_in_place_until_it_is_mended(
    watched: Running, browser_page: Page, name: str, change: tuple[str, str], place: str, words: str
) -> None:
    page = browser_page
    page.goto(watched.address)
    save(watched.root, name, change)
    errors = page.locator("#findings .error")
    expect(errors.first).to_be_visible(timeout=PATIENCE)
    expect(page.locator("#state")).to_have_class("wrong", timeout=PATIENCE)
    assert any(place in text for text in errors.locator("code").all_text_contents()), errors.all_text_contents()
    assert any(words in text for text in errors.all_text_contents())
    log = (watched.root.parent / "log").read_text(encoding="utf-8")
    assert place in log
    save(watched.root, name, ("", ""))
    expect(page.locator("#state")).to_have_class("ready", timeout=PATIENCE)
    expect(errors).to_have_count(0)


@pytest.mark.slow
def test_random_saves_leave_nothing_behind(tmp_path: Path) -> None:
    with running(tmp_path, "--fallback", "silence") as watched:
        watched.settled("ready")
        shake(watched, 40, seed=3)
        state = watched.settled("ready")
        shown = {beat["name"]: watched.picture(beat["picture"]) for beat in state["beats"]}
        assert not any(finding["is_error"] for finding in state["findings"])
    assert watched.process.returncode == 0
    store = watched.root / ".store"
    assert left_behind(watched.root, store) == []
    # What the page shows is what was rendered.
    last = {
        entry.folder: (entry.folder / "last.png").read_bytes()
        for entry in Store(store).entries()
        if (entry.folder / "last.png").exists()
    }
    assert set(shown.values()) <= set(last.values())


@pytest.mark.slow
def test_ended_by_a_signal_it_leaves_nothing_behind(tmp_path: Path) -> None:
    with running(tmp_path) as watched:
        watched.settled("rendering")
        watched.process.send_signal(signal.SIGTERM)
        watched.process.wait(30)
    assert left_behind(watched.root, watched.root / ".store") == []
