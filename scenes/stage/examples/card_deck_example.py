"""A deck of cards and its verbs: piles, a colour alone, the number's margin, one rectangle cut two ways."""

from __future__ import annotations

from manim import Create, FadeIn, FadeOut, ReplacementTransform

from scenes.messages.deck import deck_joint, independent_joint
from scenes.stage.card_deck import BESIDE_DECK, CardDeck
from scenes.stage.examples.stage_example import StageExample
from scenes.stage.playing_card import BLACK, RED, PlayingCard


class CardDeckExample(StageExample):
    """The deck at home, known by colour, by number, cut both ways, against independence; then one card is drawn."""

    def construct(self) -> None:
        """Show every verb once."""
        deck = CardDeck(deck_joint())
        self.play(FadeIn(deck))
        for colour in (BLACK, RED):
            self.play(deck.animate.highlight(*deck.row(colour)))
            self.play(deck.animate.given_colour(colour))
            self.play(deck.animate.pile_up().highlight())
        self.play(deck.animate.stack())
        self.play(deck.animate.cut_by_number())
        self.play(deck.animate.highlight(*deck.column(3)))
        self.play(deck.animate.cut_by_colour().highlight())
        self.play(deck.animate.pile_up())
        shadow = deck.shadow(independent_joint())
        self.play(Create(shadow))
        self.play(deck.reweigh(independent_joint()))
        self.play(deck.reweigh(deck_joint()), FadeOut(shadow))
        card = PlayingCard(BLACK, 3).move_to((sum(BESIDE_DECK) / 2, 0, 0))
        self.play(deck.animate.highlight(*deck.column(3)))
        self.play(ReplacementTransform(deck.card(BLACK, 3), card))
        self.wait()
