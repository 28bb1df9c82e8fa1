"""The films' colours as a page's style sheet has them."""

from __future__ import annotations

from dataclasses import asdict

from scenes.stage.theme import Theme


def css_colours(theme: Theme) -> str:
    """The colours as custom properties, such as ``--ground: #0E1320;``, each under its name in the theme."""
    return " ".join(f"--{role.replace('_', '-')}: {colour};" for role, colour in asdict(theme).items())
