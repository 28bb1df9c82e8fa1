"""The watcher at work: each save is checked, then drawn, then rendered; a new one ends the work for the old."""

from __future__ import annotations

import ast
import contextlib
import queue
import socket
import time
from dataclasses import dataclass, replace
from multiprocessing.connection import wait
from pathlib import Path
from typing import Any

import click

from film.beat_key import piece_keys
from film.fork_server import Ended, Progress, ServerGone, private_server
from film.inputs.records import Records
from film.quality import Quality
from film.scene_job import SceneJob
from film.share_out import frames_of
from film.store import Store
from film.watch import messages
from film.watch.checkpoints import Checkpoints
from film.watch.finding import Finding, of_problem, of_syntax, of_take, of_text
from film.watch.making import SourcesMoved, Wanted
from film.watch.script_text import beat_lines
from film.watch.snapshot import Snapshot, changed_beats, watched_beat
from film.watch.view import BeatView, Board, View
from film.watch.workshop import Failed, Made, Rendering, Workshop
from narration.fallback import Fallback
from narration.script_problem import ScriptErrors
from scenes.programme import ROOT, Concept

_SERVERS = 3  # that may end before this gives up


@dataclass(frozen=True)
class Options:
    """What is watched, and how it is rendered."""

    film: Concept
    quality: Quality
    fallback: Fallback
    workers: int
    out: Path
    store: Path


class Desk:
    """One watched film. All but :meth:`saved`, :meth:`choose` and :meth:`leave` is for one thread."""

    def __init__(self, options: Options, work: Path, board: Board) -> None:
        self.options, self.folder, self.board, self.film = options, work, board, options.film
        self.view = View(self.film.name)
        self.records = Records.beside(options.store)
        self.server = private_server(ROOT)
        self.checkpoints = Checkpoints(self.film.name, options.quality, work, options.store, self.server)
        self.workshop = Workshop(Store(options.store), work, options.workers, self.server)
        self.snapshot: Snapshot | None = None  # the film as it was last seen
        self.readable: Snapshot | None = None  # and as it last was when Python could read it
        self.generation, self.began, self.servers_lost = 0, time.monotonic(), 0
        self._inbox: queue.SimpleQueue[str | None] = queue.SimpleQueue()  # a beat that is chosen; None for a save
        self._woken, self._waker = socket.socketpair()
        self._waker.setblocking(False)
        self._left = False
        self._show()

    # ---- from other threads ------------------------------------------------------------------------

    def saved(self) -> None:
        """A file of the project has been saved."""
        self._ask(None)

    def choose(self, beat: str) -> None:
        """Watch *beat* whatever changes; nothing for the beat that changes."""
        self._ask(beat)

    def leave(self) -> None:
        """Let :meth:`work` return."""
        self._left = True
        self._ask(None)

    def _ask(self, what: str | None) -> None:
        self._inbox.put(what)
        with contextlib.suppress(BlockingIOError):
            self._waker.send(b".")

    # ---- the loop ----------------------------------------------------------------------------------

    def work(self) -> None:
        """Watch until told to leave. Raises ServerGone when the processes keep ending."""
        self._look()
        while not self._left:
            try:
                self._turn()
            except ServerGone:
                self._replace_server()

    def close(self) -> None:
        """End all processes."""
        self.workshop.cancel()
        self.checkpoints.close()
        deadline = time.monotonic() + 2.0
        with contextlib.suppress(ServerGone):
            while self.server.children and time.monotonic() < deadline:
                self._hear_server(self.server.events(0.2))
        self.server.close()
        self.workshop.lost()
        self._woken.close()
        self._waker.close()

    def _turn(self) -> None:
        channels = [child.channel for child in self.server.children.values() if not child.channel.closed]
        sources: list[Any] = [self._woken, *self.checkpoints.sources(), self.server.control, *channels]
        ready = wait(sources)
        if self._woken in ready:
            self._woken.recv(4096)
            self._read_inbox()
        for message in self.checkpoints.heard(ready):
            self._hear(message)
        if self.server.control in ready or any(channel in ready for channel in channels):
            self._hear_server(self.server.events(0))

    def _read_inbox(self) -> None:
        saved = False
        while not self._inbox.empty():
            beat = self._inbox.get()
            if beat is None:
                saved = True
            else:
                self._choose(beat)
        if saved and not self._left:
            self._look()

    def _replace_server(self) -> None:
        self.servers_lost += 1
        if self.servers_lost > _SERVERS:
            raise ServerGone("the process that starts all others keeps ending, perhaps for want of memory")
        self.server.close()
        self.server = self.workshop.server = self.checkpoints.server = private_server(ROOT)
        self.workshop.lost()
        self.checkpoints.ended()
        self._play()

    # ---- saves -------------------------------------------------------------------------------------

    def _look(self) -> None:
        """See what has changed, and begin anew if anything has."""
        began = time.monotonic()
        try:
            found = Snapshot.of(self.film, self.records)
            unchanged = self.snapshot is not None and self.snapshot.everything == found.everything
        except ScriptErrors as errors:
            self._stop_with([of_problem(problem, self.film.root) for problem in errors.problems])
            return
        if unchanged:
            return
        self.began, self.snapshot = began, found
        if (mistake := self._unreadable(found)) is not None:
            self._stop_with([mistake])
            return
        changed = changed_beats(self.readable.inputs if self.readable else None, found.inputs)
        self.view.watched = watched_beat(changed, found.beats, last=self.view.watched, chosen=self.view.chosen)
        self._mark(found, changed)
        self.readable = found
        self._play()

    def _unreadable(self, found: Snapshot) -> Finding | None:
        """The first module that Python cannot read."""
        for file in sorted(found.modules):
            content = found.sources.content(file)
            if self.readable is not None and content == self.readable.sources.content(file):
                continue
            try:
                ast.parse(content, file)
            except SyntaxError as error:
                return of_syntax(error, file)
            except ValueError as error:
                return of_syntax(SyntaxError(str(error)), file)
        return None

    def _stop_with(self, findings: list[Finding]) -> None:
        self.workshop.cancel()
        self.checkpoints.stop()
        self._refused(findings)

    def _mark(self, found: Snapshot, changed: tuple[str, ...]) -> None:
        """Say which beats are to be drawn again: the first that has changed, and all that start from it."""
        before = self.readable.inputs.keys() if self.readable else {}
        after = found.inputs.keys()
        old = {beat.name: beat for beat in self.view.beats}
        self.view.beats = [old.get(name) or BeatView(name, name) for name in after]
        for beat in self.view.beats:
            beat.changed = beat.name in changed
            beat.waiting = beat.waiting or before.get(beat.name) != after[beat.name]

    def _choose(self, beat: str) -> None:
        view = self.view
        view.chosen = beat if view.beat(beat) else ""
        wanted = view.chosen or view.watched
        view.watched = wanted
        shown = view.beat(wanted)
        if shown is None or self.readable is None:
            self._show()
        elif shown.waiting or self._errors:
            self._play()
        else:
            view.picture, view.picture_of = shown.picture, wanted
            self._show_script()
            self._render()

    def _play(self) -> None:
        """Have the film played up to the watched beat, and on."""
        if self.readable is None:
            return
        self.workshop.cancel()
        self.generation += 1
        beats = self.readable.beats
        index = beats.index(self.view.watched) if self.view.watched in beats else 0
        self.checkpoints.go(self.readable, self.generation, index)
        self.view.clip = self.view.clip_of = self.view.whole = ""
        self.view.findings = []
        self._say("checking")

    # ---- what the playing processes say ------------------------------------------------------------

    def _hear(self, message: messages.Message) -> None:
        if isinstance(message, messages.Passed):
            self._passed(message)
        elif isinstance(message, messages.Picture):
            self._picture(message)
        elif isinstance(message, messages.Refused):
            self._refused([*self.view.findings, *message.findings])
        elif isinstance(message, messages.Outdated):
            self.snapshot = None
            self._look()
        elif isinstance(message, messages.Played):
            self._show()

    def _passed(self, message: messages.Passed) -> None:
        self.view.title = message.title
        self.view.findings = [of_take(address, why, self.film.root) for address, why in message.stale.items()]
        for told in message.beats:
            if (beat := self.view.beat(told.name)) is not None:
                beat.title = told.title or told.name
        self._show_script()
        self._say(f"drawing the last frame of {self.view.watched}")

    def _picture(self, message: messages.Picture) -> None:
        beat = self.view.beat(message.beat)
        if beat is None:
            return
        beat.picture, beat.waiting = self.board.keep_picture(message.png), False
        if message.beat != self.view.watched:
            self._show()
            return
        self.view.picture, self.view.picture_of = beat.picture, beat.name
        self.view.drawn, self.view.after = self.view.drawn + 1, self._seconds()
        self._say(f"last frame of {beat.name} after {self._seconds()}")
        self.records.save()
        self._render()

    def _refused(self, findings: list[Finding]) -> None:
        self.view.findings = list(dict.fromkeys(findings))
        self.workshop.without_film()
        for finding in self._errors:
            click.echo(f"  {finding}", err=True)
        self._say_stopped()

    @property
    def _errors(self) -> list[Finding]:
        return [finding for finding in self.view.findings if finding.is_error]

    def _say_stopped(self) -> None:
        mistakes = len(self._errors)
        self._say(f"stopped: {mistakes} mistake{'s' if mistakes > 1 else ''} to mend", busy=False)

    # ---- rendering ---------------------------------------------------------------------------------

    def _render(self) -> None:
        """Render the watched beat, then the film."""
        assert self.readable is not None
        job = SceneJob(self.options.quality, concept=self.film.name, fallback=self.options.fallback)
        keys = piece_keys(self.film, job.settings, self.readable.sources)
        name, title = self.view.watched, self.view.title
        film = Wanted(job, keys, 0, self.film.name, title, self.options.out, self.options.store)
        of_beat = replace(job, beats=(name,))
        beat = Wanted(
            of_beat,
            {name: keys[name]},
            frames_of(of_beat),
            f"{self.film.name}@{name}",
            title,
            self.folder / "clips",
            self.options.store,
        )
        self.workshop.begin(film, beat)
        self._say(f"rendering {name}")

    def _hear_server(self, events: list[Progress | Ended]) -> None:
        for event in events:
            if isinstance(event, Ended) and event.child is self.checkpoints.child:
                self.checkpoints.ended()
                continue
            for told in self.workshop.heard(event):
                self._rendered(told)

    def _rendered(self, told: Made | Rendering | Failed) -> None:
        what = told.beat or "the film"
        if isinstance(told, Rendering):
            if not self._errors:
                self.view.state = f"rendering {what}, {told.share:.0%}"
                self._show()
        elif isinstance(told, Failed):
            if not isinstance(told.error, SourcesMoved):  # else the save is about to be told
                self._refused([*self.view.findings, of_text(str(told.error), told.beat, self.film.root)])
        elif told.beat:
            self.view.clip, self.view.clip_of = self.board.keep_video(told.video), told.beat
            self._say(f"clip of {told.beat} after {self._seconds()}")
            if self._errors:  # of a later beat, so that there is no film
                self._say_stopped()
        else:
            self.view.whole = self.board.keep_video(told.video)
            self._say(f"film ready after {self._seconds()}: {told.video}", busy=False)

    # ---- showing -----------------------------------------------------------------------------------

    def _seconds(self) -> str:
        return f"{time.monotonic() - self.began:.1f} s"

    def _say(self, state: str, *, busy: bool = True) -> None:
        self.view.state, self.view.busy = state, busy
        click.echo(f"{time.strftime('%H:%M:%S')} {self.film.name}: {state}", err=True)
        self._show()

    def _show_script(self) -> None:
        self.view.script_line, self.view.script = beat_lines(self.film.script_path, self.view.watched)

    def _show(self) -> None:
        self.board.show(self.view)
