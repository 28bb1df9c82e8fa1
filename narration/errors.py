"""What can go wrong between a script and its speech; every message says where and what to do."""

from __future__ import annotations


class NarrationError(RuntimeError):
    """Speech cannot be made, read or timed; the message is for people and names the remedy."""
