"""What the command `store` does: show what the store holds, or make it smaller."""

from __future__ import annotations

import re
from dataclasses import asdict
from pathlib import Path

import click

from film.document import Document
from film.store import Store
from film.store_report import UNITS, as_table, holdings, size_text

SIZE = re.compile(r"([0-9]+(?:\.[0-9]+)?|\.[0-9]+)\s*([KMGT]?)B?", re.IGNORECASE)


def show_store(folder: Path, document: Document) -> None:
    """Print what the store in *folder* holds."""
    held = holdings(Store(folder).entries())
    document.about |= {"store": str(folder.absolute()), "holdings": [asdict(each) for each in held]}
    click.echo(as_table(held))


def prune_store(folder: Path, most: str, document: Document) -> None:
    """Remove what was not used for longest until the store has the size *most*, such as ``2GB``.

    Raises click.UsageError for what is no size.
    """
    limit = size_of(most)
    pruned = Store(folder).prune(limit)
    document.about |= {"store": str(folder.absolute()), "pruned": asdict(pruned)}
    click.echo(
        f"{pruned.entries} entries removed ({size_text(pruned.removed)}), {size_text(pruned.left)} left in {folder}"
    )
    if pruned.left > limit:
        click.echo(f"{size_text(pruned.in_use)} are in use by a run; prune again when it has ended", err=True)


def size_of(text: str) -> int:
    """``2GB``, ``500 MB``, ``1.5g`` or ``0`` as bytes, in powers of a thousand."""
    found = SIZE.fullmatch(text.strip())
    if not found:
        raise click.UsageError(f"'{text}' is no size; write 2GB, 500MB or 0")
    power = [unit[:-1] for unit in UNITS].index(found[2].upper())
    return round(float(found[1]) * 1000.0**power)
