"""A web server for this machine alone: loopback only, its own names only, files of one folder only.

Pages of other sites must not read it: a request that names another host is refused (a foreign name can be made to
point here), and so is one that another site's page sends to change something.
"""

from __future__ import annotations

import contextlib
import os
import socket
from collections.abc import Callable, Sequence
from pathlib import Path
from urllib.parse import urlsplit

import uvicorn
from starlette.applications import Starlette
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocketClose

from film.errors import FilmError

LOOPBACK = "127.0.0.1"
NAMES = (LOOPBACK, "localhost")
FIRST_PORT, PORTS = 8000, 20
#: By suffix; what the system believes of these differs from machine to machine.
TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".md": "text/markdown; charset=utf-8",
    ".mp4": "video/mp4",
    ".otf": "font/otf",
    ".png": "image/png",
    ".srt": "application/x-subrip; charset=utf-8",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".vtt": "text/vtt; charset=utf-8",
}
HEADERS = {
    "Cache-Control": "no-cache",
    "Content-Security-Policy": "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
_SAFE = ("GET", "HEAD", "OPTIONS")


def local_application(routes: Sequence[BaseRoute]) -> Starlette:
    """An application of these *routes* that answers to this machine's own names and pages only."""
    guards = [
        Middleware(_WithHeaders),
        Middleware(TrustedHostMiddleware, allowed_hosts=list(NAMES), www_redirect=False),
        Middleware(_OwnPagesOnly),
    ]
    return Starlette(routes=list(routes), middleware=guards)


def folder_route(folder: Path, path: str = "/") -> Mount:
    """The files of *folder* under *path*, in parts when asked so; nothing above it, and no link that leads out of it."""
    return Mount(path, _Files(directory=folder, html=True))


def serve(application: ASGIApp, port: int | None, opened: Callable[[str], None]) -> None:
    """Serve until Ctrl-C; *opened* is told the address as soon as it answers.

    Without a *port* it is the first free one from 8000 on. Raises FilmError if the port is taken.
    """
    with listening(port) as listener:
        settings = uvicorn.Config(application, log_level="warning", access_log=False, server_header=False)
        opened(f"http://{LOOPBACK}:{listener.getsockname()[1]}/")
        with contextlib.suppress(KeyboardInterrupt):
            uvicorn.Server(settings).run(sockets=[listener])


def listening(port: int | None) -> socket.socket:
    """A socket that listens on the loopback address; requests wait until somebody accepts them."""
    if port is not None:
        try:
            return _listener(port)
        except OSError as error:
            raise FilmError(
                f"port {port} cannot be had ({error.strerror}); choose another with --port, or leave the choice to me"
            ) from error
    for number in range(FIRST_PORT, FIRST_PORT + PORTS):
        with contextlib.suppress(OSError):
            return _listener(number)
    return _listener(0)


def _listener(port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        if os.name == "posix":  # elsewhere it would let two servers share a port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((LOOPBACK, port))
        listener.listen(128)
    except OSError:
        listener.close()
        raise
    return listener


class _Files(StaticFiles):
    """Files with the types that players and browsers need."""

    def file_response(
        self, full_path: str | os.PathLike[str], stat_result: os.stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        """As Starlette's, but for the type."""
        response = super().file_response(full_path, stat_result, scope, status_code)
        kind = TYPES.get(Path(full_path).suffix.lower())
        if kind is not None and "content-type" in response.headers:
            response.headers["content-type"] = kind
        return response


class _WithHeaders:
    """Every answer carries the headers that keep other sites out."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Add what the answer does not say itself."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, send_with_headers)


class _OwnPagesOnly:
    """Refuses what a page of another site sends: anything but reading, and every WebSocket."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what is ours."""
        changes = scope["type"] == "websocket" or scope.get("method") not in (*_SAFE, None)
        headers = Headers(scope=scope) if scope["type"] in ("http", "websocket") else Headers()
        origin = headers.get("origin")
        if changes and origin is not None and urlsplit(origin).netloc.lower() != headers.get("host", "").lower():
            refusal = PlainTextResponse("Only pages of this server may do that", status_code=403)
            await (WebSocketClose(code=1008) if scope["type"] == "websocket" else refusal)(scope, receive, send)
            return
        await self.app(scope, receive, send)
