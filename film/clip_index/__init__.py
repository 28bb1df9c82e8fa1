"""The index of clips: a page with every beat of the series, and the command that makes it a clip."""
