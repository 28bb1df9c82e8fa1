"""Commands found by name: the module of one is imported when it is asked for."""

from __future__ import annotations

from difflib import get_close_matches
from importlib import import_module
from pathlib import Path

import click

from scenes.programme import PROGRAMME, concepts

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

    def resolve_command(
        self, context: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that *args* begin with. Raises UsageError with what was probably meant."""
        name = args[0]
        if name not in COMMANDS and not name.startswith("-") and not context.resilient_parsing:
            raise click.UsageError(f"No such command '{name}'; {meant_instead_of(name)}", context)
        return super().resolve_command(context, args)


def meant_instead_of(name: str) -> str:
    """What somebody probably meant who gave *name* as a command: a command, or one for that film or part."""
    film, _, _ = name.partition("@")
    if film in {each.name for each in concepts()}:
        return f"{film} is a film: render.py scene {name}"
    if name in {part.name for part in PROGRAMME}:
        return f"{name} is a part: render.py chapter {name}"
    near = get_close_matches(name, COMMANDS, n=1)
    return f"did you mean '{near[0]}'?" if near else f"there are: {', '.join(COMMANDS)}"
