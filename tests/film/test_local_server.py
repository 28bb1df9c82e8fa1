"""The server of this machine: files in parts, of one folder only, for this machine's own pages only."""

from __future__ import annotations

import http.client
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest
import uvicorn
from click.testing import CliRunner
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

import render
from film.errors import FilmError
from film.local_server import FIRST_PORT, PORTS, folder_route, listening, local_application

FILM = bytes(range(256)) * 40


@contextmanager
def served(folder: Path) -> Iterator[int]:
    """The port of a server of *folder*, and of a page that changes something."""

    async def change(_: Request) -> Response:
        return PlainTextResponse("changed")

    application = local_application([Route("/change", change, methods=["POST"]), folder_route(folder)])
    listener = listening(None)
    server = uvicorn.Server(uvicorn.Config(application, log_level="error"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    try:
        yield listener.getsockname()[1]
    finally:
        server.should_exit = True
        thread.join(10)
        listener.close()


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    place = tmp_path_factory.mktemp("served")
    folder = place / "site"
    (folder / "inner").mkdir(parents=True)
    (place / "secret.txt").write_text("secret")
    (place / "site-secret").mkdir()
    (place / "site-secret" / "key.txt").write_text("secret")
    (folder / "index.html").write_text("<title>front</title>")
    (folder / "inner" / "index.html").write_text("<title>inner</title>")
    (folder / "film.mp4").write_bytes(FILM)
    for name in ("words.vtt", "table.json", "player.js", "site.css", "words.md", "font.otf"):
        (folder / name).write_text("é")
    (folder / "out.txt").symlink_to(place / "secret.txt")
    (folder / "out").symlink_to(place)
    (folder / "in.txt").symlink_to(folder / "words.md")
    with served(folder) as number:
        yield number


def ask(
    port: int, path: str, headers: Mapping[str, str] | None = None, method: str = "GET"
) -> tuple[http.client.HTTPResponse, bytes]:
    """The answer to a request whose path is sent as it stands."""
    headers = headers or {}
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.putrequest(method, path, skip_host="Host" in headers)
        for name, value in headers.items():
            connection.putheader(name, value)
        connection.endheaders()
        answer = connection.getresponse()
        return answer, answer.read()
    finally:
        connection.close()


# ---- parts of files ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "start", "stop"),
    [
        ("0-0", 0, 1),
        ("100-199", 100, 200),
        ("10000-", 10000, 10240),
        ("-5", 10235, 10240),
        ("10000-99999", 10000, 10240),
    ],
)
def test_a_part_is_sent_when_asked_for(port: int, asked: str, start: int, stop: int) -> None:
    answer, body = ask(port, "/film.mp4", {"Range": f"bytes={asked}"})
    assert answer.status == 206
    assert body == FILM[start:stop]
    assert answer.headers["Content-Range"] == f"bytes {start}-{stop - 1}/{len(FILM)}"
    assert answer.headers["Content-Type"] == "video/mp4"


def test_without_a_range_the_whole_is_sent(port: int) -> None:
    answer, body = ask(port, "/film.mp4")
    assert (answer.status, body) == (200, FILM)
    assert answer.headers["Accept-Ranges"] == "bytes"
    answer, body = ask(port, "/film.mp4", method="HEAD")
    assert (answer.status, body, answer.headers["Content-Length"]) == (200, b"", str(len(FILM)))


@pytest.mark.parametrize("asked", ["bytes=10240-", "bytes=99999-100000"])
def test_a_part_that_is_not_there_is_refused(port: int, asked: str) -> None:
    answer, _ = ask(port, "/film.mp4", {"Range": asked})
    assert answer.status == 416
    assert answer.headers["Content-Range"] in ("bytes */10240", "*/10240")


@pytest.mark.parametrize("asked", ["bytes=5-2", "bytes=x-y", "lines=1-2"])
def test_a_range_that_is_none_sends_no_part(port: int, asked: str) -> None:
    answer, body = ask(port, "/film.mp4", {"Range": asked})
    assert answer.status in (200, 400, 416)
    assert answer.status != 200 or body == FILM


# ---- one folder ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/inner/../../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/inner/..%2f..%2fsecret.txt",
        "/%2e%2e%2fsite-secret%2fkey.txt",
        "/..\\secret.txt",
        "/..%5csecret.txt",
        "/%252e%252e/secret.txt",
        "//etc/passwd",
        "/%2fetc%2fpasswd",
        "/out.txt",
        "/out/secret.txt",
        "/out/site-secret/key.txt",
        "/nothing",
        "/%00",
        "/film.mp4%00.html",
        "/" + "a" * 5000,
    ],
)
def test_nothing_outside_the_folder_is_sent(port: int, path: str) -> None:
    answer, body = ask(port, path)
    assert answer.status in (400, 404)
    assert b"secret" not in body
    assert b"root:" not in body


def test_what_is_inside_is_sent(port: int) -> None:
    for path, told in {"/": b"front", "/index.html": b"front", "/inner/": b"inner", "/./inner/../": b"front"}.items():
        answer, body = ask(port, path)
        assert (answer.status, told in body) == (200, True), path
    assert ask(port, "/in.txt")[1] == "é".encode()


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("index.html", "text/html; charset=utf-8"),
        ("player.js", "text/javascript; charset=utf-8"),
        ("site.css", "text/css; charset=utf-8"),
        ("table.json", "application/json; charset=utf-8"),
        ("words.vtt", "text/vtt; charset=utf-8"),
        ("words.md", "text/markdown; charset=utf-8"),
        ("font.otf", "font/otf"),
    ],
)
def test_types(port: int, name: str, kind: str) -> None:
    assert ask(port, f"/{name}")[0].headers["Content-Type"] == kind


def test_what_has_not_changed_is_not_sent_again(port: int) -> None:
    first, _ = ask(port, "/site.css")
    again, body = ask(port, "/site.css", {"If-None-Match": first.headers["ETag"]})
    assert (again.status, body) == (304, b"")


# ---- this machine's own pages --------------------------------------------------------------------


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8000", "127.0.0.1.evil.example", "localhost.", "", "0.0.0.0"]
)
def test_another_name_is_refused(port: int, host: str) -> None:
    answer, body = ask(port, "/index.html", {"Host": host})
    assert answer.status == 400
    assert b"front" not in body


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "LOCALHOST:99", "127.0.0.1:8000"])
def test_its_own_names_are_answered(port: int, host: str) -> None:
    assert ask(port, "/index.html", {"Host": host})[0].status == 200


def test_every_answer_says_what_browsers_may_do(port: int) -> None:
    for path in ("/", "/nothing", "/film.mp4"):
        headers = ask(port, path)[0].headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "nosniff" in str(ask(port, "/", {"Host": "evil.example"})[0].headers)


def test_only_its_own_pages_change_something(port: int) -> None:
    for origin, status in {"http://evil.example": 403, "null": 403, f"http://127.0.0.1:{port}": 200}.items():
        answer, _ = ask(port, "/change", {"Origin": origin, "Content-Length": "0"}, "POST")
        assert answer.status == status, origin
    assert ask(port, "/film.mp4", method="DELETE")[0].status == 405


def test_it_listens_on_this_machine_only() -> None:
    with listening(None) as one, listening(None) as other:
        assert one.getsockname()[0] == other.getsockname()[0] == "127.0.0.1"
        assert one.getsockname()[1] != other.getsockname()[1]
        with pytest.raises(FilmError, match=r"port \d+ cannot be had .*; choose another with --port"):
            listening(one.getsockname()[1])


def test_when_all_usual_ports_are_taken_another_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    with listening(None) as taken:
        monkeypatch.setattr("film.local_server.FIRST_PORT", taken.getsockname()[1])
        monkeypatch.setattr("film.local_server.PORTS", 1)
        with listening(None) as found:
            assert found.getsockname()[1] not in range(FIRST_PORT, FIRST_PORT + PORTS)


# ---- the command ---------------------------------------------------------------------------------


def test_a_site_that_is_not_built_is_told(tmp_path: Path) -> None:
    result = CliRunner().invoke(render.main, ["serve", "-o", str(tmp_path), "--no-open"])
    assert result.exit_code == 1
    told = f"Error: {tmp_path}/site: there is no site yet; build it with `render.py site`, then serve it"
    assert result.output.strip() == told


def test_a_taken_port_is_told(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "index.html").write_text("front")
    with listening(None) as taken:
        number = str(taken.getsockname()[1])
        result = CliRunner().invoke(render.main, ["serve", "-o", str(tmp_path), "--no-open", "--port", number])
    assert result.exit_code == 1
    assert f"Error: port {number} cannot be had" in result.output
