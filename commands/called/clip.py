"""``render.py clip``: what it takes, and which work it starts."""

from __future__ import annotations

import click

from commands.completed import ADDRESS
from commands.options import rendering_options
from film.clip.style import FORMATS, ClipStyle, Format
from film.look import ASPECTS, WIDE, Aspect
from film.settings import Settings


@click.command("clip")
@click.argument("addresses", nargs=-1, required=True, type=ADDRESS)
@click.option("--format", "format_", type=click.Choice(FORMATS), default="mp4", show_default=True, help="see below")
@click.option("--transparent", is_flag=True, help="no ground: webm, mov, webp, png and frames")
@click.option("--silent", is_flag=True, help="without narration")
@click.option("--loop", is_flag=True, help="to be played for ever: the hold at the end is cut to a second")
@click.option("--aspect", type=click.Choice(ASPECTS), default=WIDE, show_default=True, help="shape of the frame")
@rendering_options
def command(
    addresses: tuple[str, ...],
    format_: Format,
    transparent: bool,
    silent: bool,
    loop: bool,
    aspect: Aspect,
    settings: Settings,
) -> None:
    """Films or beats as clips for a talk, in films/clips, each with its last picture beside it.

    \b
    mp4     H.264 and AAC with captions: plays everywhere, is never transparent
    webm    VP9 and Opus, transparent if asked for: browsers, OBS
    mov     ProRes 4444 and PCM, transparent if asked for: Keynote, editors
    webp    animated picture without sound or loss, transparent if asked for: pages
    gif     animated picture without sound, 480p15 unless -q says otherwise
    png     the last picture, transparent if asked for
    frames  a folder of pictures: frame0001.png and so on

    Example: render.py clip kraft@budget --format webm --transparent
    """
    from film.clip.clip_work import save_clips

    style = ClipStyle(format_, transparent=transparent, silent=silent, loop=loop, aspect=aspect)
    save_clips(addresses, style, settings)
