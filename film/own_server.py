"""The server that this process works with: the warm one where it runs, else one of its own, kept for all that comes."""

from __future__ import annotations

import atexit
import os
import threading
from pathlib import Path

from film.fork_server import ForkServer, private_server
from film.warm_server import server_folder, warm_server

_of_thread = threading.local()  # a client is for one thread


def server_of(root: Path) -> ForkServer:
    """A server for the project in *root*; returns at once, though a new one is still importing."""
    return warm_server(server_folder(root), root) or own_server(root)


def own_server(root: Path) -> ForkServer:
    """This thread's private server for the project in *root*, which ends with the process."""
    servers: dict[Path, ForkServer] = _of_thread.__dict__.setdefault("servers", {})
    found = servers.get(root)
    if found is None or found.control.closed:
        found = servers[root] = private_server(root)
        atexit.register(_close, found, os.getpid())
    return found


def is_there(root: Path) -> bool:
    """Whether this thread has a private server for the project in *root*."""
    servers: dict[Path, ForkServer] = _of_thread.__dict__.get("servers", {})
    return root in servers and not servers[root].control.closed


def _close(server: ForkServer, owner: int) -> None:
    if os.getpid() == owner:  # a fork that ends has the same exit functions
        server.close()
