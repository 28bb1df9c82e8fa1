"""An empty presentation in the look of the films: 16 : 9, their colours and their font, few layouts."""

from __future__ import annotations

import re

from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml.ns import qn
from pptx.presentation import Presentation as Slides
from pptx.util import Emu

from film.deck.colours import accents, digits, theme_colours

WIDTH, HEIGHT = Emu(12192000), Emu(6858000)  # 13.333 x 7.5 inches
# The films' own font is on hardly any machine, and what takes its place there may be wider than the slide.
_LATIN = '<a:latin typeface="Arial"/>'
_LAYOUTS = ("Title Slide", "Title and Content", "Title Only", "Blank")
TITLE_LAYOUT, BEAT_LAYOUT = 0, 2


def empty_presentation() -> Slides:
    """A presentation without slides. What an author adds to it by hand looks like the films, too."""
    slides = Presentation()
    wider = WIDTH / slides.slide_width if slides.slide_width else 1
    slides.slide_width, slides.slide_height = WIDTH, HEIGHT
    for layout in list(slides.slide_layouts):
        if layout.name not in _LAYOUTS:
            slides.slide_layouts.remove(layout)
    for page in (slides.slide_master, *slides.slide_layouts):
        for shape in page.placeholders:
            if shape._element.spPr.xfrm is not None:  # else it is where the master has it
                shape.left, shape.width = Emu(round(shape.left * wider)), Emu(round(shape.width * wider))
    _dress(slides)
    return slides


def _dress(slides: Slides) -> None:
    """Give the master the films' colours and font; the ground is dark, so dark and light change places."""
    colours = {name: digits(colour) for name, colour in theme_colours().items()}
    theme = slides.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    text = theme.blob.decode("utf-8")
    named = {"dk1": colours["paper"], "lt1": colours["ground"], "dk2": colours["quiet"], "lt2": colours["panel"]}
    named |= {f"accent{number}": digits(colour) for number, colour in enumerate(accents(), 1)}
    named |= {"hlink": digits(accents()[0]), "folHlink": digits(accents()[3])}
    for name, colour in named.items():
        text = re.sub(rf"(<a:{name}>).*?(</a:{name}>)", rf'\g<1><a:srgbClr val="{colour}"/>\g<2>', text)
    text = text.replace('<a:latin typeface="Calibri"/>', _LATIN)
    theme._blob = text.encode()
    title_style = slides.slide_master._element.find(f".//{qn('p:titleStyle')}/{qn('a:lvl1pPr')}")
    title_style.set("algn", "l")
