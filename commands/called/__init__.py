"""A module a command, named as the command is: its ``command`` is what ``render.py`` runs."""
