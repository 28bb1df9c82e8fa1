"""Small scenes with everything that changes a picture, for comparing what draws them."""

from __future__ import annotations

from manim import (
    BLUE,
    DOWN,
    LEFT,
    PI,
    RED,
    RIGHT,
    UP,
    YELLOW,
    Circle,
    Create,
    Dot,
    FadeIn,
    FadeOut,
    Group,
    LineJointType,
    MovingCamera,
    MovingCameraScene,
    PointCloudDot,
    Rotate,
    Scene,
    Square,
    Star,
    Transform,
    ValueTracker,
    VGroup,
    always_redraw,
)


class Opacity(Scene):
    """Half-transparent shapes over each other, one of them fading."""

    def construct(self) -> None:
        """Fade one between two others."""
        below, above = Square(fill_opacity=0.5, color=BLUE), Circle(fill_opacity=0.5, color=RED).shift(RIGHT)
        self.add(below, above)
        self.wait(0.2)
        self.play(below.animate.set_opacity(0.1), run_time=0.3)
        self.play(FadeOut(below), FadeIn(Dot(color=YELLOW)), run_time=0.3)
        self.wait(0.2)


class DrawingOrder(Scene):
    """Shapes that pass in front of each other and behind."""

    def construct(self) -> None:
        """Change the order by z-index, by adding again, and by foreground."""
        shapes = [Square(fill_opacity=1, color=c).shift(0.4 * i * RIGHT) for i, c in enumerate((RED, BLUE, YELLOW))]
        self.add(*shapes)
        self.play(shapes[0].animate.shift(0.3 * UP), run_time=0.2)
        shapes[0].set_z_index(3)
        self.play(shapes[1].animate.shift(0.3 * DOWN), run_time=0.2)
        self.bring_to_front(shapes[1])
        self.wait(0.2)
        self.add_foreground_mobjects(shapes[2])
        self.play(Rotate(shapes[0]), run_time=0.2)


class Updaters(Scene):
    """A mobject that follows another, one that is made anew in every frame, and a wait in which both move."""

    def construct(self) -> None:
        """Move what they follow."""
        place = ValueTracker(-2)
        dot = Dot().add_updater(lambda mobject: mobject.set_x(place.get_value()))
        ring = always_redraw(lambda: Circle(radius=0.2 + abs(place.get_value()) / 4).next_to(dot, UP))
        still = Star(fill_opacity=1).shift(2 * LEFT)
        self.add(still, dot, ring)
        self.play(place.animate.set_value(2), run_time=0.4)
        dot.clear_updaters().add_updater(lambda mobject, dt: mobject.shift(dt * UP))
        self.wait(0.3)


class Shapes(Scene):
    """Gradients, thick strokes behind and before, sharp corners, several subpaths, nothing, leaving the frame."""

    def construct(self) -> None:
        """Transform one into the other."""
        star = Star(n=9, outer_radius=2, inner_radius=0.2, joint_type=LineJointType.MITER, stroke_width=20)
        star.set_color_by_gradient(RED, YELLOW)
        star.set_stroke(BLUE, 12, background=True)
        rings = VGroup(*(Circle(radius=r / 2, stroke_width=2) for r in range(1, 6)))
        self.play(Create(star), run_time=0.3)
        self.play(
            Transform(star, Circle().scale(3).set_color_by_gradient(BLUE, RED).set_fill(opacity=0.8)),
            FadeIn(rings),
            run_time=0.4,
        )
        self.add(VGroup(), Dot(radius=0))
        self.play(rings.animate.shift(8 * RIGHT), Rotate(star, PI / 3), run_time=0.4)
        self.remove(star)
        self.wait(0.2)


class Ground(Scene):
    """The ground changes its colour."""

    def construct(self) -> None:
        """Twice, with a shape that stays."""
        self.add(Square())
        self.wait(0.2)
        self.renderer.camera.background_color = BLUE  # type: ignore[union-attr]
        self.play(FadeIn(Circle()), run_time=0.2)
        self.renderer.camera.background_color = RED  # type: ignore[union-attr]
        self.wait(0.2)


class Camera(MovingCameraScene):
    """A camera that moves and zooms, and then rests."""

    def construct(self) -> None:
        """Follow a shape."""
        self.add(*(Square(side_length=0.5).shift(x * RIGHT) for x in range(-5, 6)))
        self.play(self.camera.frame.animate.scale(0.5).shift(2 * RIGHT), run_time=0.3)  # type: ignore[union-attr]
        self.wait(0.2)
        self.play(FadeIn(Circle(fill_opacity=0.5)), run_time=0.2)


class Clouds(Scene):
    """A point cloud, still and moving, below and above shapes: something that only Manim draws.

    Images are of the kind, too, but Manim 0.22 cannot draw them with Pillow 12.
    """

    def construct(self) -> None:
        """Move it and what lies over it."""
        cloud, square = PointCloudDot(radius=1, color=YELLOW), Square(fill_opacity=0.5, color=RED)
        self.add(Group(cloud, square))
        self.wait(0.2)
        self.play(square.animate.shift(RIGHT), run_time=0.3)
        self.play(cloud.animate.shift(UP), FadeIn(Dot()), run_time=0.3)
        self.remove(cloud)
        self.play(square.animate.shift(LEFT), run_time=0.3)
        self.wait(0.2)


SCENES = (Opacity, DrawingOrder, Updaters, Shapes, Ground, Camera, Clouds)
CAMERAS: dict[type[Scene], type[MovingCamera]] = {Camera: MovingCamera}
