"""What the screens are put together from: text, cards, buttons, signs, the pad."""

from game.core.events import Do, Event
from game.core.rules.settings import TEXT_SCALE
from game.core.rules.sketch import Strokes
from game.core.state import Net, State
from game.view.layout import Frame, Size, frame, split, square, stack
from game.view.scene import Curve, Fill, Ink, Item, Pixels, Plot, Rect, Scene, Target, Text
from game.view.theme import THEMES, Colour

TICK: Strokes = (((0.18, 0.55, 0.0), (0.4, 0.78, 0.0), (0.84, 0.24, 0.0)),)
CROSS: Strokes = (
    ((0.22, 0.22, 0.0), (0.78, 0.78, 0.0)),
    ((0.78, 0.22, 0.0), (0.22, 0.78, 0.0)),
)
KEY_NAMES = {"return": "Enter", "escape": "Esc", "space": "Space"}


class Board:
    """Collects the items of one scene; the state's settings decide on colours and text size."""

    def __init__(self, state: State, size: Size) -> None:
        """Begin with an empty desk."""
        self.theme = THEMES[state.settings.colours]
        self.frame: Frame = frame(size, TEXT_SCALE[state.settings.text])
        self.unit = self.frame.unit
        self.drop = max(2, self.unit // 5)
        """How far the shadow of a sheet falls."""
        self._focus = state.focus
        self._page = state.page
        self._notice = "" if state.overlay else state.notice
        self._pad: Rect | None = None
        self._touch: Rect | None = None
        self._items: list[Item] = [Fill(Rect(0, 0, *size), self.theme.desk)]
        self._targets: list[Target] = []
        self.typing: Rect | None = None
        self.waiting = ""

    def scene(self) -> Scene:
        """All that was put on the board."""
        return Scene(
            self.theme,
            tuple(self._items),
            self._pad,
            self._touch,
            tuple(self._targets),
            self._page,
            self.typing,
            self.waiting,
        )

    def middle(self, width: int, height: int) -> Rect:
        """A rectangle of so many units, in the middle of the body, which it does not leave."""
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
        """Text of so many lines' height; `align` and `sink` as `scene.Text` has them."""
        height = round(self.unit * lines)
        self._items.append(Text(rect, text, colour or self.theme.ink, height, **place))

    def fill(self, rect: Rect, colour: Colour, corner: int = 0) -> None:
        """A rectangle of one colour."""
        self._items.append(Fill(rect, colour, corner))

    def sheet(self, rect: Rect, corner: int | None = None) -> None:
        """A sheet of paper with a shadow."""
        round_by = self.unit * 3 // 4 if corner is None else corner
        shadow = Rect(rect.x, rect.y + self.drop, rect.width, rect.height)
        self.fill(shadow, self.theme.edge, round_by)
        self.fill(rect, self.theme.paper, round_by)

    def speech(self, rect: Rect, text: str) -> None:
        """What the network says, on a slip of paper with a mark of its own colour."""
        mark = max(3, self.unit // 3)
        self.sheet(rect)
        inner = rect.inset(self.unit * 2 // 3)
        bar, words = split(inner, mark, 0.999, gap=self.unit * 2 // 3)
        self.fill(bar, self.theme.accent, mark // 2)
        self.text(words, text, 1.3)

    def ink(self, rect: Rect, strokes: Strokes, radius: float, *, pen_down: bool = False) -> None:
        """Strokes on paper."""
        theme = self.theme
        self._items.append(Ink(rect, strokes, pen_down, radius, theme.ink, theme.paper))

    def sign(self, rect: Rect, paper: Colour, *, good: bool) -> None:
        """A tick or a cross, drawn with the pen on the colour that lies there."""
        colour, strokes = (self.theme.good, TICK) if good else (self.theme.bad, CROSS)
        self._items.append(Ink(rect, strokes, False, rect.width * 0.09, colour, paper))  # noqa: FBT003

    def photograph(self, rect: Rect, image: bytes) -> None:
        """The ink of a picture on paper."""
        self._items.append(Pixels(rect, image, self.theme.paper, self.theme.ink))

    def picture(self, rect: Rect, image: bytes) -> None:
        """What the network sees."""
        self._items.append(Pixels(rect, image, self.theme.night, self.theme.light))

    def night_ink(self, rect: Rect, strokes: Strokes, radius: float) -> None:
        """Strokes in the colours of what the network sees."""
        theme = self.theme
        self._items.append(Ink(rect, strokes, False, radius, theme.light, theme.night))  # noqa: FBT003

    def pad(self, rect: Rect, touch: Rect | None = None) -> None:
        """Where the pen can draw from now on; a stroke begins on its part `touch`, or anywhere."""
        self._pad, self._touch = rect, touch or rect

    def cover_pad(self) -> None:
        """Nothing can be drawn now."""
        self._pad = self._touch = None

    def rekey(self, key: str) -> None:
        """The key of the last button, which does not show it by itself."""
        self._targets[-1] = self._targets[-1]._replace(key=key)

    def plot(self, rect: Rect, *curves: Curve) -> None:
        """Curves on paper."""
        self._items.append(Plot(rect, curves, self.theme.paper))

    def target(self, rect: Rect, event: Event, key: str = "") -> bool:
        """A place that can be pressed; whether the keyboard points at it."""
        self._targets.append(Target(rect, event, key))
        return len(self._targets) - 1 == self._focus

    def button(
        self, rect: Rect, label: str, event: Event, key: str = "", *, chosen: bool = False
    ) -> None:
        """A button, its key beside its label if there is room; a chosen one stands out."""
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
        self, cell: Rect, strokes: Strokes, label: str, event: Event, *, chosen: bool = False
    ) -> Rect:
        """A drawing that can be chosen, with a word; its lower right corner, which is free."""
        focused, unit = self.target(cell, event), self.unit
        if chosen or focused:
            ring = Rect(cell.x, cell.y, cell.width, cell.height + self.drop).inset(-unit // 4)
            self.fill(ring, self.theme.ink if focused else self.theme.accent, unit)
        self.sheet(cell)
        sketch, foot = stack(cell.inset(unit // 3), 0.999, 1.3 * unit)
        place = square(sketch)
        self.ink(place, strokes, max(1.0, place.width * 0.025))
        words, corner = split(foot, 0.999, foot.height)
        self.text(words, label, 1)
        return corner

    def head(self, title: str) -> None:
        """The row on top."""
        back, middle, helped = split(
            self.frame.bar, 6 * self.unit, 0.999, 6 * self.unit, gap=self.unit
        )
        self.button(back, "Back", Do("back"), "escape")
        self.text(middle, title, 1.5, align=0.5)
        self.button(helped, "Help", Do("help"), "f1")

    def hint(self, text: str) -> None:
        """The line at the bottom; a notice lies there on a slip, with room for two, while it is."""
        place = self.frame.hints
        if not self._notice:
            self.text(place, text, colour=self.theme.muted, align=0.5)
            return
        half = self.unit // 2
        slip = Rect(place.x, place.y - half, place.width, place.height + 2 * half)
        self.sheet(slip)
        words = Rect(slip.x + half, slip.y, slip.width - 2 * half, slip.height)
        self.text(words, self._notice, colour=self.theme.accent, align=0.5)


def net_line(state: State) -> str:
    """How the network is doing, where that has to be said; the reason has a place of its own."""
    if state.net is Net.FAILED:
        return "The network is missing; the title says why. The pad still works"
    return "The network is waking up …" if state.net is Net.LOADING else ""
