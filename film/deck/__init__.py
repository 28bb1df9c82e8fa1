"""Films as slides for a talk: PowerPoint, a page that runs offline, a handout."""
