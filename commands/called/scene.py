"""``render.py scene``: what it takes, and which work it starts."""

from __future__ import annotations

import click

from commands.completed import ADDRESS
from commands.json_option import json_option
from commands.options import rendering_options
from film.document import Document
from film.settings import Settings


@click.command("scene")
@click.argument("addresses", nargs=-1, required=True, type=ADDRESS)
@click.option("-s", "last_frame", is_flag=True, help="save the last frame instead, as `still` does")
@json_option
@rendering_options
def command(addresses: tuple[str, ...], last_frame: bool, settings: Settings, document: Document) -> None:
    """Render single films, or single beats of them, with narration.

    kraft is a film, kraft@budget a beat, kraft@wall,budget two beats in one video; a pattern ('k*', 'kraft@*',
    '*@myth') is everything that fits it, each in a video of its own. For transparent clips and other formats see
    `render.py clip --help`.

    Example: render.py scene kraft@budget -pql
    """
    from film import picture_work, video_work

    if last_frame:
        for made in picture_work.save_last_frames(addresses, settings.out, settings.quality, settings.store):
            document.product("still", made.path, address=made.address)
    else:
        for video in video_work.render_films(addresses, settings):
            video.tell(document)
