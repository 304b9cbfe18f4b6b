"""Time against length as a drawing: dots with their seconds, and a straight line to the longest.

Writes SVG by hand, so that no measure needs a library for it. What is measured, and where the
drawing goes, is the measures' business.
"""

from collections.abc import Sequence

HEIGHT = 300


def panel(rows: Sequence[tuple[float, float]], what: str, left: int = 0) -> str:
    """One drawing of (length, seconds), 600 wide and `HEIGHT` high, beginning at `left`.

    `what` says what the length is counted in. The broken line is what a strictly linear growth from
    nothing to the longest would be.
    """
    most, longest = max(w for w, _ in rows), max(s for _, s in rows)
    x, right, high = left + 60, left + 560, 220 * max(rows)[1] / longest
    dots = "".join(
        f'<circle cx="{x + 500 * w / most:.1f}" cy="{260 - 220 * s / longest:.1f}" r="4"/>'
        f'<text x="{x - 8 + 500 * w / most:.1f}" y="{248 - 220 * s / longest:.1f}"'
        f' text-anchor="end">{s:.1f} s</text>'
        for w, s in sorted(rows)
    )
    return (
        f'<path d="M{x} 260H{left + 570}M{x} 260V30" stroke="#888" fill="none"/>'
        f'<path d="M{x} 260L{right} {260 - high:.1f}" stroke="#bbb" stroke-dasharray="4"/>'
        f'{dots}<text x="{right}" y="280" text-anchor="end">{most:,} {what}</text>'
        f'<text x="{x}" y="280">0</text>'
    )


def drawing(*panels: str) -> str:
    """The SVG file of panels that stand side by side."""
    width = 600 * len(panels)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {HEIGHT}"'
        f' font-family="sans-serif"'
        f' font-size="11"><rect width="{width}" height="{HEIGHT}"'
        f' fill="#fff"/>{"".join(panels)}</svg>\n'
    )
