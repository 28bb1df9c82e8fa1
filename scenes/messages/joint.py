"""Joint entropy: what two symbols cost when they are sent as one."""

from __future__ import annotations

from dataclasses import dataclass

from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    AnimationGroup,
    Create,
    FadeIn,
    FadeOut,
    LaggedStart,
    UpdateFromAlphaFunc,
    VGroup,
)

from infotheory import joint_entropy, mixed_joint
from narration.fact import Facts
from scenes.messages.joint_facts import DARTS, LETTERS, ONE_IN, POCKETS, SENT, STRAND, all_facts, paired
from scenes.messages.joint_pictures import (
    DEFINITION,
    RECEIPT_DEPTH,
    ROWS,
    WHEEL_UNIT,
    CoinRow,
    Columns,
    Darts,
    PairedShare,
    PairSheet,
    Receipt,
    TwoStrands,
    beside_grid,
    coin_face,
    coin_sides,
    cost_question,
    counted,
    law,
    letter_grid,
    letter_pair,
    level,
    other_side,
    pairing_rule,
    question_tiles,
    three_channels,
)
from scenes.stage.beat import Beat
from scenes.stage.channel import Channel, plain_channel
from scenes.stage.concept_scene import ConceptScene
from scenes.stage.joint_bars import JointBars
from scenes.stage.joint_grid import JointGrid
from scenes.stage.probability_bar import Pour
from scenes.stage.reading import Reading
from scenes.stage.roulette_wheel import RouletteWheel
from scenes.stage.theme import (
    BODY,
    BOTH,
    DISPLAY,
    HEADING,
    PROBABILITY,
    QUICK,
    SECOND,
    SLOW,
    STEADY,
    STEP,
    WASTE,
)
from scenes.stage.typeset import Maths, Words, heading

QUESTION_PLACE = 1.75 * DOWN
HALF_WAY = 0.5  # of the places, when the narration says that the entropy drops
CHANNEL_REACH = 6.6  # between encoder and decoder, with room for letters on both sides


@dataclass
class Props:
    """What lives longer than a beat: the channel of two beats, and the grid with its bars of three."""

    channel: Channel
    grid: JointGrid
    bars: JointBars
    strands: TwoStrands
    share: PairedShare
    product: VGroup


class Joint(ConceptScene[Props]):
    """Two symbols as one codeword: areas of a grid, and what their entropy does when the symbols know each other."""

    @staticmethod
    def compute_facts() -> Facts:
        """Letters of DNA and their pairs, two wheels, two coins."""
        return all_facts()

    def set_stage(self) -> Props:
        """Channel, grid and bars, each where it will be shown."""
        facts = self.facts
        grid = letter_grid()
        bars = beside_grid(*(facts.number(name) for name in ("h_x", "h_y", "h_strangers")))
        strands = TwoStrands()
        strands.next_to(bars, UP, buff=0.55, aligned_edge=LEFT)
        share = PairedShare(0.0)
        share.next_to(strands, UP, buff=0.3).align_to(strands.x[0], LEFT)
        return Props(plain_channel(width=CHANNEL_REACH).move_to(0.9 * UP), grid, bars, strands, share, VGroup())

    # ---- channels --------------------------------------------------------------------------------

    def channel(self, beat: Beat) -> None:
        """Three ways to send something are one diagram; then two symbols wait to be sent."""
        channels = three_channels(self.facts.fill("you, {years:words} years later"))
        self.play(FadeIn(heading(beat.title)), run_time=STEP)
        for cue, channel in zip(("phone", "cell"), channels, strict=False):
            beat.wait_until(cue)
            self.play(FadeIn(VGroup(channel.encoder, channel.names[0])), run_time=STEP)
        code = self.facts.shown("codeword", "bits")
        for cue, channel, text in zip(("air", "copy", "disk"), channels, (code, STRAND[:4], code), strict=True):
            beat.wait_until(cue)
            early = () if cue == "disk" else (channel.encoder, channel.names[0])
            rest = [part for part in (*channel.stations, *channel.names, channel.wires) if part not in early]
            self.play(FadeIn(*rest), run_time=QUICK)
            self.play(channel.carry(Reading([text], bit_width=0.3)), run_time=SLOW)
        beat.wait_until("roles")
        self._abstract(channels)
        beat.wait_until("two")
        self.play(FadeIn(self._two_tiles("X", "Y"), shift=0.2 * RIGHT), run_time=QUICK)
        beat.wait_until("ask")
        self.play(FadeIn(cost_question().move_to(QUESTION_PLACE)), run_time=QUICK)

    def _abstract(self, channels: tuple[Channel, ...]) -> None:
        """What the three have in common: their stations become one encoder, one channel and one decoder."""
        plain = self.props.channel
        moves = []
        for channel in channels:
            for station, role in zip(channel.stations, plain.stations, strict=True):
                moves.append(FadeOut(station, target_position=role.get_center(), scale=0.6))
        gone = AnimationGroup(FadeOut(*(VGroup(*c.names, c.wires) for c in channels)), *moves)
        self.play(AnimationGroup(gone, FadeIn(plain), lag_ratio=0.4), run_time=SLOW)

    def _two_tiles(self, x: str, y: str) -> VGroup:
        """The letters that wait in front of the encoder."""
        return letter_pair(x, y).arrange(DOWN, buff=0.08).next_to(self.props.channel.entrance, LEFT, buff=0.3)

    # ---- the grid --------------------------------------------------------------------------------

    def pair(self, beat: Beat) -> None:
        """A pair is one codeword; all pairs are cells whose areas are their probabilities."""
        props = self.props
        self.turn_page(beat.title, props.channel)
        beat.wait_until("letters")
        self._send_pair(beat)
        self.play(self.others(*self._titles()), run_time=STEP)
        self._cut_square(beat)
        beat.wait_until("area")
        self._show_area(beat)
        grid, bars = props.grid, props.bars
        beat.wait_until("joint")
        self.play(Pour(bars.both), run_time=STEADY)
        self.play(FadeIn(bars.sum), run_time=STEP)
        beat.wait_until("formula")
        definition = Maths(DEFINITION, size=HEADING).next_to(bars, UP, buff=0.75, aligned_edge=LEFT)
        definition.select("both").set_color(BOTH)
        self.play(FadeOut(props.product), FadeIn(definition), run_time=QUICK)
        self.play(grid.animate.highlight(), run_time=STEP)

    def _cut_square(self, beat: Beat) -> None:
        """X cuts the square into columns, Y cuts them into cells; each has its bar."""
        grid, bars, square = self.props.grid, self.props.bars, Columns(self.props.grid)
        beat.wait_until("columns")
        self.play(FadeIn(*grid.x_margin, grid.x_name), run_time=QUICK)
        self.play(LaggedStart(*(FadeIn(column) for column in square.columns), lag_ratio=0.4), run_time=STEADY)
        beat.wait_until("h_x")
        self.play(Pour(bars.x), run_time=STEADY)
        beat.wait_until("rows")
        self.play(FadeIn(*grid.y_margin, grid.y_name), run_time=QUICK)
        cuts = LaggedStart(*(Create(cut) for cut in square.cuts), lag_ratio=0.4)
        self.play(cuts, run_time=STEADY)
        beat.wait_until("h_y")
        self.play(Pour(bars.y), run_time=STEADY)
        beat.wait_until("cells")
        self.play(FadeIn(*grid.cells), run_time=STEADY)
        self.remove(square, *square.columns, *square.cuts)
        self.add(grid)

    def _send_pair(self, beat: Beat) -> None:
        """Two letters go in, one codeword travels, two letters come out."""
        channel, letters = self.props.channel, [LETTERS[i] for i in SENT]
        tiles = self._two_tiles(*letters)
        self.play(FadeIn(tiles, shift=0.2 * RIGHT), run_time=QUICK)
        beat.wait_until("send")
        word = Reading([self.facts.shown("codeword")], bit_width=0.36, height=0.5, size=BODY)
        self.play(tiles.animate.scale(0.3).move_to(channel.encoder).set_opacity(0), run_time=QUICK)
        self.remove(tiles)
        self.play(channel.carry(word), run_time=SLOW)
        received = self._two_tiles(*letters).next_to(channel.exit, RIGHT, buff=0.3)
        self.play(FadeIn(received, shift=0.3 * RIGHT), run_time=QUICK)

    def _show_area(self, beat: Beat) -> None:
        """One cell: its width times its height."""
        grid, facts = self.props.grid, self.facts
        self.play(grid.animate.highlight(SENT), run_time=QUICK)
        area = Maths(facts.fill("p(x, y) = {p_sent:.2f}"), size=HEADING)
        product = Maths(facts.fill("= {{ {p_first:.1f} : width }} times {{ {p_second:.1f} : height }}"), size=HEADING)
        product.select("width").set_color(PROBABILITY)
        product.select("height").set_color(SECOND)
        VGroup(area, product).arrange(RIGHT, buff=0.15).next_to(self.props.bars, UP, buff=1.0, aligned_edge=LEFT)
        self.props.product.add(area, product)
        self.play(FadeIn(area), run_time=QUICK)
        beat.wait_until("strangers")
        self.play(FadeIn(product, shift=0.1 * RIGHT), run_time=QUICK)

    # ---- from strangers to partners --------------------------------------------------------------

    def slide(self, beat: Beat) -> None:
        """The margins stand still while the cells go from strangers to partners, and the joint entropy drops."""
        props = self.props
        grid, bars, strands = props.grid, props.bars, props.strands
        self.turn_page(beat.title, grid, bars)
        beat.wait_until("strands")
        for row, name in zip((strands.x, strands.y), strands.names, strict=True):
            self.play(LaggedStart(*(FadeIn(tile) for tile in row), lag_ratio=0.1), FadeIn(name), run_time=QUICK)
        beat.wait_until("rule")
        rule = pairing_rule().next_to(strands, UP, buff=0.3).align_to(strands.x[0], LEFT)
        self.play(FadeIn(rule), run_time=QUICK)
        beat.wait_until("go")
        self.add(strands, bars)
        self.play(FadeOut(rule), FadeIn(props.share), run_time=STEP)
        self._pair_up(0.0, HALF_WAY, beat.until("drop"))
        beat.wait_until("drop")
        self._pair_up(HALF_WAY, 1.0, beat.until("end"))
        beat.wait_until("free")
        self.play(Create(level(bars, self.facts.number("h_partners"), above=ROWS)), run_time=STEADY)

    def _pair_up(self, start: float, end: float, run_time: float) -> None:
        """Let the share of paired places run, and everything that depends on it."""
        props = self.props

        def follow(progress: float) -> None:
            share = (1 - progress) * start + progress * end
            h_x, h_y, _ = props.bars.entropies
            props.bars.set_entropies(h_x, h_y, joint_entropy(props.grid.joint))
            props.strands.pair_up(share)
            props.share.set_share(share)

        path = props.grid.slide(
            lambda progress: paired((1 - progress) * start + progress * end),
            follow,
            followers=[props.bars, props.strands, props.share],
            run_time=run_time,
        )
        self.play(path)

    def darts(self, beat: Beat) -> None:
        """Darts hit pairs as often as they are likely; what they pay on average is the joint entropy."""
        props = self.props
        self.turn_page(beat.title, props.grid, props.bars, props.strands, props.share)
        beat.wait_until("errors")
        self._pair_up(1.0, 1 - 1 / ONE_IN, STEADY)
        beat.wait_until("throw")
        self.play(*(cell.label.animate.set_opacity(0) for cell in props.grid.cells), run_time=STEP)
        across, up = self.random.random((2, DARTS))
        darts = Darts(props.grid, across, up)
        receipt = Receipt(props.bars, darts)
        self.play(FadeIn(receipt), run_time=STEP)
        self.add(darts)
        throw = UpdateFromAlphaFunc(VGroup(darts, receipt), lambda _, progress: receipt.set_progress(progress))
        self.play(throw, run_time=beat.until("settle"))
        beat.wait_until("line")
        line = level(props.bars, self.facts.number("h_errors"), below=RECEIPT_DEPTH)
        self.play(Create(line), run_time=QUICK)
        beat.wait_until("between")
        ends = [level(props.bars, self.facts.number(name), above=ROWS) for name in ("h_x", "h_strangers")]
        self.play(FadeIn(*ends), run_time=QUICK)

    # ---- when entropies add ----------------------------------------------------------------------

    def wheels(self, beat: Beat) -> None:
        """Two wheels that know nothing of each other: their pairs are all alike, and nothing is saved."""
        facts = self.facts
        self.turn_page(beat.title)
        wheels = [RouletteWheel(radius=1.4, hub=0.65, colors=color) for color in (PROBABILITY, SECOND)]
        sheet = PairSheet(2.8)
        VGroup(*wheels, sheet).arrange(RIGHT, buff=1.3).move_to(1.25 * UP)
        beat.wait_until("wheels")
        for wheel, name, color in zip(wheels, "XY", (PROBABILITY, SECOND), strict=True):
            count = counted(facts.fill("{pockets:d} pockets"), wheel)
            self.play(FadeIn(wheel, count, Maths(name, color=color).move_to(wheel.middle)), run_time=QUICK)
        beat.wait_until("grid")
        self.play(
            FadeIn(sheet.area, sheet.lines, counted(facts.fill("{wheel_pairs:,d} pairs"), sheet.area)), run_time=QUICK
        )
        self.add(sheet.cross)
        for i, j in self.random.integers(0, POCKETS, (3, 2)).tolist():
            self.play(
                wheels[0].animate.highlight(wheels[0].order[i]),
                wheels[1].animate.highlight(wheels[1].order[j]),
                sheet.animate.point_at(i, j),
                run_time=QUICK,
            )
        each, both = facts.number("h_wheel"), facts.number("h_wheels")
        bars = JointBars(each, each, both, unit=WHEEL_UNIT, spec=".4f", total_spec=".3f").move_to(1.6 * DOWN)
        beat.wait_until("parts")
        self.play(*(wheel.animate.highlight() for wheel in wheels), FadeOut(sheet.cross), run_time=STEP)
        for part in (bars.x, bars.y):
            self.play(Pour(part), run_time=QUICK)
        beat.wait_until("sum")
        self.play(FadeIn(bars.sum), run_time=STEP)
        self.play(Pour(bars.both), run_time=STEADY)

    def myth(self, beat: Beat) -> None:
        """Two coins cost two bits, the two sides of one coin only one."""
        facts = self.facts
        self.turn_page(beat.title)
        each = (facts.number("h_coin"), facts.number("h_coin"))
        coins = CoinRow(VGroup(coin_face("H"), coin_face("T")).arrange(DOWN, buff=0.2), -3.4, each)
        sides = CoinRow(coin_sides(), 3.4, each)
        claim = law("=").set_color(WASTE).move_to(2.4 * DOWN)
        self.play(FadeIn(claim), run_time=QUICK)
        beat.wait_until("coins")
        self.play(FadeIn(coins.icon), run_time=STEP)
        self.play(FadeIn(coins.grid, coins.bars), run_time=QUICK)
        beat.wait_until("sides")
        self.play(FadeIn(sides.icon), run_time=STEP)
        self.play(FadeIn(sides.grid, sides.bars), run_time=QUICK)
        beat.wait_until("one")
        strangers, partners = sides.grid.joint, other_side()
        fall = sides.grid.slide(
            lambda share: mixed_joint(strangers, partners, share),
            lambda _: sides.bars.set_entropies(*each, joint_entropy(sides.grid.joint)),
            followers=[sides.bars],
        )
        self.play(fall)
        beat.wait_until("verdict")
        truth = law("<=").move_to(claim)
        self.play(FadeOut(claim, shift=0.2 * UP), FadeIn(truth, shift=0.2 * UP), run_time=QUICK)

    # ---- the next question -----------------------------------------------------------------------

    def next(self, beat: Beat) -> None:
        """The law, what is saved, and a Q that has come."""
        facts = self.facts
        self.turn_page(beat.title)
        h_x, h_y, h_xy = (facts.number(name) for name in ("h_x", "h_y", "h_errors"))
        bars = JointBars(h_x, h_y, h_xy, unit=2.6, thickness=0.72).move_to(1.5 * UP)
        rule = law("<=", size=DISPLAY).next_to(bars, DOWN, buff=0.6)
        self.play(FadeIn(bars.x, bars.y, bars.sum, bars.both), run_time=QUICK)
        beat.wait_until("law")
        self.play(FadeIn(rule, shift=0.1 * UP), run_time=QUICK)
        beat.wait_until("gap")
        self.play(FadeIn(bars.gap), run_time=STEADY)
        beat.wait_until("letter")
        known, awaited, worth = question_tiles().next_to(rule, DOWN, buff=0.5)
        self.play(FadeIn(known), run_time=QUICK)
        beat.wait_until("question")
        self.play(FadeIn(awaited), run_time=QUICK)
        self.play(FadeIn(worth), run_time=QUICK)

    def _titles(self) -> list[Words]:
        """The heading on the stage."""
        return [mobject for mobject in self.mobjects if isinstance(mobject, Words) and mobject.get_top()[1] > 3]
