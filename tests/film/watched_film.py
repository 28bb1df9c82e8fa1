"""A small film to be watched: three beats, a module of pictures, a stage module that only one beat uses."""

from __future__ import annotations

from pathlib import Path

from tests.project_copy import Project, copy_project

NAME = "lamp"
SCRIPT = """# A lamp

## dark: It is dark
There is a switch. [switch] It is off.

## light: It is light
Now [press] it is on.

## late: It is late
And so [night] to bed.
"""
SCENE = '''"""A lamp."""

from __future__ import annotations

from dataclasses import dataclass

from manim import DOWN, UP, Circle, Create, FadeIn, Square, VGroup

from narration.fact import Fact, Facts
from scenes.stage.beat import Beat
from scenes.stage.concept_scene import ConceptScene
from scenes.stage.moon import Moon
from scenes.stage.typeset import Maths, Words
from scenes.trial.lamp_pictures import GLOW, Bulb, lit


@dataclass
class Props:
    """What stays."""

    bulb: Bulb


class Lamp(ConceptScene[Props]):
    """On and off."""

    @staticmethod
    def compute_facts() -> Facts:
        """The hour."""
        return Facts(hour=Fact(12, given=True))

    def set_stage(self) -> Props:
        """One bulb."""
        return Props(Bulb())

    def dark(self, beat: Beat) -> None:
        """A switch."""
        self.play(FadeIn(self.props.bulb), run_time=0.2)
        beat.wait_until("switch")
        self.play(Create(Square(side_length=0.5).shift(2 * DOWN)), run_time=0.2)

    def light(self, beat: Beat) -> None:
        """The bulb shines."""
        beat.wait_until("press")
        assert isinstance(self.props.bulb, Bulb)
        self.play(lit(self.props.bulb), run_time=0.2)
        self._title(beat)

    def late(self, beat: Beat) -> None:
        """A moon."""
        beat.wait_until("night")
        self.play(FadeIn(Moon().shift(2 * UP)), run_time=0.2)
        self.play(FadeIn(VGroup(Circle(radius=GLOW / 4), Maths("1/2", size=60).shift(DOWN))), run_time=0.2)

    def _title(self, beat: Beat) -> None:
        self.play(FadeIn(Words(beat.title).shift(3 * UP)), run_time=0.2)
        self.play(FadeIn(Maths("1/2", size=60)), run_time=0.2)
'''
PICTURES = '''"""Pictures of the lamp."""

from manim import BLUE, YELLOW, Animation, Circle, VGroup

GLOW = 1.0
SIZE = 0.8


class Bulb(VGroup):
    """A bulb that can shine."""

    def __init__(self) -> None:
        super().__init__()
        self.glass = Circle(radius=SIZE, color=BLUE)
        self.add(self.glass)


def lit(bulb: Bulb) -> Animation:
    """It shines."""
    return bulb.glass.animate.set_fill(YELLOW, opacity=GLOW / 2)
'''
MOON = '''"""A moon."""

from manim import WHITE, Dot


class Moon(Dot):
    """Full."""

    def __init__(self) -> None:
        super().__init__(radius=0.3, color=WHITE)
'''
PROGRAMME = f"""
PROGRAMME = (Part(name="trial", number=1, title="Trial", subtitle="One film", concept_names=("{NAME}",)),)
"""
FILES = {
    f"narration/en/{NAME}.md": SCRIPT,
    f"scenes/trial/{NAME}.py": SCENE,
    f"scenes/trial/{NAME}_pictures.py": PICTURES,
    "scenes/stage/moon.py": MOON,
}


def write_lamp(root: Path) -> Project:
    """A copy of the project in *root* whose one film is the lamp."""
    made = copy_project(root)
    with (root / "scenes" / "programme.py").open("a", encoding="utf-8") as programme:
        programme.write(PROGRAMME)
    for name, text in FILES.items():
        (root / name).write_text(text, encoding="utf-8")
    return made


def replace_in(root: Path, name: str, old: str, new: str) -> None:
    """Replace the one place of *old* in a file."""
    path = root / name
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} is in {name} {text.count(old)} times"
    path.write_text(text.replace(old, new), encoding="utf-8")
