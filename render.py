#!/usr/bin/env python3
"""The door of the project: without a command it renders the chapters; the commands are in ``commands/called``."""

from __future__ import annotations

import os
import sys
from pathlib import Path

if __name__ == "__main__":
    own = Path(__file__).resolve().with_name(".venv")
    elsewhere = (own / "pyvenv.cfg").exists() and Path(sys.prefix).resolve() != own.resolve()
    if elsewhere or (sys.flags.hash_randomization and not sys.flags.ignore_environment):
        # ./render.py, or any other Python: the packages are in the project's own. And what this process draws itself,
        # as stills and storyboards, must be what a job draws.
        from film.job_environment import ENVIRONMENT

        python = str(own / "bin" / "python") if elsewhere else sys.executable
        os.execve(python, [python, *sys.orig_argv[1:]], os.environ | ENVIRONMENT)

try:
    import click
    from click.core import ParameterSource
except ImportError:
    sys.exit("render.py: Python packages are missing here; run `make setup`, then .venv/bin/python render.py")

from commands.by_name import ByName
from commands.options import rendering_options
from film.settings import Settings
from scenes.programme import PROGRAMME


@click.group(cls=ByName, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.pass_context
@rendering_options
def main(context: click.Context, settings: Settings) -> None:
    """Entropy from First Principles: render the series.

    Without a command, every chapter is rendered and the site built that shows them. Finished scenes are stored and not
    rendered again.

    Example: render.py -ql
    """
    if context.invoked_subcommand is not None:
        given = [p for p in context.params if context.get_parameter_source(p) is ParameterSource.COMMANDLINE]
        if given:
            raise click.UsageError(f"write options after '{context.invoked_subcommand}', not before it")
        return
    from film import site_work

    site_work.make_site(PROGRAMME, settings)


if __name__ == "__main__":
    main()
