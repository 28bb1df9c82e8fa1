"""A film watched while it is written: a save is checked, and its beat drawn again, in about a second."""
