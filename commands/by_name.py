"""Commands found by name: the module of one is imported when it is asked for."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import click

COMMANDS = tuple(sorted(path.stem for path in Path(__file__).with_name("called").glob("[a-z]*.py")))


class ByName(click.Group):
    """A group whose command ``chapter`` is ``command`` in ``commands/called/chapter.py``."""

    def list_commands(self, context: click.Context) -> list[str]:
        """Every command's name, in alphabetical order."""
        return list(COMMANDS)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        """The command called *name*, or None."""
        if name not in COMMANDS:
            return None
        found: click.Command = import_module(f"commands.called.{name}").command
        return found
