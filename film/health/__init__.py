"""What a machine must have, and has: the checks of ``render.py doctor``. Nothing here needs Manim to be importable."""
