"""Dots fall on a circle."""

from __future__ import annotations

import numpy as np

from scenes.stage.dot_cloud import DotCloud
from scenes.stage.examples.stage_example import StageExample


class DotCloudExample(StageExample):
    """Three hundred dots, one after the other."""

    def construct(self) -> None:
        """Throw them by a seeded generator."""
        turns = np.random.default_rng(1).uniform(0, 2 * np.pi, 300)
        cloud = DotCloud(2.2 * np.stack([np.cos(turns), np.sin(turns), 0 * turns], axis=1))
        self.play(cloud.fall())
        self.wait()
