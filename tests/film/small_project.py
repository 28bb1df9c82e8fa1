"""A project in small: two films of three beats, a stage, some mathematics, narration, and code that renders."""

from __future__ import annotations

from pathlib import Path

FILES = {
    "film/scene_job.py": "from film.join import join\nfrom film.store import Store\nfrom scenes.cards import Card\n",
    "film/join.py": "def join() -> int:\n    return 1\n",
    "film/store.py": "class Store:\n    size = 1\n",
    "film/mix.py": "LOUD = 1\n",
    "scenes/__init__.py": "",
    "scenes/programme.py": 'ROOT = "here"\nPROGRAMME = ("one", "two")\n',
    "scenes/cards.py": "from scenes.stage.theme import INK\n\n\nclass Card:\n    color = INK\n",
    "scenes/stage/__init__.py": "",
    "scenes/stage/theme.py": 'INK = "#000000"\n',
    "scenes/stage/concept_scene.py": """from typing import TYPE_CHECKING

from narration.speech import speak
from scenes.programme import ROOT

if TYPE_CHECKING:
    from scenes.stage.unused import Unused


class ConceptScene:
    voice = speak
""",
    "scenes/stage/wall.py": "from scenes.stage.theme import INK\n\n\nclass Wall:\n    ink = INK\n",
    "scenes/stage/bar.py": "from scenes.stage.pages import PAGES\n\n\nclass Bar:\n    pages = PAGES\n",
    "scenes/stage/pages.py": 'PAGES = "assets/novel"\n',
    "scenes/stage/unused.py": "class Unused:\n    width = 1\n",
    "scenes/stage/loud.py": "import manim\n\nmanim.config.quality = 1\n\n\nclass Loud:\n    pass\n",
    "infotheory/__init__.py": "from infotheory.entropy import entropy\nfrom infotheory.kraft import kraft_sum\n",
    "infotheory/entropy.py": "def entropy() -> float:\n    return 1.5\n",
    "infotheory/kraft.py": "from infotheory.codeword import length\n\n\ndef kraft_sum() -> int:\n    return length()\n",
    "infotheory/codeword.py": "def length() -> int:\n    return 2\n",
    "narration/__init__.py": "",
    "narration/speech.py": 'WORDS = "lexicon.txt"\n\n\ndef speak() -> None:\n    """Speak."""\n',
    "narration/lexicon.txt": "kullback K UH L B AE K\n",
    "narration/takes/en/one/tell.opus": "sound of tell",
    "narration/takes/en/one/tell.json": "times of tell",
    "narration/takes/en/two/left.opus": "sound of left",
    "assets/fonts/Inter.otf": "letters",
    "assets/novel/text.txt": "It was",
    "assets/music/song.txt": "la la",
    "narration/en/one.md": """# The *first* film: {bits}

## ask: A question
Can it [be] so? <!-- a remark -->

## show: A wall
There it
is.

## tell: The end
It was {bits:.2f} bits. [pause 0.8]
""",
    "narration/en/two.md": "# The second\n## left: Left\nLeft.\n\n## middle: Middle\nMid.\n\n## right: Right\nRight.\n",
    "scenes/part/__init__.py": "",
    "scenes/part/one.py": '''"""The first film."""

from __future__ import annotations

from dataclasses import dataclass

from infotheory import kraft_sum
from scenes.part.one_pictures import LEVEL, WIDTH, Picture, framed, measured
from scenes.stage.bar import Bar
from scenes.stage.concept_scene import ConceptScene
from scenes.stage.loud import Loud
from scenes.stage.wall import Wall

print("imported")


@dataclass
class Props:
    """What stays."""

    show: Wall


class One(ConceptScene):
    """The first film."""

    size = 7

    @staticmethod
    def compute_facts() -> int:
        """Facts."""
        return kraft_sum() + 10

    def set_stage(self) -> Props:
        return Props(Wall())

    def ask(self, beat: object) -> None:
        """A question."""
        self.props.show.come(1)  # a remark
        count = "0101".show("1")

    def show(self, beat: object) -> None:
        self._fold(WIDTH, beat)

    def tell(self, beat: object) -> None:
        bar = Bar()
        picture = Picture(LEVEL)
        measured(bar, 3)

    def _fold(self, width: float, beat: object) -> None:
        framed(width, 4)
''',
    "scenes/part/one_pictures.py": '''"""Pictures of the first film."""

from infotheory import entropy

WIDTH, LEVEL = 12.0, 5.0
INNER = 6.0


class Picture:
    """A picture."""

    def interpolate(self) -> None:
        self.level = 8

    def grow(self) -> None:
        entropy()


def framed(width: float, height: float) -> float:
    """In a frame."""
    return width * INNER


def measured(bar: object, count: int) -> int:
    return count * 9


def forgotten() -> str:
    return "nobody asks"
''',
    "scenes/part/two.py": """from scenes.stage.concept_scene import ConceptScene
from scenes.stage.wall import Wall
from infotheory import entropy


class Two(ConceptScene):
    def compute_facts(self) -> float:
        return entropy()

    def set_stage(self) -> None: ...

    def left(self, beat: object) -> None:
        print("to the left")

    def middle(self, beat: object) -> None:
        Wall()

    def right(self, beat: object) -> None:
        self.left(beat)
""",
}


def write_project(root: Path) -> None:
    """Write the project to *root*."""
    for name, text in FILES.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")


def edit(root: Path, name: str, old: str, new: str) -> None:
    """Replace the one place of *old* in a file; a file of that name is made for an empty *old*."""
    path = root / name
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    assert text.count(old) == 1 or not old
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text.replace(old, new) if old else text + new, encoding="utf-8")
