"""The building blocks of the screens: text, cards, buttons, marks and the pad."""

from game.core.events import Do, Event
from game.core.state import Net, State
from game.core.values.readings import FRAME_SIDE, Photo
from game.core.values.settings import TEXT_SCALE
from game.core.values.sketch import Strokes
from game.view.layout import Frame, Size, frame, of_shape, split, stack
from game.view.scene import (
    STILL_SECONDS,
    Cells,
    Curve,
    Fill,
    Ink,
    Item,
    Link,
    Links,
    Outline,
    Photograph,
    Pixels,
    Plot,
    Rect,
    Scene,
    Signed,
    Target,
    Text,
)
from game.view.theme import THEMES, Colour, mixed

TICK: Strokes = (((0.18, 0.55, 0.0), (0.4, 0.78, 0.0), (0.84, 0.24, 0.0)),)
CROSS: Strokes = (
    ((0.22, 0.22, 0.0), (0.78, 0.78, 0.0)),
    ((0.78, 0.22, 0.0), (0.22, 0.78, 0.0)),
)
GAP_SHARE = 0.4
"""Share of the quiet colour in the lines between units."""
KEY_NAMES = {"return": "Enter", "escape": "Esc", "space": "Space"}


class Board:
    """Collects the items of one scene, in the colours and text size of the settings."""

    def __init__(self, state: State, size: Size) -> None:
        """Start with an empty background."""
        self.theme = THEMES[state.settings.colours]
        self.frame: Frame = frame(size, TEXT_SCALE[state.settings.text])
        self.unit = self.frame.unit
        self.drop = max(2, self.unit // 5)
        """Offset of a panel's shadow, in pixels."""
        self._focus = state.focus
        self._page = state.page
        self._notice = "" if state.overlay else state.notice
        self._pad: Rect | None = None
        self._touch: Rect | None = None
        self._items: list[Item] = [Fill(Rect(0, 0, *size), self.theme.desk)]
        self._targets: list[Target] = []
        self._cells: list[Cells] = []
        self.typing: Rect | None = None
        self.waiting = ""
        self.arrows: tuple[tuple[str, Event], ...] = ()
        self.next_frame = STILL_SECONDS

    def scene(self) -> Scene:
        """Return the scene with all items."""
        return Scene(
            self.theme,
            tuple(self._items),
            self._pad,
            self._touch,
            tuple(self._targets),
            tuple(self._cells),
            self._page,
            self.typing,
            self.waiting,
            self.arrows,
            self.next_frame,
        )

    def middle(self, width: int, height: int) -> Rect:
        """Return a centred rectangle of this many units, limited to the body."""
        body = self.frame.body
        across, down = min(body.width, width * self.unit), min(body.height, height * self.unit)
        return Rect(
            body.x + (body.width - across) // 2, body.y + (body.height - down) // 2, across, down
        )

    def text(
        self,
        rect: Rect,
        text: str,
        lines: float = 1.0,
        colour: Colour | None = None,
        **place: float,
    ) -> None:
        """Add text of this height in lines; `align` and `valign` as in `scene.Text`."""
        height = round(self.unit * lines)
        self._items.append(Text(rect, text, colour or self.theme.ink, height, **place))

    def fill(self, rect: Rect, colour: Colour, corner: int = 0) -> None:
        """Add a rectangle of one colour."""
        self._items.append(Fill(rect, colour, corner))

    def panel(self, rect: Rect, corner: int | None = None) -> None:
        """Add a rectangle of paper with a shadow."""
        round_by = self.unit * 3 // 4 if corner is None else corner
        shadow = Rect(rect.x, rect.y + self.drop, rect.width, rect.height)
        self.fill(shadow, self.theme.edge, round_by)
        self.fill(rect, self.theme.paper, round_by)

    def message(self, rect: Rect, text: str) -> None:
        """Add a panel with what the network says."""
        mark = max(3, self.unit // 3)
        self.panel(rect)
        inner = rect.inset(self.unit * 2 // 3)
        bar, words = split(inner, mark, 0.999, gap=self.unit * 2 // 3)
        self.fill(bar, self.theme.accent, mark // 2)
        self.text(words, text, 1.3)

    def ink(
        self,
        rect: Rect,
        strokes: Strokes,
        radius: float,
        *,
        pen_down: bool = False,
        colour: Colour | None = None,
    ) -> None:
        """Add strokes on paper."""
        theme = self.theme
        self._items.append(Ink(rect, strokes, pen_down, radius, colour or theme.ink, theme.paper))

    def mark(self, rect: Rect, paper: Colour, *, good: bool) -> None:
        """Add a tick or a cross on a background of the colour `paper`."""
        colour, strokes = (self.theme.good, TICK) if good else (self.theme.bad, CROSS)
        self._items.append(Ink(rect, strokes, False, rect.width * 0.09, colour, paper))  # noqa: FBT003

    def outline(self, rect: Rect, *, dashed: bool, colour: Colour | None = None) -> None:
        """Add a thin border, dashed for what is not a digit."""
        thickness = max(2, self.unit // 10)
        self._items.append(Outline(rect, colour or self.theme.quiet, thickness, dashed))

    def judged_picture(self, rect: Rect, image: bytes, *, good: bool) -> None:
        """Add an image that the network sees, with a border if it is misread."""
        self.picture(rect, image)
        colour = self.theme.night if good else self.theme.bad
        self._items.append(Outline(rect, colour, max(2, self.unit // 6)))

    def photograph(self, rect: Rect, photo: Photo, share: float) -> None:
        """Add a photo, with this share of the ink that was found in it."""
        theme = self.theme
        self._items.append(Photograph(rect, photo, share, theme.accent, theme.paper))

    def picture(self, rect: Rect, image: bytes, across: int = FRAME_SIDE) -> None:
        """Add the image that the network sees, or another with `across` pixels in a row."""
        self._items.append(Pixels(rect, image, self.theme.night, self.theme.light, across))

    def faint_picture(self, rect: Rect, image: bytes, across: int = FRAME_SIDE) -> None:
        """Add an image in a pale colour on paper, for a signed image to lie over."""
        self._items.append(Pixels(rect, image, self.theme.paper, self.theme.edge, across))

    def units(self, rect: Rect, brightness: bytes, across: int) -> None:
        """Add the units of a layer as small squares, `across` in a row."""
        theme = self.theme
        gap = mixed(theme.night, theme.quiet, GAP_SHARE)
        self._items.append(Pixels(rect, brightness, theme.night, theme.light, across, gap))

    def signed(self, rect: Rect, values: bytes, across: int = FRAME_SIDE) -> None:
        """Add a signed image; see `scene.Signed`."""
        self._items.append(Signed(rect, values, self.theme.good, self.theme.bad, across))

    def night_ink(self, rect: Rect, strokes: Strokes, radius: float) -> None:
        """Add strokes in the colours of the image that the network sees."""
        theme = self.theme
        self._items.append(Ink(rect, strokes, False, radius, theme.light, theme.night))  # noqa: FBT003

    def pad(self, rect: Rect, touch: Rect | None = None) -> None:
        """Let the pen draw in the rectangle; strokes start within `touch`, if given."""
        self._pad, self._touch = rect, touch or rect

    def cover_pad(self) -> None:
        """Switch drawing off."""
        self._pad = self._touch = None

    def rekey(self, key: str) -> None:
        """Set the key of the last button without showing it."""
        self._targets[-1] = self._targets[-1]._replace(key=key)

    def plot(self, rect: Rect, *curves: Curve) -> None:
        """Add curves on paper."""
        self._items.append(Plot(rect, curves, self.theme.paper))

    def links(self, rect: Rect, links: tuple[Link, ...]) -> None:
        """Add lines between units."""
        self._items.append(Links(rect, links))

    def cells(self, cells: Cells) -> None:
        """Let the units of a layer be pointed at."""
        self._cells.append(cells)

    def target(self, rect: Rect, event: Event, key: str = "") -> bool:
        """Add a target; return whether it has the keyboard focus."""
        self._targets.append(Target(rect, event, key))
        return len(self._targets) - 1 == self._focus

    def button(
        self, rect: Rect, label: str, event: Event, key: str = "", *, chosen: bool = False
    ) -> None:
        """Add a button, with its key if there is room; `chosen` highlights it."""
        focused = self.target(rect, event, key)
        corner = self.unit // 2
        if focused:
            self.fill(rect.inset(-max(3, self.unit // 5)), self.theme.ink, corner * 3 // 2)
        theme = self.theme
        self.fill(rect, theme.accent if chosen else theme.paper, corner)
        colour, second = (theme.on_accent,) * 2 if chosen else (theme.ink, theme.muted)
        margin = min(self.unit // 2, rect.width // 14)
        inner = Rect(rect.x + margin, rect.y, rect.width - 2 * margin, rect.height)
        shown = KEY_NAMES.get(key) or key.upper()
        if not key or rect.width < 4 * self.unit:
            self.text(inner, label, colour=colour, align=0.5)
            return
        if rect.width > 14 * self.unit:
            self.text(inner, label, colour=colour, align=0.5)
            self.text(inner, shown, colour=second, align=1.0)
            return
        wide = min(inner.width // 3, round(self.unit * (1.1 if len(key) == 1 else 3)))
        left, right = split(inner, 0.999, wide)
        self.text(left, label, colour=colour)
        self.text(right, shown, colour=second, align=1.0)

    def card(
        self,
        cell: Rect,
        strokes: Strokes,
        label: str,
        event: Event,
        *,
        chosen: bool = False,
        width: float = 1.0,
    ) -> Rect:
        """Add a selectable drawing with a label; return its empty lower right corner.

        `width` is that of the drawing's sheet, in units of its height.
        """
        focused, unit = self.target(cell, event), self.unit
        if chosen or focused:
            ring = Rect(cell.x, cell.y, cell.width, cell.height + self.drop).inset(-unit // 4)
            self.fill(ring, self.theme.ink if focused else self.theme.accent, unit)
        self.panel(cell)
        sketch, foot = stack(cell.inset(unit // 3), 0.999, 1.3 * unit)
        place = of_shape(sketch, width)
        self.ink(place, strokes, max(1.0, place.height * 0.025))
        words, corner = split(foot, 0.999, foot.height)
        self.text(words, label, 1)
        return corner

    def head(self, title: str) -> None:
        """Add the top row: back, title, help."""
        self.text(self.bar(), title, 1.5, align=0.5)

    def bar(self) -> Rect:
        """Add the buttons of the top row, and return the place between them."""
        back, middle, helped = split(
            self.frame.bar, 6 * self.unit, 0.999, 6 * self.unit, gap=self.unit
        )
        self.button(back, "Back", Do.BACK, "escape")
        self.button(helped, "Help", Do.HELP, "f1")
        return middle

    def hint(self, text: str) -> None:
        """Add the line at the bottom, or the current notice in its place."""
        place = self.frame.hints
        if not self._notice:
            self.text(place, text, colour=self.theme.muted, align=0.5)
            return
        half = self.unit // 2
        slip = Rect(place.x, place.y - half, place.width, place.height + 2 * half)
        self.panel(slip)
        words = Rect(slip.x + half, slip.y, slip.width - 2 * half, slip.height)
        self.text(words, self._notice, colour=self.theme.accent, align=0.5)


def net_line(state: State) -> str:
    """Return the state of the network while it is not ready, without the reason."""
    if state.net is Net.FAILED:
        return "There’s no network; the title says why. You can still draw"
    return "The network is waking up …" if state.net is Net.LOADING else ""
