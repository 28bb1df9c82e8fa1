"""``render.py scene``: what it takes, and which work it starts."""

from __future__ import annotations

import click

from commands.options import rendering_options
from film.look import wear
from film.settings import Settings


@click.command("scene")
@click.argument("addresses", nargs=-1, required=True)
@click.option("-s", "last_frame", is_flag=True, help="save the last frame instead, as `still` does")
@rendering_options
def command(addresses: tuple[str, ...], last_frame: bool, settings: Settings) -> None:
    """Render single films, or single beats of them (kraft, kraft@budget), with narration.

    Example: render.py scene kraft@budget -ql -p
    """
    from film import picture_work, video_work

    if last_frame:
        wear(settings.theme)
        for address in addresses:
            picture_work.save_last_frame(address, settings.out, settings.quality, settings.store)
    else:
        video_work.render_films(addresses, settings)
