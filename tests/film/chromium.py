"""Chromium without a window: in Playwright's hands, or what a page's script finds out, beside the files of a folder.

That folder is served from a loopback address, in parts when asked so, as media elements need it to seek.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Event, Thread
from time import monotonic
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

# As has() in setup/install.sh looks for it, and where macOS has it.
_NAMES = ("chromium", "chromium-browser", "google-chrome", "/Applications/Chromium.app/Contents/MacOS/Chromium")
_FLAGS = (
    "--headless",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-breakpad",
)
SOUND_UNASKED = "--autoplay-policy=no-user-gesture-required"
_PROBE, _REPORT = "/probe", "/report"
_PAGE = """<!doctype html><meta charset="utf-8"><title>Probe</title><body><script type="module">
const AsyncFunction = (async () => {}).constructor;
const find = async () => new AsyncFunction(%s)();
const told = await find().then(found => ({found}), error => ({error: `${error}\\n${error?.stack ?? ""}`}));
await fetch("%s", {method: "POST", body: JSON.stringify(told)});
</script>"""
_LOOK = 0.2  # seconds between looks whether the browser still runs


class ChromiumError(Exception):
    """The script failed, or the browser ended or took too long before it was done."""


@dataclass(frozen=True)
class _Page:
    content: bytes
    opened: Event = field(default_factory=Event)
    reports: SimpleQueue[dict[str, Any]] = field(default_factory=SimpleQueue)


def find() -> str | None:
    """The program, or None where there is none."""
    return next(filter(None, map(shutil.which, _NAMES)), None)


@contextmanager
def driven(*flags: str) -> Iterator[Browser]:
    """The browser in Playwright's hands, with more *flags*. Skips the test where there is no Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_program(), args=[*_FLAGS, *_sandbox(), *flags])
        yield browser
        browser.close()


def ask(script: str, folder: Path, *, seconds: float = 60) -> Any:
    """What *script* returns, by way of JSON: the body of an async function in a page that has *folder* as its root.

    It can fetch the folder's files, play them, or load a page of them in an iframe and look into it. The browser is
    ended in any case, at the latest after *seconds*. Raises :class:`ChromiumError` with what is known of the reason;
    skips the test where there is no Chromium, or one that does not come so far as to open a page.
    """
    program = _program()
    page = _Page((_PAGE % (json.dumps(script).replace("</", r"<\/"), _REPORT)).encode())
    with _server(folder, page) as address, _browser(program, f"{address}{_PROBE}") as (process, log):
        told = _wait(page, process, log, seconds)
    if "error" in told:
        raise ChromiumError(f"the script failed: {told['error']}")
    return told.get("found")


def _program() -> str:
    program = find()
    if program is None:
        pytest.skip("Chromium is not here (Debian: apt-get install chromium)")
    return program


def _sandbox() -> tuple[str, ...]:
    return ("--no-sandbox",) if os.geteuid() == 0 else ()  # root has none


def _wait(page: _Page, process: subprocess.Popen[bytes], log: Path, seconds: float) -> dict[str, Any]:
    end = monotonic() + seconds
    while True:
        has_ended = process.poll() is not None
        with suppress(Empty):
            return page.reports.get(timeout=_LOOK)
        if has_ended or monotonic() > end:
            what = f"ended with {process.returncode}" if has_ended else f"was not done after {seconds:g} s"
            told = f"Chromium {what}; the end of what it says: {log.read_text(errors='replace')[-1500:]}"
            if page.opened.is_set():
                raise ChromiumError(told)
            pytest.skip(f"no page could be opened: {told}")


@contextmanager
def _browser(program: str, address: str) -> Iterator[tuple[subprocess.Popen[bytes], Path]]:
    """The browser with a fresh profile at *address*, and its log; all its processes are ended."""
    # Its last children may still write in the profile while that is removed.
    with tempfile.TemporaryDirectory(prefix="chromium-", ignore_cleanup_errors=True) as home:
        log = Path(home) / "log"
        with log.open("wb") as output:
            process = subprocess.Popen(
                [program, *_FLAGS, SOUND_UNASKED, *_sandbox(), f"--user-data-dir={home}/profile", address],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                env={**os.environ, "HOME": home},
                start_new_session=True,
            )
        try:
            yield process, log
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


@contextmanager
def _server(folder: Path, page: _Page) -> Iterator[str]:
    """Serves on the loopback address that it yields."""
    handler = partial(_Handler, page, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


class _Handler(SimpleHTTPRequestHandler):
    def __init__(self, page: _Page, *request: Any, directory: str) -> None:
        self._page = page
        super().__init__(*request, directory=directory)

    def do_GET(self) -> None:
        """The page, or a file or the part of it that is asked for."""
        path = Path(self.translate_path(self.path))
        if self.path == _PROBE:
            self._page.opened.set()
            self._send(self._page.content, "text/html")
        elif path.is_file():
            self._send(path.read_bytes(), self.guess_type(path))
        else:
            self.send_error(404)

    def do_POST(self) -> None:
        """The report."""
        self._page.reports.put(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self._send(b"", "text/plain")

    def log_message(self, *_: Any) -> None:
        """Nothing."""

    def _send(self, data: bytes, kind: str) -> None:
        asked = re.fullmatch(r"bytes=(\d+)-(\d*)", self.headers.get("Range", ""))
        start = int(asked[1]) if asked else 0
        end = min(int(asked[2]) + 1, len(data)) if asked and asked[2] else len(data)
        self.send_response(206 if asked else 200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(end - start))
        self.send_header("Accept-Ranges", "bytes")
        if asked:
            self.send_header("Content-Range", f"bytes {start}-{end - 1}/{len(data)}")
        self.end_headers()
        with suppress(ConnectionError):  # the browser has enough
            self.wfile.write(data[start:end])
