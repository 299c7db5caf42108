"""How the notebooks show things: sentences, tables and charts of one style.

Tables are Markdown, so that they read well on every page and in a diff. Charts are pictures with a
description for those who cannot see them; colours are told apart by colour-blind readers and in grey.
"""

import io
import re
import textwrap

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
from IPython.display import Image, Markdown, display
from PIL import Image as Picture

from shares import SMALL, Difference, Share

INK, GREY, PALE = "#222222", "#6b6b6b", "#d9d9d9"
BLUE, ORANGE, GREEN, SKY = "#0072b2", "#d55e00", "#009e73", "#8cc5e8"
WIDTH = 8.6  # inches of every chart

plt.rcParams.update({
    "font.family": "DejaVu Sans", "font.size": 9.5, "text.color": INK,
    "axes.edgecolor": PALE, "axes.labelcolor": GREY, "axes.labelsize": 9,
    "axes.spines.top": False, "axes.spines.right": False, "axes.spines.left": False,
    "axes.titlesize": 10, "axes.titlelocation": "left", "axes.titlecolor": INK,
    "xtick.color": GREY, "ytick.color": INK, "xtick.labelcolor": GREY,
    "xtick.major.size": 0, "ytick.major.size": 0,
    "axes.axisbelow": True, "grid.color": PALE, "grid.linewidth": 0.8,
})


def say(*paragraphs: str) -> None:
    """Sentences made of numbers that were just computed."""
    display(Markdown("\n\n".join(paragraphs)))


def points(*sentences: str) -> None:
    """The same as a list."""
    display(Markdown("\n".join(f"- {sentence}" for sentence in sentences)))


def plain(text: str) -> str:
    """Text in which no character is Markdown or HTML."""
    return re.sub(r"([\\`*_|<>$\[\]])", r"\\\1", " ".join(text.split()))


def wrapped(text: str, width: int) -> str:
    """Text on as many lines as it needs."""
    return "\n".join(textwrap.wrap(text, width, break_long_words=False))


def heat(axes, grid: list[list[tuple[float, str]]], rows: list[str], columns: list[str], most: float) -> None:
    """Cells of a shade, up to `most`, with a text each; names to the left and above."""
    axes.imshow([[min(value, most) for value, _ in line] for line in grid], cmap="Blues", vmin=0, vmax=most * 1.15, aspect="auto")
    for y, line in enumerate(grid):
        for x, (value, text) in enumerate(line):
            axes.text(x, y, text, ha="center", va="center", color="white" if value > 0.62 * most else INK, fontsize=9)
    axes.set_yticks(range(len(rows)), rows)
    axes.set_xticks(range(len(columns)), columns, color=INK, fontsize=8.5)
    axes.xaxis.tick_top()
    axes.spines[:].set_visible(False)
    axes.set_xticks([x - 0.5 for x in range(1, len(columns))], minor=True)
    axes.set_yticks([y - 0.5 for y in range(1, len(rows))], minor=True)
    axes.grid(which="minor", color="white", linewidth=2)
    axes.tick_params(which="minor", length=0)


def cell(value) -> str:
    """A value as it stands in a table."""
    if value is None:
        return ""
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, float):
        return f"{value:.1f}"
    return str(value) if isinstance(value, Link) else plain(str(value))


class Link(str):
    """A cell that is Markdown already."""

    @classmethod
    def to(cls, text: str, address: str | None) -> "Link":
        return cls(f"[{plain(text)}]({address})" if address else plain(text))


def table(rows: list[dict], note: str = "") -> None:
    """Rows as a table: numbers to the right, a note below, small numbers explained."""
    if not rows:
        say("*None.*")
        return
    heads = list(rows[0])
    right = {head for head in heads if all(isinstance(row[head], int | float | Share | Difference | Money | None) for row in rows)}
    lines = [heads, ["---:" if head in right else ":---" for head in heads]]
    lines += [[cell(row[head]) for head in heads] for row in rows]
    text = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    if "\\* |" in text:
        note = f"{note} \\* of fewer than {SMALL} cases: too few to rely on.".strip()
    display(Markdown(f"{text}\n\n{note}".strip()))


class Money(int):
    """Pounds sterling."""

    def __format__(self, spec: str) -> str:
        return str(self)

    def __str__(self) -> str:
        return f"£{int.__format__(self, ',')}"


def chart(height: float, columns: int = 1, rows: int = 1, **options):
    """A figure and its axes."""
    return plt.subplots(rows, columns, figsize=(WIDTH, height), layout="constrained", **options)


def show(figure, description: str, caption: str) -> None:
    """The chart with its description and, below, its caption."""
    drawn, small = io.BytesIO(), io.BytesIO()
    figure.savefig(drawn, format="png", dpi=150)
    plt.close(figure)
    picture = Picture.open(drawn).convert("RGB").quantize(96, dither=Picture.Dither.NONE)
    picture.save(small, format="png", optimize=True)
    display(Image(small.getvalue(), format="png", alt=description))
    say(f"*{caption}*")


def intervals(axes, shares: list[Share], places: list[float], colour: str, marker: str = "o", hollow: bool = False) -> None:
    """Shares as points with their intervals, across the chart, in per cent; small ones are pale."""
    for share, place in zip(shares, places):
        if not share.whole:
            continue
        low, high = share.interval
        axes.plot([100 * low, 100 * high], [place, place], color=colour, linewidth=1.6, alpha=0.45 if share.small else 0.9,
                  solid_capstyle="butt", zorder=2)
        axes.plot(100 * share.value, place, marker, color=colour, markersize=6.5, markeredgewidth=1.5,
                  markerfacecolor="white" if hollow else colour, zorder=3)


def percent_axis(axes, label: str) -> None:
    """From 0 to 100 % with light lines."""
    axes.set(xlim=(-1.5, 101.5), xlabel=label, xticks=range(0, 101, 25), xticklabels=[f"{x} %" for x in range(0, 101, 25)])
    axes.grid(axis="x")
