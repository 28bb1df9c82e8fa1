"""The report of a benchmark: a table, a plot, and the numbers as JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw

from film.storyboard import font
from scenes.stage.theme import THEME

WIDTH, LINE, LEFT, MARGIN = 1200, 44, 430, 24


def write_report(results: dict[str, Any], folder: Path) -> None:
    """Write benchmark.md, benchmark.json and pictures/benchmark.png to *folder*."""
    (folder / "pictures").mkdir(parents=True, exist_ok=True)
    (folder / "benchmark.json").write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    (folder / "benchmark.md").write_text(_page(results), encoding="utf-8")
    _plot(results).save(folder / "pictures" / "benchmark.png", optimize=True)


def _page(results: dict[str, Any]) -> str:
    machine = results["machine"]
    lines = [
        "# Rendering, measured",
        "",
        f"{machine['system']}, {machine['cores']} cores, Python {machine['python']}. Medians of our runs"
        f" ({results['times']} of each) and of Manim's ({results['manim_times']} of each film)."
        " Written by `make bench`.",
        "",
        "![ours against Manim's](pictures/benchmark.png)",
        "",
        "| what | seconds | Manim | wall | CPU | CPU, Manim | CPU | MB | MB, Manim |",
        "|---|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for row in results["rows"]:
        ours, manim = row["ours"], row["manim"]
        cells = [row["what"], f"{ours['wall']:.2f}"]
        if manim:
            cells += [f"{manim['wall']:.1f}", f"{ours['wall'] / manim['wall']:.3f}", f"{ours['cpu']:.1f}"]
            cells += [f"{manim['cpu']:.1f}", f"{ours['cpu'] / manim['cpu']:.3f}", f"{ours['memory']:.0f}"]
            cells += [f"{manim['memory']:.0f}"]
        else:
            cells += ["", "", f"{ours['cpu']:.1f}", "", "", f"{ours['memory']:.0f}", ""]
        lines.append("| " + " | ".join(cells) + " |")
    lines += ["", "The wall and CPU columns after Manim's are ratios: ours divided by Manim's.", ""]
    for row in results["rows"]:
        if row["notes"]:
            told = ", ".join(f"{name} {value:.4g}" for name, value in row["notes"].items())
            lines.append(f"- {row['what']}: {told}")
    return "\n".join(lines) + "\n"


def _plot(results: dict[str, Any]) -> Image.Image:
    """A bar for each row that has a counterpart: our share of Manim's time, of a frame that stands for all of it."""
    rows = [row for row in results["rows"] if row["manim"]]
    sheet = Image.new("RGB", (WIDTH, LINE * len(rows) + 2 * MARGIN), THEME.ground)
    draw = ImageDraw.Draw(sheet)
    full = WIDTH - LEFT - MARGIN - 90
    for number, row in enumerate(rows):
        top, share = MARGIN + LINE * number, row["ours"]["wall"] / row["manim"]["wall"]
        draw.text((MARGIN, top + 8), row["what"], THEME.paper, font("Regular", 18))
        draw.rectangle((LEFT, top + 8, LEFT + full, top + 30), THEME.panel)
        draw.rectangle((LEFT, top + 8, LEFT + max(2, round(full * min(1, share))), top + 30), THEME.code)
        draw.text((LEFT + full + 12, top + 8), f"{100 * share:.1f} %", THEME.paper, font("SemiBold", 18))
    return sheet
