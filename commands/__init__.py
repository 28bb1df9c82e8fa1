"""The commands of ``render.py``, a module each: what a command is called, takes and says; the work is in ``film``."""
