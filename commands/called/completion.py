"""``render.py completion``: what it takes, and what it prints."""

from __future__ import annotations

import click

from commands.shell_scripts import SCRIPTS


@click.command("completion")
@click.argument("shell", type=click.Choice(list(SCRIPTS)))
def command(shell: str) -> None:
    """Print what makes Tab complete commands, options, films and beats in a shell.

    To have it always: bash, eval "$(./render.py completion bash)" in ~/.bashrc; zsh, the same in ~/.zshrc; fish,
    ./render.py completion fish > ~/.config/fish/completions/render.py.fish

    Example: render.py completion bash
    """
    click.echo(SCRIPTS[shell], nl=False)
