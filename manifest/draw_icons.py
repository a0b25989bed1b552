"""Draws the two icons of the app package: a speech bubble that holds a shield with a tick.

After a change of the drawing: `python -m manifest.draw_icons`, and look at both.
"""

import struct
import zlib
from itertools import pairwise
from pathlib import Path
from typing import Final

_Point = tuple[float, float]  # in units of the icon's side, y downwards
_Shape = tuple[_Point, ...]  # closed
_Colour = tuple[int, int, int]

COLOUR_SIDE: Final = 192  # Teams' sizes; the mark keeps to the middle of the square
OUTLINE_SIDE: Final = 32

_WHITE: Final = (255, 255, 255)
_TEAL: Final = (0x17, 0x61, 0x6A)  # also the manifest's accentColor
_TEAL_ABOVE: Final = (0x24, 0x82, 0x8A)
_TEAL_BELOW: Final = (0x12, 0x4C, 0x56)
_LINES_A_ROW: Final = 16  # a pixel row is the mean of so many lines, each covered exactly


def draw_colour() -> bytes:
    """Draw the 192 x 192 icon: white on a teal ground that fills the square."""
    canvas = _Canvas(COLOUR_SIDE)
    canvas.shade(_TEAL_ABOVE, _TEAL_BELOW)
    canvas.fill((_bubble(0.18, 0.18, 0.82, 0.70, corner=0.14, drop=0.14),), _WHITE)
    canvas.fill((_shield(0.5, 0.44, 0.2),), _TEAL)
    canvas.fill((_tick(0.485, 0.44, 0.22, 0.05),), _WHITE)
    return canvas.png()


def draw_outline() -> bytes:
    """Draw the 32 x 32 icon: white lines on nothing, as the app bar wants it."""
    canvas = _Canvas(OUTLINE_SIDE)
    px = 1 / OUTLINE_SIDE
    outside = _bubble(2 * px, 2 * px, 30 * px, 25 * px, corner=6 * px, drop=5 * px)
    inside = _bubble(4 * px, 4 * px, 28 * px, 23 * px, corner=4 * px, drop=3 * px)
    canvas.fill((outside, inside), _WHITE)
    canvas.fill((_shield(0.5, 13.5 * px, 7.5 * px), _tick(0.5, 13.5 * px, 7.5 * px, 1.6 * px)), _WHITE)
    return canvas.png()


def _bubble(left: float, top: float, right: float, bottom: float, *, corner: float, drop: float) -> _Shape:
    """Trace a rounded box with a tail that drops from the left of its lower edge."""
    bend = corner * 0.4477  # a quarter circle as a cubic curve
    root = left + corner
    return (
        *_curve((left, top + corner), (left, top + bend), (left + bend, top), (left + corner, top)),
        *_curve((right - corner, top), (right - bend, top), (right, top + bend), (right, top + corner)),
        *_curve((right, bottom - corner), (right, bottom - bend), (right - bend, bottom), (right - corner, bottom)),
        (root + 1.35 * drop, bottom),
        (root, bottom + drop),
        (root, bottom),
        *_curve((left + corner, bottom), (left + bend, bottom), (left, bottom - bend), (left, bottom - corner)),
    )


def _shield(x: float, y: float, half: float) -> _Shape:
    """Trace a shield of height 2 x half about (x, y): a peak above, full cheeks, a point below."""
    right = (
        *_curve((0, -1), (0.22, -0.84), (0.5, -0.76), (0.84, -0.74)),
        *_curve((0.84, -0.74), (0.92, 0.05), (0.66, 0.66), (0, 1)),
    )
    left = tuple((-px, py) for px, py in reversed(right))
    return tuple((x + half * px, y + half * py) for px, py in (*right, *left))


def _tick(x: float, y: float, half: float, thick: float) -> _Shape:
    """Trace a tick inside that shield: two strokes of one thickness."""
    low = (x - 0.08 * half, y + 0.34 * half)
    short, long = 0.36 * half, 0.72 * half
    edge = thick * 0.7071
    return (
        (low[0] - short, low[1] - short),
        (low[0] - short + edge, low[1] - short - edge),
        (low[0], low[1] - 2 * edge),
        (low[0] + long - edge, low[1] - long - edge),
        (low[0] + long, low[1] - long),
        low,
    )


def _curve(start: _Point, one: _Point, two: _Point, end: _Point, steps: int = 16) -> _Shape:
    """Trace a cubic curve as points, both ends included."""

    def at(t: float, axis: int) -> float:
        back = 1 - t
        return back**3 * start[axis] + 3 * back**2 * t * one[axis] + 3 * back * t**2 * two[axis] + t**3 * end[axis]

    return tuple((at(step / steps, 0), at(step / steps, 1)) for step in range(steps + 1))


class _Canvas:
    """A square of pixels with red, green, blue and opacity, each 0 to 1."""

    def __init__(self, side: int) -> None:
        self.side = side
        self.pixels = [[(0.0, 0.0, 0.0, 0.0)] * side for _ in range(side)]

    def shade(self, above: _Colour, below: _Colour) -> None:
        """Fill everything, from one colour at the top to another at the bottom."""
        for row in range(self.side):
            down = row / (self.side - 1)
            red, green, blue = ((a + (b - a) * down) / 255 for a, b in zip(above, below, strict=True))
            self.pixels[row] = [(red, green, blue, 1.0)] * self.side

    def fill(self, shapes: tuple[_Shape, ...], colour: _Colour) -> None:
        """Paint what an odd number of the shapes cover."""
        paint = [part / 255 for part in colour]
        for row in range(self.side):
            for column, cover in enumerate(self._covered(shapes, row)):
                if cover:
                    *under, opacity = self.pixels[row][column]
                    above = cover + opacity * (1 - cover)
                    red, green, blue = (
                        (new * cover + old * opacity * (1 - cover)) / above
                        for new, old in zip(paint, under, strict=True)
                    )
                    self.pixels[row][column] = (red, green, blue, above)

    def _covered(self, shapes: tuple[_Shape, ...], row: int) -> list[float]:
        """How much of each pixel of a row the shapes cover, 0 to 1."""
        covered = [0.0] * self.side
        for line in range(_LINES_A_ROW):
            y = (row + (line + 0.5) / _LINES_A_ROW) / self.side
            crossings = sorted(x * self.side for shape in shapes for x in _crossings(shape, y))
            for enter, leave in zip(crossings[::2], crossings[1::2], strict=True):
                for column in range(max(0, int(enter)), min(self.side, int(leave) + 1)):
                    overlap = min(leave, column + 1) - max(enter, column)
                    covered[column] += overlap / _LINES_A_ROW
        return [min(cover, 1.0) for cover in covered]

    def png(self) -> bytes:
        """Write the picture as a PNG with opacity, eight bits a channel."""
        rows = b"".join(
            b"\0" + bytes(round(255 * part) for pixel in row for part in pixel)  # filter 0: as it is
            for row in self.pixels
        )
        header = struct.pack(">IIBBBBB", self.side, self.side, 8, 6, 0, 0, 0)
        return b"\x89PNG\r\n\x1a\n" + b"".join(
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
            for kind, body in ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
        )


def _crossings(shape: _Shape, y: float) -> list[float]:
    """Where a level line crosses the shape's edges."""
    return [
        x1 + (x2 - x1) * (y - y1) / (y2 - y1)
        for (x1, y1), (x2, y2) in pairwise((*shape, shape[0]))
        if (y1 <= y) != (y2 <= y)
    ]


if __name__ == "__main__":
    here = Path(__file__).parent
    (here / "color.png").write_bytes(draw_colour())
    (here / "outline.png").write_bytes(draw_outline())
