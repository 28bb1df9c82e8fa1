"""How short can a message be made? Words, how often they come, and the floor under every dictionary."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UL,
    UP,
    Create,
    FadeIn,
    FadeOut,
    GrowFromEdge,
    LaggedStart,
    Line,
    Rectangle,
    Transform,
    TransformFromCopy,
    UpdateFromAlphaFunc,
    VGroup,
    linear,
)

from infotheory import decodings
from narration.fact import Facts
from scenes.entropy.intuition_dictionaries import (
    CLEVER,
    CLEVER_MESSAGE,
    COUNTS,
    SENTENCE,
    TICKS,
    TRIED,
    intuition_facts,
    random_rates,
)
from scenes.entropy.intuition_novel import EQUALS, LONG, OFTEN, ZEBRA, lines_after, novel_paragraphs, places_of
from scenes.entropy.intuition_pictures import (
    Clue,
    CutMessage,
    EqualWords,
    HangingCodeword,
    NovelPages,
    Opening,
    Pile,
    RateLine,
    Spelling,
    SpellingNotes,
    clue_tile,
    hanging,
)
from scenes.stage.beat import Beat
from scenes.stage.concept_scene import ConceptScene
from scenes.stage.frequency_chart import FrequencyChart
from scenes.stage.live_number import LiveNumber
from scenes.stage.reading import Reading
from scenes.stage.theme import (
    BOLD,
    CODE,
    DISPLAY,
    HEADING,
    PAPER,
    PROBABILITY,
    QUICK,
    QUIET,
    SAFE_LEFT,
    SAFE_RIGHT,
    SLOW,
    SMALL,
    STEADY,
    STEP,
    TITLE,
    WASTE,
)
from scenes.stage.typeset import Words, heading, stand_on
from scenes.stage.word_tile import SentenceTiles, WordTile

LOW_BASE, HIGH_BASE = 2.55 * DOWN, 0.22 * DOWN  # where the sentence's columns stand: alone, and above their codewords
BIT_HEIGHT = 0.36
RATES = (3.5, 7.1)  # bits a word at the ends of the line
RATE_BIN = 0.05  # bits a word: one bit more or less in a sentence of twenty words
PILE_UNIT = 0.034  # height of one dictionary in the pile
SENTENCE_TOP = 2.75 * UP  # of the tiles: their columns rise below them
TALLY = np.array([-1.2, 0.9, 0.0])  # left end of what is said beside the chart
READINGS = np.array([0.4, -2.2, 0.0])  # right end of the word for them
AT_RANDOM = np.array([3.5, 0.2, 0.0])  # foot of the number of dictionaries tried
VERDICTS = np.array([2.6, 1.7, 0.0])  # left end of what is said of two dictionaries
COLUMN_FOOT = np.array([0.0, -2.3, 0.0])  # middle of the names below the columns of words
OPENING_CORNER = np.array([SAFE_LEFT, 2.3, 0.0])  # upper left one of the novel's first lines
PAGES_CORNER = np.array([SAFE_LEFT, 2.75, 0.0])  # upper left one of the novel's first page
SPELLED = np.array([SAFE_LEFT, 0.0, 0.0])  # left end of the spelled words
PAGING = 2.5  # seconds in which the novel's pages come
UNIT_PLACE = np.array([6.3, -2.5, 0.0])  # right end of the line's unit


@dataclass
class Props:
    """What lives longer than a beat."""

    chart: FrequencyChart


class Intuition(ConceptScene[Props]):
    """A sentence in tiles, a dictionary that breaks, a zebra, and a floor."""

    @staticmethod
    def compute_facts() -> Facts:
        """Counts of the sentence, readings of the clever dictionary, bits of the novel's words, and the bills."""
        return intuition_facts()

    def set_stage(self) -> Props:
        """The sentence's frequency chart, which two beats share."""
        chart = FrequencyChart(COUNTS, tile_height=1.38)
        return Props(chart.shift(LOW_BASE - chart.base.get_center()))

    # ---- the beats -------------------------------------------------------------------------------

    def sentence(self, beat: Beat) -> None:
        """A sentence falls apart into tiles, and equal words stack up."""
        sentence = SentenceTiles(SENTENCE, width=8.6, size=TITLE, height=0.8).move_to(1.2 * UP)
        self.play(FadeIn(heading(beat.title)))
        beat.wait_until("sentence")
        self.play(FadeIn(sentence, shift=0.1 * UP))
        beat.wait_until("bits")
        unknown = Words("? bits", size=DISPLAY, color=CODE).next_to(sentence, DOWN, buff=0.8)
        self.play(FadeIn(unknown, shift=0.1 * UP))
        beat.wait_until("apart")
        self.play(
            FadeOut(unknown), sentence.animate.apart(gap=0.1).move_to(SENTENCE_TOP, aligned_edge=UP), run_time=SLOW
        )
        self.remove(sentence)
        self.add(*sentence.tiles)
        beat.wait_until("stack")
        chart = self.props.chart
        self.play(FadeIn(chart.base), chart.gather(sentence.tiles, run_time=2.4))
        self.remove(*sentence.tiles)
        self.add(chart)
        beat.wait_until("twice")
        marks = [
            Words(self.facts.shown("twice"), size=HEADING, color=PROBABILITY).next_to(
                chart.columns[word], UP, buff=0.15
            )
            for word, count in COUNTS.items()
            if count > 1
        ]
        self.play(LaggedStart(*(FadeIn(mark, shift=0.1 * UP) for mark in marks), lag_ratio=0.5))
        beat.wait_until("distinct")
        tally = Words(self.facts.fill("{words} words\n{distinct} different ones"), size=HEADING)
        self.play(FadeIn(tally.move_to(TALLY, aligned_edge=LEFT)))

    def clever(self, beat: Beat) -> None:
        """Four short codewords; their message can be cut in many ways."""
        chart = self.props.chart
        self.turn_page(beat.title, chart)
        cards = self._clever_cards()
        beat.wait_until("dictionary")
        lifted = [TransformFromCopy(chart.tile(tile.word), tile) for tile, _ in cards]
        self.play(FadeOut(chart), *lifted)
        self.play(LaggedStart(*(FadeIn(code, shift=0.1 * DOWN) for _, code in cards), lag_ratio=1), run_time=2 * STEADY)
        beat.wait_until("send")
        message = CutMessage(CLEVER_MESSAGE, CLEVER).move_to(0.3 * DOWN)
        tiles = [code.tiles[0] for _, code in cards]
        pieces = message.pieces([len(tile.bits) for tile in tiles])
        sent = zip(tiles, pieces, strict=True)
        self.play(*(TransformFromCopy(VGroup(tile.box, *tile.bits), piece) for tile, piece in sent), run_time=SLOW)
        self.remove(*pieces)
        self.add(message)
        size = Words(self.facts.fill("{clever_bits} bits"), size=HEADING, color=CODE).next_to(message, RIGHT, buff=0.4)
        self.play(FadeIn(size), run_time=QUICK)
        beat.wait_until("cut")
        self.play(LaggedStart(*(FadeIn(mark, shift=0.1 * DOWN) for mark in message.possible_cuts()), lag_ratio=0.3))
        self._flip(beat, message)

    def _clever_cards(self) -> list[tuple[WordTile, Reading]]:
        """Each word on its tile, and its codeword below."""
        cards = []
        for i, word in enumerate(CLEVER):
            tile = WordTile(word, size=HEADING, width=1.9, height=0.75)
            code = Reading([self.facts.shown(f"clever_{i}", "bits")], bit_width=0.5, height=0.6, size=HEADING)
            cards.append((tile, code.next_to(tile, DOWN, buff=0.12)))
        VGroup(*(VGroup(*card) for card in cards)).arrange(RIGHT, buff=0.7).move_to(1.75 * UP)
        return cards

    def _flip(self, beat: Beat, message: CutMessage) -> None:
        """One reading after another, counted; the one that was meant comes first."""
        codewords = list(CLEVER.values())
        meant = tuple(range(len(codewords)))
        readings = [meant, *(r for r in decodings(CLEVER_MESSAGE, codewords) if r != meant)]
        says = Words("readings:", size=HEADING).move_to(READINGS, aligned_edge=RIGHT)
        count = LiveNumber(1, "d", size=DISPLAY).anchor_at(np.array([says.get_right()[0] + 0.3, says.baseline, 0]))
        shown = message.words(readings[0])
        beat.wait_until("reading")
        self.play(Transform(message, message.copy().cut(readings[0])), FadeIn(shown, count, says), run_time=QUICK)
        beat.wait_until("flip")
        for number, reading in enumerate(readings[1:], 2):
            if number == 3:
                beat.wait_until("count")
            new = message.words(reading)
            self.play(FadeOut(shown), Transform(message, message.copy().cut(reading)), run_time=STEP / 2)
            count.set_value(number)
            self.play(FadeIn(new), run_time=STEP / 2)
            self.wait(STEP / 2)
            shown = new
        self.play(count.animate.set_color(WASTE), says.animate.set_color(WASTE), run_time=QUICK)

    def which(self, beat: Beat) -> None:
        """Three words that come equally often deserve the same, however they are spelled."""
        self.turn_page(beat.title)
        count, shown = int(self.facts.number("each")), self.facts.shown("each")
        words = EqualWords(EQUALS, count=count, shown=shown, foot=COLUMN_FOOT)
        opening = Opening(SENTENCE, lines_after(SENTENCE, lines=5, width=Opening.WIDTH))
        opening.move_to(OPENING_CORNER, aligned_edge=UL)
        beat.wait_until("novel")
        self.play(FadeIn(opening.sentence))
        self.play(FadeIn(opening.after))
        beat.wait_until("candidates")
        self.play(LaggedStart(*(FadeIn(name, shift=0.1 * UP) for name in words.names), lag_ratio=0.4), run_time=SLOW)
        beat.wait_until("stack")
        self.play(FadeOut(opening), run_time=STEP)
        self.play(words.rise(), run_time=SLOW)
        self.play(FadeIn(*words.counts), run_time=QUICK)
        beat.wait_until("none")
        self.play(FadeIn(*words.equal))
        beat.wait_until("cover")
        self.play(words.cover(), run_time=SLOW)

    def zebra(self, beat: Beat) -> None:
        """A frequent word leaves many places, a rare one only one."""
        title = self.turn_page(beat.title)
        pages = NovelPages(len(words) for words in novel_paragraphs()).move_to(PAGES_CORNER, aligned_edge=UL)
        rows = [self._clue(OFTEN, "often", "bits_often", y=-1.35), self._clue(ZEBRA, "once", "bits_zebra", y=-2.3)]
        self._fill_pages(pages, title)
        beat.wait_until("read")
        unknown = clue_tile("?").match_y(rows[0].tile)
        self.play(FadeIn(unknown, shift=0.1 * UP))
        beat.wait_until("often")
        lit = pages.lit(places_of(OFTEN))
        self.play(FadeOut(unknown.label), FadeIn(rows[0].tile, rows[0].places, *lit))
        self.remove(unknown)
        beat.wait_until("turn")
        self.play(LaggedStart(*(FadeOut(page) for page in lit), lag_ratio=0.2), run_time=STEADY)
        beat.wait_until("zebra")
        (only,) = pages.lit(places_of(ZEBRA))
        ring = Rectangle(width=0.4, height=0.32, stroke_color=PAPER, stroke_width=BOLD).move_to(only)
        self.play(FadeIn(only, ring, rows[1].tile, rows[1].places))
        beat.wait_until("place")
        name = Words(self.facts.fill("{bits_story:.2f} bits name a place"), size=SMALL, color=CODE)
        name.next_to(rows[0].cells, UP, buff=0.15, aligned_edge=LEFT)
        self.play(FadeIn(name, *(row.cells for row in rows)))
        for cue, row in zip(("gift", "all"), rows, strict=True):
            beat.wait_until(cue)
            self.play(row.cells.fill_up(row.known), FadeIn(row.bits), run_time=SLOW)

    def _fill_pages(self, pages: NovelPages, title: Words) -> None:
        """The pages come one after the other, and their words are counted."""
        says = Words("words", size=HEADING, color=QUIET).set_x(SAFE_RIGHT, direction=RIGHT)
        stand_on(says, title.baseline)
        foot = np.array([float(says.get_left()[0]) - 0.2, says.baseline, 0.0])
        count = LiveNumber(0, ",d", size=TITLE, edge=RIGHT).anchor_at(foot)
        total = self.facts.number("story")
        counted = UpdateFromAlphaFunc(
            count, lambda _, alpha: count.set_value(round(alpha * total)), rate_func=linear, run_time=PAGING
        )
        turned = LaggedStart(*(FadeIn(page) for page in pages.pages), lag_ratio=0.3, run_time=PAGING)
        self.play(turned, counted, FadeIn(says, run_time=QUICK))

    def _clue(self, word: str, count: str, bits: str, *, y: float) -> Clue:
        """What a word that was read out tells about its place."""
        number = self.facts.shown(count)
        return Clue(
            word,
            places=f"{number} place" if number == "1" else f"{number} places",
            bits=f"{self.facts.shown(bits, '.2f')} bits",
            known=self.facts.number(bits),
            cells=self.facts.number("bits_story"),
        ).shift(y * UP)

    def myth(self, beat: Beat) -> None:
        """A long word that comes more often tells less than a short rare one."""
        self.turn_page(beat.title)
        words = {"long": LONG, "zebra": ZEBRA}
        spellings = {n: Spelling(w, bits=self.facts.number(f"bits_{n}")) for n, w in words.items()}
        VGroup(*spellings.values()).arrange(DOWN, buff=1.25, aligned_edge=LEFT).move_to(SPELLED, aligned_edge=LEFT)
        notes = {name: self._spelling_notes(name, spelling) for name, spelling in spellings.items()}
        cues = {"long": ("long", "long_bits"), "zebra": ("short", "short_bits")}
        for name, spelling in spellings.items():
            said, priced = cues[name]
            note = notes[name]
            beat.wait_until(said)
            self.play(FadeIn(spelling.letters, note.letters), run_time=QUICK)
            self.play(FadeIn(note.count, spelling.cells), run_time=QUICK)
            beat.wait_until(priced)
            self.play(spelling.cells.fill_up(spelling.bits), FadeIn(note.worth), run_time=QUICK)
        beat.wait_until("verdict")
        self.play(*(note.letters.animate.set_color(QUIET) for note in notes.values()))

    def _spelling_notes(self, name: str, spelling: Spelling) -> SpellingNotes:
        count = "once" if name == "zebra" else "long"
        return SpellingNotes(
            spelling,
            letters=self.facts.fill(f"{{letters_{name}}} letters"),
            bits=self.facts.fill(f"{{bits_{name}:.2f}} bits"),
            count=self.facts.fill(f"{{{count}}} in {{story:,d}} words"),
            halvings=self.facts.fill(f'"{{story:,d}}"\\/{{{count}}} approx 2^{{bits_{name}:.2f}}'),
        )

    def dictionary(self, beat: Beat) -> None:
        """Codewords of one length hang below the words; then what comes twice gets the shortest."""
        chart = self.props.chart
        chart.shift(HIGH_BASE - chart.base.get_center())
        self.turn_page(beat.title)
        tops = [chart.foot(word) + 0.1 * DOWN for word in chart.counts]
        fixed, counted = (
            hanging(str(self.facts[name].value).split(), tops, width=0.6, bit_height=BIT_HEIGHT)
            for name in ("fixed_words", "huffman_words")
        )
        self.play(FadeIn(chart))
        beat.wait_until("fixed")
        self.play(LaggedStart(*(FadeIn(word, shift=0.2 * DOWN) for word in fixed), lag_ratio=0.1), run_time=SLOW)
        note = self._length_note("fixed_bits", fixed)
        self.play(FadeIn(note), run_time=QUICK)
        beat.wait_until("huffman")
        self.play(FadeOut(note), run_time=STEP)
        pairs = list(zip(fixed, counted, strict=True))
        surplus = [cell for old, new in pairs for cell in old.cells[len(new.cells) :]]
        self.play(LaggedStart(*(FadeOut(cell, shift=0.3 * DOWN) for cell in surplus), lag_ratio=0.05))
        self.play(FadeOut(*(cell.digit for old, new in pairs for cell in old.cells[: len(new.cells)])), run_time=STEP)
        self.play(LaggedStart(*(FadeIn(word) for word in counted), lag_ratio=0.05), run_time=STEADY)
        self.remove(*fixed)
        lengths = ("short_bits", "middle_bits", "long_bits")
        notes = [self._length_note(n, [w for w in counted if len(w.codeword) == self.facts.number(n)]) for n in lengths]
        beat.wait_until("short")
        self.play(FadeIn(notes[0]))
        beat.wait_until("rest")
        self.play(FadeIn(*notes[1:]))

    def _length_note(self, name: str, codewords: list[HangingCodeword]) -> Words:
        """How long these codewords are, below them."""
        note = Words(self.facts.fill(f"{{{name}}} bits"), size=SMALL, color=CODE)
        return note.next_to(VGroup(*codewords), DOWN, buff=0.2)

    def floor(self, beat: Beat) -> None:
        """The bills stand on one line, and nothing stands below the entropy."""
        title = self.turn_page(beat.title)
        line = RateLine(*RATES, {tick: self.facts.shown(f"tick_{tick}") for tick in TICKS}, width=12.2)
        line.shift(1.75 * DOWN)
        unit = Words("bits a word", size=SMALL, color=QUIET).move_to(UNIT_PLACE, aligned_edge=RIGHT)
        self.play(Create(line), FadeIn(unit))
        posts = {name: self._bill(line, name) for name in ("fixed", "huffman")}
        for name, post in posts.items():
            beat.wait_until(name)
            self.play(GrowFromEdge(post[0], DOWN), FadeIn(post[1]))
        beat.wait_until("random")
        self._try_at_random(line, list(posts.values()))
        beat.wait_until("floor")
        below, floor, label = self._floor(line)
        self.play(GrowFromEdge(floor, DOWN), FadeIn(below, label))
        beat.wait_until("recall")
        ours = Words(self.facts.fill("ours: {readings} way to read it"), color=CODE)
        theirs = Words(self.facts.fill("the clever one: {ways} ways"), color=WASTE)
        VGroup(ours, theirs).arrange(DOWN, buff=0.3, aligned_edge=LEFT).move_to(VERDICTS, aligned_edge=LEFT)
        self.play(FadeIn(ours), run_time=QUICK)
        self.play(FadeIn(theirs), run_time=QUICK)
        beat.wait_until("question")
        question = heading("Which dictionaries can work at all?")
        self.play(FadeOut(title, shift=0.1 * UP), FadeIn(question, shift=0.1 * UP))

    def _bill(self, line: RateLine, name: str) -> VGroup:
        """A dictionary on the line: its post, and what the sentence costs with it."""
        post = line.post(self.facts.number(f"{name}_rate"), height=3.1)
        rate = self.facts.shown(f"{name}_rate", ".0f" if name == "fixed" else ".1f")
        label = Words(self.facts.fill(f"{{{name}_total}} bits\n{rate} a word"), color=CODE, align="center")
        return VGroup(post, label.next_to(post, UP, buff=0.15))

    def _try_at_random(self, line: RateLine, posts: list[VGroup]) -> None:
        """Dictionaries at random pile up on their rates."""
        rates = random_rates(self.random, COUNTS.values())
        pile = Pile(line, rates, bin_width=RATE_BIN, unit=PILE_UNIT)
        number = LiveNumber(0, ",d", size=HEADING, color=CODE, edge=RIGHT).anchor_at(AT_RANDOM)
        says = stand_on(Words("at random", color=CODE).next_to(AT_RANDOM, RIGHT, buff=0.25), float(AT_RANDOM[1]))

        def grow(_: object, alpha: float) -> None:
            tried = round(alpha * TRIED)
            pile.show_first(tried)
            number.set_value(tried)

        self.add(pile, *posts, number)
        self.play(UpdateFromAlphaFunc(pile, grow), FadeIn(says), run_time=2 * SLOW)

    def _floor(self, line: RateLine) -> tuple[Rectangle, Line, Words]:
        rate = self.facts.number("floor")
        post = line.post(rate, height=2.2, color=PROBABILITY)
        says = Words(self.facts.fill("entropy\n{floor:.4f}"), color=PROBABILITY, align="right")
        below = line.below(rate, 2.2)
        return below, post, says.move_to(below).align_to(post, RIGHT).shift(0.2 * LEFT)
