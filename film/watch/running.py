"""The processes that play a film for the watcher: one sleeps at the start of each beat, and the last one plays on.

Before each beat the process that plays forks: the child plays the beat, the parent waits there. Told to go on with
changed sources, the parent forks once more, and that child takes the new sources on and plays. So a beat is drawn
without playing those before it. All of them are in one process group, and each ends with its parent.
"""

from __future__ import annotations

import contextlib
import gc
import io
import os
import shutil
import signal
import warnings
from contextlib import ExitStack
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Any, NoReturn

from manim import tempconfig
from PIL import Image

from film.drawing.frame_renderer import FrameRenderer
from film.manim_session import manim_session, settings
from film.preflight import preflight, scene_problem
from film.watch import messages
from film.watch.finding import of_error, of_problem
from film.watch.messages import Go, Message, Surroundings
from film.watch.reloading import apply
from film.watch.snapshot import digest
from narration.fallback import Fallback
from narration.script import Script
from narration.script_problem import ScriptErrors
from scenes.programme import Concept, concept

if TYPE_CHECKING:
    from narration.timetable import TimedBeat
    from scenes.stage.concept_scene import ConceptScene


class SourcesMoved(Exception):
    """Files are not what they were when the watcher read them."""


def wait_with_film(surroundings: Surroundings, generation: int, digests: dict[str, str]) -> None:
    """Import a film and wait for work; *digests* are those of its files. Ends when the watcher hangs up."""
    film = concept(surroundings.film)
    # The thread that ends this group with the watcher sleeps in the kernel: forking beside it is safe.
    warnings.filterwarnings("ignore", "This process .* is multi-threaded", DeprecationWarning)
    with contextlib.suppress(Exception):  # whoever goes on from here will meet it again, and tell
        preflight([film])
    gc.collect()
    gc.freeze()
    link = messages.connect(surroundings.address)
    try:
        _verify(film, digests)
    except SourcesMoved:
        link.send(messages.Outdated())
        return
    link.send(messages.Ready(generation, None))
    go = _wait_for_work(link)
    if go is not None:
        Player(surroundings, film).go_on(go)


class Player:
    """A film that is being played, in the process that plays it."""

    def __init__(self, surroundings: Surroundings, film: Concept) -> None:
        self.surroundings, self.film = surroundings, film
        self.staying = ExitStack()  # Manim's configuration, never left: the process ends
        self.scene: ConceptScene[Any] | None = None
        self.played = 0
        self.line: Connection
        self.renderer: FrameRenderer
        self.beat = ""

    def go_on(self, go: Go) -> NoReturn:
        """In a fresh fork: take on the sources that *go* names, and play to the end of the film."""
        self.line = messages.connect(self.surroundings.address)
        try:
            self._tell(messages.Begun(go.generation))
            self._play(go, self._take_on(go))
            self._tell(messages.Played())
        except ScriptErrors as errors:
            root = self.film.root
            self._tell(messages.Refused(tuple(of_problem(problem, root) for problem in errors.problems)))
        except SourcesMoved:
            self._tell(messages.Outdated())
        except BaseException as error:
            self._tell(messages.Refused((of_error(error, self.beat, self.film.root),)))
        finally:
            os._exit(0)

    def _tell(self, message: Message) -> None:
        with contextlib.suppress(OSError):  # the watcher has gone, and this group goes with it
            self.line.send(message)

    def _take_on(self, go: Go) -> Script:
        """The film as it is now, checked. Raises ScriptErrors with every mistake."""
        try:
            apply(go.patch, self.film.root, self.film.class_name)
        except Exception as error:
            raise ScriptErrors([scene_problem(self.film, error)]) from error
        checked = preflight([self.film])
        _verify(self.film, go.digests)
        script = checked.scripts[self.film.name]
        beats = tuple(messages.BeatText(beat.name, beat.title) for beat in script.beats)
        self._tell(messages.Passed(script.title, beats, checked.stale))
        return script

    def _play(self, go: Go, script: Script) -> None:
        first, waits_here = self.played, self.scene is not None
        if self.scene is None:
            self.scene = self._begun(script)
        else:
            self.scene.__class__ = self.film.scene_class()
            self.scene.read_along(script)
        for self.played in range(first, len(script.beats)):
            if self.played > first or not waits_here:  # else the process that this one was forked from waits here
                self._wait_here(go.generation)
            self.beat = script.beats[self.played].name
            with self._session(go.generation):
                self.scene.play_beat(script.beats[self.played])

    def _begun(self, script: Script) -> ConceptScene[Any]:
        """The scene with its stage set, before its first beat."""
        folder = self.surroundings.folder / "manim"
        self.staying.enter_context(tempconfig(settings(folder, self.surroundings.quality) | {"dry_run": True}))
        self.renderer = FrameRenderer(skip_animations=True)
        scene = self.film.scene_class()(
            renderer=self.renderer,
            fallback=Fallback.SILENCE,
            sound=False,
            on_beat_end=self._show,
        )
        with self._session(0):
            scene.setup()
            scene.read_along(script)
            scene.props = scene.set_stage()
        return scene

    @contextlib.contextmanager
    def _session(self, generation: int) -> Any:
        """Manim's working files in a folder of this process: those that a killed one has left are not whole."""
        folder = self.surroundings.folder / f"texts-{generation}-{os.getpid()}"
        with manim_session(folder, self.surroundings.quality, kept=self.surroundings.kept, dry_run=True):
            yield
        shutil.rmtree(folder, ignore_errors=True)

    def _show(self, scene: ConceptScene[Any], beat: TimedBeat) -> None:
        picture = io.BytesIO()
        Image.fromarray(self.renderer.frame_now(scene)).save(picture, "PNG", compress_level=1)
        self._tell(messages.Picture(beat.name, picture.getvalue()))
        scene.turn_back(beat.start_frame)  # the clock shows what it shows to a beat that is rendered by itself

    def _wait_here(self, generation: int) -> None:
        """Stay behind at the start of a beat, ready to play it again, while a child plays on."""
        link = messages.connect(self.surroundings.address)
        link.send(messages.Ready(generation, self.played))
        child = os.fork()
        if not child:
            link.close()
            return
        self.line.close()
        go = _wait_for_work(link, child)
        if go is None:
            os._exit(0)
        self.go_on(go)


def _wait_for_work(link: Connection, child: int = 0) -> Go | None:
    """Sleep until told to go on; returns in a fork that does, and here, with None, when the watcher hangs up.

    A child that is still there is ended first, and it ends its own.
    """

    def end(*signal_and_frame: object) -> None:
        raise SystemExit

    before = signal.signal(signal.SIGTERM, end)
    try:
        while True:
            message: Go | None = link.recv()
            child = _ended(child)
            if message is not None:
                child = os.fork()
                if not child:
                    signal.signal(signal.SIGTERM, signal.SIG_DFL)
                    link.close()
                    return message
    except (EOFError, OSError, SystemExit):
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        _ended(child)
        signal.signal(signal.SIGTERM, before)
        return None


def _ended(child: int) -> int:
    if child:
        with contextlib.suppress(ProcessLookupError):
            os.kill(child, signal.SIGTERM)
        os.waitpid(child, 0)
    return 0


def _verify(film: Concept, digests: dict[str, str]) -> None:
    for file, known in digests.items():
        path = film.root / file
        if known != (digest(path.read_bytes()) if path.is_file() else ""):
            raise SourcesMoved(file)
