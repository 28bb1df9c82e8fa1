"""Entropy from the binomial: counting sequences, without a word of surprise, leads to the same formula."""

from __future__ import annotations

from dataclasses import dataclass

from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Create,
    FadeIn,
    FadeOut,
    LaggedStart,
    Line,
    ReplacementTransform,
    SurroundingRectangle,
    Transform,
    TransformFromCopy,
    VGroup,
)

from narration.fact import Facts
from scenes.entropy.binomial_crowd import (
    STRIP_HEIGHT,
    STRIP_TOP,
    CoinStrip,
    NearTable,
    crowd_together,
    flip_coins,
    keep_flipping,
    make_chart,
    mark_near,
)
from scenes.entropy.binomial_derivation import Derivation
from scenes.entropy.binomial_facts import COINS, FAIR, FLIPS, SAMPLE, SMALL_N, STOPS, P, binomial_facts
from scenes.entropy.binomial_pictures import (
    HEIGHT,
    CountRow,
    Messages,
    Roads,
    captions,
    count_rows,
    dots_between,
    heads_below,
    limit_line,
    make_columns,
    product_of,
    rows_scale,
)
from scenes.stage.bar_chart import BarChart
from scenes.stage.beat import Beat
from scenes.stage.bit_column import BitColumn
from scenes.stage.concept_scene import ConceptScene
from scenes.stage.live_number import LiveNumber
from scenes.stage.pascal_triangle import PascalTriangle
from scenes.stage.reading import CodewordTile
from scenes.stage.theme import (
    BODY,
    BOLD,
    CODE,
    DISPLAY,
    GROUND,
    HEADING,
    PANEL,
    PAPER,
    PROBABILITY,
    QUICK,
    QUIET,
    SLOW,
    SMALL,
    STEADY,
    STEP,
)
from scenes.stage.typeset import Maths, Words, heading, stand_on

TIMES = "{{ {count_k} : count }} {{ times {weight_k:.4f} : times }}"
TRIANGLE_TOP = 2.35 * UP


@dataclass
class Props:
    """What lives longer than a beat. Columns, bars and dots share one axis: a share of heads keeps its place."""

    flips: CodewordTile
    triangle: PascalTriangle
    columns: list[BitColumn]
    heads: list[Words]
    counts: list[Maths]
    chart: BarChart
    stops: list[Maths]
    rows: list[CountRow]
    lines: Derivation


class Binomial(ConceptScene[Props]):
    """Paths become columns, columns become bars, bars crowd around p: and how many paths is that?"""

    @staticmethod
    def compute_facts() -> Facts:
        """The coin and the numbers of flips are given; counts and masses follow."""
        return binomial_facts()

    def set_stage(self) -> Props:
        """Everything that a later beat takes up again, in its first place."""
        facts = self.facts
        fair_height = float(FAIR) ** SMALL_N * self._scale
        ends = (facts.shown("zero"), facts.shown("p", ".1f"), facts.shown("one"))
        triangle = PascalTriangle(len(FLIPS), spacing=1.05, row_height=0.49, size=0.9 * BODY)
        return Props(
            flips=CodewordTile(FLIPS, bit_width=0.9, height=0.9, color=PANEL, ink=PAPER, size=HEADING),
            triangle=triangle.shift(TRIANGLE_TOP - triangle.entry(0, 0).get_center()),
            columns=make_columns(fair_height),
            heads=heads_below(facts),
            counts=[],
            chart=make_chart(ends),
            stops=[],
            rows=count_rows(facts),
            lines=Derivation(),
        )

    @property
    def _scale(self) -> float:
        """Height in the frame of a probability of one, where columns and chart are drawn."""
        return HEIGHT / max(self.facts.number(f"mass_{k}") for k in range(SMALL_N + 1))

    # ---- the beats -------------------------------------------------------------------------------

    def question(self, beat: Beat) -> None:
        """Seven heads in ten flips: a path down Pascal's triangle, one of many that end there."""
        flips, triangle = self.props.flips, self.props.triangle
        self.play(FadeIn(flips.box), run_time=QUICK)
        beat.wait_until("flips")
        self.play(LaggedStart(*(FadeIn(bit) for bit in flips.bits), lag_ratio=0.3), run_time=SLOW)
        beat.wait_until("ask")
        self.play(FadeIn(heading("In how many ways can that happen?")), run_time=QUICK)
        small = CodewordTile(FLIPS, bit_width=0.5, height=0.56, color=PANEL, ink=PAPER, size=BODY)
        small.move_to((-6.4, 2.3, 0), aligned_edge=LEFT)
        beat.wait_until("walk")
        legend = Words(self.facts.fill("{one} is heads, {zero} is tails"), size=SMALL, color=QUIET)
        legend.next_to(small, DOWN, buff=0.2, aligned_edge=LEFT)
        self.play(Transform(flips, small), FadeIn(triangle.entry(0, 0)), run_time=QUICK)
        self.play(triangle.reveal(1), FadeIn(legend), run_time=QUICK)
        sides = self._sides()
        self.play(FadeIn(*sides), run_time=STEP)
        beat.wait_until("sums")
        self.play(FadeOut(*sides), *(Create(line) for line in triangle.branches_to(2)), run_time=STEP)
        self.play(triangle.add_up(2, 1), run_time=STEADY)
        self.play(FadeIn(triangle.entry(2, 0), triangle.entry(2, 2)), run_time=STEP)
        beat.wait_until("rows")
        self.play(LaggedStart(*(triangle.reveal(n) for n in range(3, len(FLIPS) + 1)), lag_ratio=0.4), run_time=SLOW)
        beat.wait_until("path")
        for step, bit in zip(triangle.follow([int(bit) for bit in FLIPS]), flips.bits, strict=True):
            self.play(step, bit.animate.set_color(CODE), run_time=0.2)
        beat.wait_until("answer")
        self.play(triangle.highlight(len(FLIPS), FLIPS.count("1")), run_time=QUICK)

    def _sides(self) -> list[Words]:
        """Which way is which."""
        triangle = self.props.triangle
        tails, heads = (Words(text, size=SMALL, color=QUIET) for text in ("tails", "heads"))
        return [
            tails.next_to(triangle.entry(1, 0), LEFT, buff=0.2),
            heads.next_to(triangle.entry(1, 1), RIGHT, buff=0.2),
        ]

    def columns(self, beat: Beat) -> None:
        """Sequences with equally many heads are stacked; the triangle knew how many there are."""
        triangle, columns = self.props.triangle, self.props.columns
        row = triangle.row(SMALL_N)
        self.turn_page(beat.title, row)
        counts = captions([self.facts.shown(f"count_{k}") for k in range(SMALL_N + 1)], 1)
        beat.wait_until("row")
        self.play(*(ReplacementTransform(a, b) for a, b in zip(row, counts, strict=True)), run_time=STEADY)
        self.props.counts = counts
        tiles = sorted((tile for column in columns for tile in column.tiles), key=lambda tile: _word(tile))
        homes = [tile.get_center() for tile in tiles]
        grid = VGroup(*tiles).arrange_in_grid(SMALL_N, buff=(0.3, 0.2)).move_to(0.75 * UP)
        beat.wait_until("tiles")
        self.play(LaggedStart(*(FadeIn(tile) for tile in grid), lag_ratio=0.08), run_time=STEADY)
        beat.wait_until("stack")
        moves = [tile.animate.move_to(home).build() for tile, home in zip(tiles, homes, strict=True)]
        self.play(LaggedStart(*moves, lag_ratio=0.05), run_time=SLOW)
        beat.wait_until("counts")
        self.play(FadeIn(*self.props.heads), *(count.animate.set_color(CODE) for count in counts), run_time=QUICK)
        beat.wait_until("fair")
        each = Words(self.facts.fill("every tile: {fair_weight:frac}"), color=PROBABILITY)
        self._weigh(float(FAIR))
        self.play(FadeIn(each.move_to((-6.3, 2.1, 0), aligned_edge=LEFT)), run_time=STEP)

    def _weigh(self, p: float) -> None:
        """Every tile takes the height of its sequence's probability for a coin with this share of heads."""
        weights = [p**k * (1 - p) ** (SMALL_N - k) for k in range(SMALL_N + 1)]
        pairs = zip(self.props.columns, weights, strict=True)
        self.play(*(Transform(c, c.copy().weigh(w * self._scale)) for c, w in pairs), run_time=STEADY)

    def heavy(self, beat: Beat) -> None:
        """A heavy coin weighs the tiles anew; a column's mass is count times weight."""
        columns = self.props.columns
        self.turn_page(beat.title, *columns, *self.props.heads, *self.props.counts)
        product = self._product(beat, columns[SAMPLE.count("1")])
        beat.wait_until("weights")
        self._weigh(float(P))
        beat.wait_until("mass")
        self._masses(product)
        beat.wait_until("tile")
        heaviest = columns[SMALL_N]
        frame = SurroundingRectangle(heaviest, color=PAPER, stroke_width=BOLD, buff=0.04)
        self.play(Create(frame), run_time=QUICK)
        beat.wait_until("column")
        around = SurroundingRectangle(columns[SMALL_N - 1], color=PAPER, stroke_width=BOLD, buff=0.04)
        self.play(Transform(frame, around), run_time=STEADY)

    def _product(self, beat: Beat, column: BitColumn) -> VGroup:
        """The weight of one sequence, worked out bit by bit; returns what it is made of."""
        tile = CodewordTile(SAMPLE, bit_width=0.78, height=0.62, color=PROBABILITY, ink=GROUND, size=BODY)
        tile.move_to((-6.1, 2.2, 0), aligned_edge=LEFT)
        source = column.tiles[column.sequences.index(SAMPLE)]
        self.play(TransformFromCopy(source, tile), run_time=STEADY)
        one, zero = self.facts.shown("one"), self.facts.shown("zero")
        factors = product_of(tile, {one: self.facts.shown("p", ".1f"), zero: self.facts.shown("p_tails", ".1f")})
        for cue, symbol in (("heads", one), ("tails", zero)):
            beat.wait_until(cue)
            chosen = [factor for factor, bit in zip(factors, SAMPLE, strict=True) if bit == symbol]
            self.play(*(FadeIn(factor, shift=0.2 * DOWN) for factor in chosen), run_time=QUICK)
        weight = Maths(self.facts.fill(f"= {{weight_{SAMPLE.count('1')}:.4f}}"), color=PROBABILITY)
        dots = dots_between(factors)
        weight.next_to(factors[-1], RIGHT, buff=0.2)
        self.play(FadeIn(dots, weight), run_time=STEP)
        return VGroup(tile, *factors, dots, weight)

    def _masses(self, product: VGroup) -> None:
        """Below each column, its count times the weight of one sequence; above, the rule for any n and k."""
        ks = range(SMALL_N + 1)
        times = captions([self.facts.fill(TIMES.replace("_k", f"_{k}")) for k in ks], 1)
        masses = captions([self.facts.fill(f"= {{mass_{k}:.4f}}") for k in ks], 2)
        rule = Maths('P(k "heads") = binom(n, k) p^k (1-p)^(n-k)', size=1.05 * BODY)
        rule.move_to((-6.1, 0.5, 0), aligned_edge=LEFT)
        pairs = zip(self.props.counts, times, strict=True)
        self.play(*(ReplacementTransform(a, b.select("count")) for a, b in pairs), run_time=QUICK)
        self.play(*(FadeIn(product.select("times")) for product in times), run_time=STEP)
        self.play(*(FadeIn(mass.set_color(PROBABILITY)) for mass in masses), run_time=QUICK)
        self.play(FadeIn(rule), run_time=QUICK)

    def crowd(self, beat: Beat) -> None:
        """More flips: thinner bars, and almost all of the mass near p. Simulated coins agree."""
        chart, columns = self.props.chart, self.props.columns
        self.turn_page(beat.title, *columns)
        count = LiveNumber(SMALL_N, ",.0f", size=DISPLAY, edge=RIGHT).anchor_at(5.1 * RIGHT + 2.2 * UP)
        flips = stand_on(Words("flips", color=QUIET).next_to(count, RIGHT, buff=0.2), count.baseline)
        self.play(FadeOut(*columns), FadeIn(chart, count, flips), run_time=QUICK)
        beat.wait_until("ten")
        self.play(crowd_together(chart, count, SMALL_N, STOPS[0], near=False), run_time=STEADY)
        strip = CoinStrip(chart, flip_coins(self.random), self.random.random(COINS))
        beat.wait_until("coins")
        self.play(FadeIn(strip, self._axis_words()), run_time=QUICK)
        table = NearTable(self.facts, strip)
        self.props.stops = table.flips
        beat.wait_until("band")
        self.play(mark_near(chart, STOPS[0]), run_time=QUICK)
        self.play(FadeIn(*table.head), run_time=QUICK)
        for stop, cue in enumerate(("first", "hundred", "thousand", "last")):
            beat.wait_until(cue)
            if stop:
                n, after = STOPS[stop - 1 : stop + 1]
                moves = [crowd_together(chart, count, n, after), keep_flipping(strip, stop - 1)]
                self.play(*moves, run_time=SLOW)
            self.play(FadeIn(table.flips[stop], table.exact[stop], table.simulated[stop]), run_time=QUICK)

    def _axis_words(self) -> VGroup:
        """What the axis and the dots are."""
        share = Words("share of heads", size=SMALL, color=QUIET).move_to(self.props.chart.at(0.35) + 0.34 * DOWN)
        coins = Words(self.facts.fill("{coins:,d} simulated coins"), size=SMALL, color=QUIET)
        return VGroup(share, coins.move_to((-6.4, STRIP_TOP - STRIP_HEIGHT / 2, 0), aligned_edge=LEFT))

    def count(self, beat: Beat) -> None:
        """How many sequences have exactly the coin's share of heads? Almost a full bit a flip."""
        chart, rows, stops = self.props.chart, self.props.rows, self.props.stops
        self.turn_page(beat.title, chart, *stops)
        beat.wait_until("column")
        pointer = Line(chart.at(float(P)), chart.at(float(P), 1.05), color=CODE, stroke_width=BOLD)
        name = Maths("k = p n", color=CODE).next_to(pointer, UP, buff=0.12)
        self.play(Create(pointer), FadeIn(name), run_time=QUICK)
        beat.wait_until("first")
        edge = rows[0].label.get_left()[0] + 0.8
        places = [(edge, row.label.get_y(), 0) for row in rows]
        starts = [stop.animate.move_to(at, aligned_edge=RIGHT) for stop, at in zip(stops, places, strict=True)]
        self.play(FadeOut(chart, pointer, name), *starts, run_time=QUICK)
        scale = rows_scale(self.facts)
        self.play(*rows[0].name_after(stops[0]), run_time=QUICK)
        beat.wait_until("rate")
        self.play(FadeIn(rows[0].bar.frame, scale), run_time=STEP)
        self.play(rows[0].bar.pour(0), FadeIn(rows[0].rate), run_time=STEADY)
        for i, cue in enumerate(("hundred", "thousand", "last"), 1):
            beat.wait_until(cue)
            self.play(*rows[i].name_after(stops[i]), FadeIn(rows[i].bar.frame), run_time=QUICK)
            self.play(rows[i].bar.pour(0), FadeIn(rows[i].rate), run_time=QUICK)
        beat.wait_until("limit")
        line = limit_line(self.facts.number("entropy"))
        self.play(Create(line), run_time=QUICK)
        self.play(FadeIn(Maths("?", size=HEADING).next_to(line, UP, buff=0.12)), run_time=STEP)

    def formula(self, beat: Beat) -> None:
        """Logarithm, Stirling, k = pn: what does not cancel is the formula of entropy."""
        lines = self.props.lines
        self.turn_page(beat.title)
        self.play(FadeIn(lines.count["lhs"]), run_time=QUICK)
        beat.wait_until("count")
        self.play(FadeIn(lines.count.but("lhs")), run_time=QUICK)
        for cue, steps in (
            ("log", lines.take_logarithm()),
            ("stirling", lines.use_rule(0)),
            ("apply", lines.apply_stirling()),
            ("plain", lines.cancel_plain_terms()),
            ("share", lines.use_rule(1)),
            ("put", lines.put_share()),
            ("split", lines.split_logarithms()),
            ("open", lines.open_bracket()),
            ("cancel", lines.cancel_logs_of_n()),
            ("left", lines.keep_what_is_left()),
            ("bits", lines.use_rule(2)),
            ("result", lines.reach_result()),
        ):
            beat.wait_until(cue)
            for step in steps:
                self.play(step)

    def roads(self, beat: Beat) -> None:
        """The bars were climbing to the entropy: counting and averaging meet in one formula."""
        result, rows = self.props.lines.result, self.props.rows
        title = self.turn_page(beat.title, *result.terms.values())
        parts = VGroup(*result.terms.values())
        self.play(parts.animate.scale(0.8).move_to((-6.4, 2.3, 0), aligned_edge=LEFT), run_time=QUICK)
        value = Maths(self.facts.fill("= {entropy:.4f}"), size=HEADING, color=PROBABILITY)
        given = Maths(self.facts.fill("p = {p:.1f}"), color=QUIET)
        VGroup(value, given).arrange(RIGHT, buff=0.6).next_to(parts, RIGHT, buff=0.2)
        beat.wait_until("value")
        self.play(FadeIn(value, given), run_time=QUICK)
        line = limit_line(self.facts.number("entropy"))
        VGroup(*rows, line).scale(0.85).move_to(0.75 * DOWN)
        mark = value.copy()[1:].scale(0.85).next_to(line, UP, buff=0.12)
        beat.wait_until("limit")
        self.play(FadeIn(*rows, line), run_time=QUICK)
        self.play(TransformFromCopy(value[1:], mark), run_time=STEADY)
        self._two_roads(beat, title)
        self._two_messages(beat)

    def _two_roads(self, beat: Beat, title: Words) -> None:
        """Counting on one side, surprise on the other, and the formula that both lead to."""
        terms, roads = self.props.lines.result.terms, Roads(self.facts)
        formula = VGroup(terms["second"], terms["third"])
        beat.wait_until("average")
        self.play(self.others(title, *(terms[name] for name in ("lhs", "second", "third"))), run_time=STEP)
        self.play(
            terms["lhs"].animate.move_to(roads.counting),
            formula.animate.scale(1.25).move_to(roads.meeting),
            run_time=STEADY,
        )
        self.play(FadeIn(roads.names, roads.surprise), run_time=QUICK)
        beat.wait_until("name")
        self.play(FadeIn(roads.value, roads.entropy), run_time=QUICK)
        beat.wait_until("met")
        self.play(Create(roads.arrows[0]), run_time=QUICK)
        self.play(Create(roads.arrows[1]), run_time=QUICK)

    def _two_messages(self, beat: Beat) -> None:
        """One message is known; what does it tell about another?"""
        beat.wait_until("second")
        messages = Messages()
        self.turn_page("What does one message tell about another?")
        self.play(FadeIn(messages.known), run_time=QUICK)
        beat.wait_until("question")
        self.play(FadeIn(messages.unknown), run_time=STEADY)
        self.play(LaggedStart(*(Create(link) for link in messages.links), lag_ratio=0.2), run_time=STEADY)


def _word(tile: CodewordTile) -> str:
    """The bits of a tile."""
    return "".join(bit.text for bit in tile.bits)
