"""The page of a watched film, on this machine alone: it is told of everything new by server-sent events."""

from __future__ import annotations

import asyncio
import contextlib
import json
import threading
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from film.local_server import LOOPBACK, folder_route, listening, local_application
from film.watch.view import Board

PAGE = Path(__file__).with_name("page")
FOREVER = {"Cache-Control": "private, max-age=31536000, immutable"}  # names are made from what they name
_SIGN_OF_LIFE = 10.0  # seconds
_LONGEST_NAME = 200


def application(board: Board, choose: Callable[[str], None]) -> Starlette:
    """The page, its pictures and videos; *choose* is called with the beat that somebody clicks on."""

    async def events(request: Request) -> Response:
        return StreamingResponse(_told(board, request), media_type="text/event-stream")

    async def picture(request: Request) -> Response:
        png = board.picture(request.path_params["name"])
        return _nothing() if png is None else Response(png, media_type="image/png", headers=FOREVER)

    async def video(request: Request) -> Response:
        path = board.video(request.path_params["name"])
        return _nothing() if path is None or not path.is_file() else FileResponse(path, media_type="video/mp4")

    async def chosen(request: Request) -> Response:
        choose((await request.body())[:_LONGEST_NAME].decode("utf-8", "replace"))
        return Response(status_code=204)

    return local_application(
        [
            Route("/events", events),
            Route("/picture/{name}.png", picture),
            Route("/video/{name}.mp4", video),
            Route("/choose", chosen, methods=["POST"]),
            folder_route(PAGE),
        ]
    )


def _nothing() -> Response:
    return PlainTextResponse("Not here any more", status_code=404)


async def _told(board: Board, request: Request) -> AsyncIterator[str]:
    """The state now, and each time that it has changed; now and then a sign of life."""
    loop, changed = asyncio.get_running_loop(), asyncio.Event()

    def tell() -> None:
        with contextlib.suppress(RuntimeError):  # the server has just ended
            loop.call_soon_threadsafe(changed.set)

    end = board.listen(tell)
    seen = -1
    try:
        while not await request.is_disconnected():
            changed.clear()
            version, state = board.read()
            if version != seen:
                seen = version
                yield f"data: {json.dumps(state)}\n\n"
            else:
                yield ": still here\n\n"
            try:
                await asyncio.wait_for(changed.wait(), _SIGN_OF_LIFE)
            except TimeoutError:
                continue
    finally:
        end()


class PageServer:
    """Serves an application from a thread of its own, at :attr:`address`, until closed."""

    def __init__(self, served: Starlette, port: int | None) -> None:
        """Raises FilmError if the port is taken."""
        self._socket = listening(port)
        self.address = f"http://{LOOPBACK}:{self._socket.getsockname()[1]}/"
        settings = uvicorn.Config(
            served,
            log_level="error",
            access_log=False,
            server_header=False,
            lifespan="off",
            timeout_graceful_shutdown=1,
        )
        self._server = uvicorn.Server(settings)
        self._thread = threading.Thread(
            target=self._server.run, kwargs={"sockets": [self._socket]}, daemon=True, name="page"
        )
        self._thread.start()

    def close(self) -> None:
        """Serve no more."""
        self._server.should_exit = True
        self._thread.join(3)
        self._socket.close()
