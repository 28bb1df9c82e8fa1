"""Measurements of rendering, against Manim's own on the same machine; `make bench` runs them."""
