"""Clips that a speaker takes into a talk: beats in the format that a slide, a page or an editor wants."""
