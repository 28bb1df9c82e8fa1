"""What can go wrong while a film is put together; every message says where and what to do."""

from __future__ import annotations


class FilmError(RuntimeError):
    """A picture, sound or file of a film cannot be made; the message is for people and names the remedy."""


class BadUsage(FilmError):
    """Something was asked for that cannot be had; the message says what can. It is known before anything renders."""
