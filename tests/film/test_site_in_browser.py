"""The site in Chromium, from the disk and from the server: it plays, follows, finds, obeys keys, and asks nobody."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page

from . import chromium
from .pages import BEAT, CARD, small_site
from .test_local_server import served

PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 860}
TELL = CARD + BEAT  # when the second beat of the first film begins
SECOND = CARD + 2 * BEAT + CARD  # and the first beat of the second


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_site(tmp_path_factory.mktemp("site"))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium.driven(chromium.SOUND_UNASKED) as driven:
        yield driven


@pytest.fixture(scope="module", params=["file", "http"])
def base(request: pytest.FixtureRequest, site: Path) -> Iterator[str]:
    if request.param == "file":
        yield f"{site.as_uri()}/"
    else:
        with served(site) as port:
            yield f"http://127.0.0.1:{port}/"


@pytest.fixture(scope="module")
def disk(site: Path) -> str:
    """For what is the same wherever the pages come from."""
    return f"{site.as_uri()}/"


@pytest.fixture
def context(browser: Browser, base: str) -> Iterator[BrowserContext]:
    """A fresh profile in which nothing may be asked from elsewhere, and no script may fail."""
    context = browser.new_context(viewport=DESK, color_scheme="dark")  # type: ignore[arg-type]
    asked: list[str] = []
    wrong: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    context.on("weberror", lambda error: wrong.append(str(error.error)))
    context.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    yield context
    context.close()
    assert asked
    assert [url for url in asked if not url.startswith(base)] == []
    assert wrong == []


@pytest.fixture
def page(context: BrowserContext, base: str) -> Page:
    return opened(context, f"{base}entropy.html")


def opened(context: BrowserContext, address: str) -> Page:
    """A page whose film can be sought."""
    page = context.new_page()
    page.goto(address)
    until(page, "document.getElementById('video').readyState > 0")
    return page


def until(page: Page, condition: str) -> None:
    """Wait until a script's *condition* holds; Playwright's own way would need what the page's policy forbids."""
    deadline = time.monotonic() + 10
    while not page.evaluate(condition):
        assert time.monotonic() < deadline, condition
        page.wait_for_timeout(20)


def time_of(page: Page) -> float:
    """Where the film is, once it has arrived there."""
    until(page, "!document.getElementById('video').seeking")
    found: float = page.evaluate("document.getElementById('video').currentTime")
    return found


def go(page: Page, seconds: float) -> None:
    """Seek as the player's own slider does."""
    page.evaluate("seconds => { document.getElementById('video').currentTime = seconds }", seconds)
    time_of(page)


def is_paused(page: Page) -> bool:
    found: bool = page.evaluate("document.getElementById('video').paused")
    return found


# ---- the film ------------------------------------------------------------------------------------


def test_it_plays_and_the_page_follows(page: Page) -> None:
    go(page, TELL - 0.3)
    assert page.locator("#now-beat").inner_text().startswith("ask")
    page.evaluate("document.getElementById('video').play()")
    until(page, f"document.getElementById('video').currentTime > {TELL + 0.8}")
    page.locator("#now-beat", has_text="tell").wait_for()
    page.locator(".beat-link[aria-current]", has_text="tell").wait_for()
    assert page.locator(".beat-link[aria-current]").count() == 1
    assert page.locator(".film[data-current] .film-link").get_attribute("data-address") == "intuition"
    assert page.locator(".said-beat[data-current]").get_attribute("data-address") == "intuition@tell"
    assert page.locator(".sentence[data-current]").inner_text() == "A zebra asks in intuition."
    assert page.title().startswith("Entropy · ")  # nothing of what a script says has run


def test_captions_show_what_is_said_as_text(page: Page) -> None:
    active = "[...document.getElementById('video').textTracks].flatMap(t => [...(t.activeCues ?? [])].map(c => c.text))"
    go(page, TELL + 1.0)
    until(page, f"{active}.length === 1")
    assert page.evaluate(active)[0].replace("\n", " ").startswith("A zebra asks in intuition.")
    texts = page.evaluate(
        "[...document.getElementById('video').textTracks[0].cues].map(c => c.getCueAsHTML().textContent).join(' ')"
    )
    assert "<script>document.title='broken'</script>" in texts.replace("\n", " ").replace("- ", "-")
    assert page.evaluate("[...document.getElementById('video').textTracks].map(t => t.mode)") == ["showing"]
    page.get_by_role("button", name="Captions").click()
    assert page.evaluate("document.getElementById('video').textTracks[0].mode") == "disabled"
    assert page.get_by_role("button", name="Captions").get_attribute("aria-pressed") == "false"


def test_clicks_on_words_and_beats_seek(page: Page) -> None:
    page.locator("#said .sentence", has_text="It tells").first.click()
    assert time_of(page) >= TELL + 3.0
    page.locator(".films [data-address='kraft@tell']").click()
    assert SECOND + BEAT <= time_of(page) < SECOND + BEAT + 2
    assert page.url.endswith("entropy.html#kraft@tell")
    page.locator(".film-facts").first.locator("summary").click()
    page.locator(".film-facts .where a", has_text="tell").first.click()
    assert TELL <= time_of(page) < TELL + 2


@pytest.mark.parametrize(
    ("address", "second", "beat"),
    [
        ("kraft@tell", SECOND + BEAT, "tell"),
        ("kraft%40ask", SECOND, "ask"),
        ("kraft", SECOND - CARD, "ask"),
        ("no", 0, "ask"),
    ],
)
def test_links_land_on_their_beat(context: BrowserContext, base: str, address: str, second: float, beat: str) -> None:
    page = opened(context, f"{base}entropy.html#{address}")
    page.wait_for_load_state("load")
    if second:
        until(page, "document.getElementById('video').currentTime > 0")
    assert time_of(page) == pytest.approx(second, abs=0.05)
    assert page.locator("#now-beat").inner_text().startswith(beat)
    assert page.evaluate("scrollY") == 0
    page.evaluate("location.hash = '#intuition@tell'")
    until(page, f"Math.abs(document.getElementById('video').currentTime - {TELL}) < 0.1")


def test_a_link_is_copied(context: BrowserContext, page: Page, base: str) -> None:
    go(page, SECOND + BEAT + 1)
    page.get_by_role("button", name="Copy link").click()
    page.locator("#told", has_text="The link to this beat").wait_for()
    assert page.url == f"{base}entropy.html#kraft@tell"


# ---- search --------------------------------------------------------------------------------------


def test_search_finds_marks_and_goes_there(page: Page) -> None:
    page.keyboard.press("/")
    page.keyboard.type("ZEBRA asks in kraft")
    assert page.locator("#found").inner_text() == "2 sentences"
    assert page.locator("#said mark").all_inner_texts() == ["zebra asks in kraft"] * 2
    assert page.locator(".said-film:visible").count() == 1
    page.keyboard.press("Enter")
    assert time_of(page) == pytest.approx(SECOND + 0.5, abs=0.1)
    page.keyboard.press("Enter")
    assert time_of(page) == pytest.approx(SECOND + BEAT + 0.5, abs=0.1)
    assert page.locator("#found").inner_text() == "2 of 2"
    page.locator("#search").fill("<img")
    assert page.locator("#said mark").count() == page.locator("#said mark", has_text="<img").count() > 0
    page.locator("#search").fill("giraffe")
    assert page.locator("#nothing").is_visible()
    page.keyboard.press("Escape")
    assert page.locator("#said mark").count() == 0
    assert page.locator(".said-beat:visible").count() == 4


# ---- keys ----------------------------------------------------------------------------------------


def test_keys_move_the_film(page: Page) -> None:
    def after(key: str) -> float:
        page.keyboard.press(key)
        return time_of(page)

    go(page, 12.0)
    assert [after(key) for key in ("j", "l", "ArrowRight", "ArrowLeft")] == pytest.approx([2, 12, 17, 12], abs=0.05)
    assert after("n") == pytest.approx(SECOND, abs=0.05)
    assert after("p") == pytest.approx(TELL, abs=0.05)
    page.keyboard.press("Space")
    until(page, "!document.getElementById('video').paused")
    page.keyboard.press("k")
    until(page, "document.getElementById('video').paused")
    page.keyboard.press("c")
    assert page.evaluate("document.getElementById('video').textTracks[0].mode") == "disabled"
    page.keyboard.press("m")
    assert page.evaluate("document.getElementById('video').muted")


def test_keys_that_mean_something_already_keep_their_meaning(page: Page) -> None:
    go(page, 12.0)
    page.keyboard.press("Control+l")
    page.keyboard.press("/")
    page.keyboard.type("j l k c")
    assert page.locator("#search").input_value() == "j l k c"
    assert (time_of(page), is_paused(page)) == (12.0, True)
    page.keyboard.press("Escape")
    page.locator("summary").first.focus()
    page.keyboard.press("Space")
    assert page.locator("details").first.get_attribute("open") is not None
    assert is_paused(page)
    page.locator("#keys").uncheck()
    page.locator("h1").click()
    page.keyboard.press("j")
    assert time_of(page) == 12.0
    page.reload()
    assert not page.locator("#keys").is_checked()


# ---- looks ---------------------------------------------------------------------------------------


def test_the_theme_is_the_systems_until_another_is_chosen(page: Page, base: str) -> None:
    ground = "getComputedStyle(document.body).backgroundColor"
    dark, light = "rgb(14, 19, 32)", "rgb(251, 250, 246)"
    assert page.evaluate(ground) == dark
    page.emulate_media(color_scheme="light")
    assert page.evaluate(ground) == light
    page.get_by_role("button", name="Dark").click()
    assert page.evaluate(ground) == dark
    page.goto(f"{base}index.html")
    assert page.evaluate(ground) == dark
    page.get_by_role("button", name="Light").click()
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(ground) == light


@pytest.mark.parametrize("name", ["index.html", "entropy.html"])
def test_a_phone_shows_all_without_scrolling_sideways(browser: Browser, disk: str, name: str) -> None:
    page = browser.new_page()
    for width in (320, 390, 768):
        page.set_viewport_size({"width": width, "height": 844})
        page.goto(disk + name)
        page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


@pytest.mark.parametrize("name", ["index.html", "entropy.html", "messages.html"])
@pytest.mark.parametrize("theme", ["dark", "light"])
def test_axe_finds_nothing(browser: Browser, disk: str, name: str, theme: str) -> None:
    page = browser.new_page()
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")  # type: ignore[arg-type]
    page.goto(disk + name)
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
    for size in (DESK, PHONE):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        results = Axe().run(page, options={"preload": False})
        assert results.violations_count == 0, results.generate_report()
    page.close()


def test_the_map_shows_what_a_film_builds_on(context: BrowserContext, base: str) -> None:
    page = context.new_page()
    page.goto(f"{base}index.html")
    page.locator("#surprise").hover()
    lit = page.evaluate("[...document.querySelectorAll('.line.in')].map(line => line.dataset.before).sort()")
    assert lit == ["intuition", "kraft"]
    page.locator("#kraft h4 a").click()
    page.wait_for_url("**/entropy.html#kraft")
    until(page, f"Math.abs(document.getElementById('video').currentTime - {SECOND - CARD}) < 0.1")


def test_without_script_the_film_and_the_words_are_there(browser: Browser, base: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport=DESK)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{base}entropy.html")
    assert page.locator("video[controls]").get_attribute("src") == "entropy.mp4"
    assert page.get_by_text("A zebra asks in kraft.").first.is_visible()
    assert page.get_by_role("link", name="The film").get_attribute("href") == "entropy.mp4"
    assert page.locator(".needs-script:visible").count() == 0
    context.close()
