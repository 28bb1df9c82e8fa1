"""The option ``--json``: one document on standard output, and everything for people on standard error."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import redirect_stdout
from functools import wraps
from typing import Any

import click

from film.document import Document

JSON_HELP = "one JSON document on standard output (docs/commands.md); lines for people go to standard error"


def json_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give *command* the option ``--json`` and a *document* to fill, which is written however the command ends."""

    @click.option("--json", "as_json", is_flag=True, help=JSON_HELP)
    @wraps(command)
    def with_document(*args: Any, as_json: bool, **kwargs: Any) -> Any:
        document = Document(click.get_current_context().info_name or "")
        if not as_json:
            return command(*args, document=document, **kwargs)
        out, code = sys.stdout, 1
        try:
            with redirect_stdout(sys.stderr):
                result = command(*args, document=document, **kwargs)
            code = 0
            return result
        except click.ClickException as error:
            code, document.error = error.exit_code, error.format_message()
            _add_problems(document, error.__cause__)
            raise
        except SystemExit as ended:
            code = ended.code if isinstance(ended.code, int) else 1
            raise
        finally:
            click.echo(document.to_json(code), file=out)

    found: Callable[..., Any] = with_document
    return found


def _add_problems(document: Document, cause: BaseException | None) -> None:
    """The mistakes of scripts and scenes one by one, if they are what stopped the command."""
    from narration.script_problem import ScriptErrors

    if isinstance(cause, ScriptErrors):
        for problem in cause.problems:
            document.problem(problem)
