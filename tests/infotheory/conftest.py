"""Property tests do not depend on the speed of the machine, and try the same examples every time."""

from hypothesis import settings

settings.register_profile("infotheory", deadline=None, derandomize=True, database=None, max_examples=60)
settings.load_profile("infotheory")
