"""What may stand in for narration that is not ready."""

from __future__ import annotations

from enum import StrEnum


class Fallback(StrEnum):
    """What stands in for a take that is missing, stale or damaged."""

    ERROR = "error"
    DRAFT = "draft"
    SILENCE = "silence"
