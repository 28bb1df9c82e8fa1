"""One small scene for each shared mobject.

``manim -pql scenes/stage/examples/mosaic_example.py MosaicExample`` shows what the mosaic can do.
"""
