"""The building blocks of the screens: text, cards, buttons, marks and images."""

from game.core.events import Do, Event
from game.core.language import mark, tr
from game.core.state import GLANCE_SECONDS, State
from game.core.values.readings import FRAME_SIDE
from game.core.values.settings import TEXT_SCALE
from game.core.values.sketch import Strokes
from game.view.layout import REST, Size, centred, frame, split, square, stack, stage, with_aspect
from game.view.motion import eased, turned
from game.view.scene import (
    FRAME_SECONDS,
    STILL_SECONDS,
    Cells,
    Fill,
    Ink,
    Item,
    Outline,
    Pixels,
    Rect,
    Scene,
    Signed,
    Target,
    Text,
)
from game.view.theme import THEMES, Colour

TICK: Strokes = (((0.18, 0.55, 0.0), (0.4, 0.78, 0.0), (0.84, 0.24, 0.0)),)
CROSS: Strokes = (
    ((0.22, 0.22, 0.0), (0.78, 0.78, 0.0)),
    ((0.78, 0.22, 0.0), (0.22, 0.78, 0.0)),
)
KEY_NAMES = {"return": mark("Enter"), "escape": mark("Esc"), "space": mark("Space")}
COMMANDS = {
    "undo": mark("Undo"),
    "redo": mark("Redo"),
    "clear": mark("Clear"),
    "save": mark("Save"),
    "open": mark("Open"),
    "skip": mark("Skip"),
}
"""Labels of the commands that have a key in the settings."""

LETTER = 0.45
"""Width of a letter of a long word, over the height of its line."""


class Board:
    """Collects the items of one scene, in the colours and text size of the settings."""

    def __init__(self, state: State, size: Size) -> None:
        """Start with an empty background."""
        self.theme = THEMES[state.settings.colours]
        self.frame = frame(size, TEXT_SCALE[state.settings.text])
        self.line = self.frame.line
        """Height of a line of text, in pixels."""
        self.drop = max(2, self.line // 5)
        """Offset of a panel's shadow, in pixels."""
        self.left_handed = state.settings.left_handed
        self.pad: Rect | None = None
        """This and the public fields below go into the `Scene`."""
        self.touch: Rect | None = None
        """Where a stroke can start, if that is not the whole pad."""
        self.pen_down: bool | None = None
        self.cells: list[Cells] = []
        self.behind_text: list[Item] = []
        """Items that cover everything except the text."""
        self.typing: Rect | None = None
        self.waiting = ""
        self.arrows: tuple[tuple[str, Event], ...] = ()
        self.next_frame = STILL_SECONDS
        self.player: int | None = None
        """Index of the player to whom the items belong that are added next, if two play."""
        self._state = state
        self._turned = 0.0 if state.settings.reduced_motion else turned(state.turn)
        self.window = Rect(0, 0, *size)
        self._items: list[Item] = [Fill(self.window, self.theme.desk)]
        self._targets: list[Target] = []

    def scene(self) -> Scene:
        """Return the scene with all items."""
        items = self._items
        if self.behind_text:
            texts = [item for item in items if isinstance(item, Text)]
            items = [item for item in items if not isinstance(item, Text)]
            items += [*self.behind_text, *texts]
        next_frame, unseen = self.next_frame, GLANCE_SECONDS - self._state.page_seconds
        if unseen > 0:  # a frame is due when a new page counts as seen
            next_frame = min(next_frame, max(unseen, FRAME_SECONDS))
        return Scene(
            self.theme,
            tuple(items),
            self.pad,
            self.touch or self.pad,
            self.pen_down,
            self._state.settings.click_draws,
            tuple(self._targets),
            tuple(self.cells),
            self._state.page,
            self.typing,
            self.waiting,
            self.arrows,
            FRAME_SECONDS if self._turned else next_frame,
            self._turned,
        )

    def stage(self) -> tuple[Rect, Rect]:
        """Return the places of the pad and the panel."""
        return stage(self.frame, left_handed=self.left_handed)

    def halves(
        self,
        place: Rect,
        beside: tuple[float, float],
        below: tuple[float, float],
        *,
        mirrored: bool = False,
    ) -> list[Rect]:
        """Cut a place in two: side by side in a wide window, or one below the other."""
        if self.frame.wide:
            return split(place, *beside, gap=2 * self.line, mirrored=mirrored)
        return stack(place, *below, gap=self.line)

    def middle(self, width: int, height: int) -> Rect:
        """Return a centred rectangle of this many lines, limited to the body."""
        body, line = self.frame.body, self.line
        return centred(body, min(body.width, width * line), min(body.height, height * line))

    def progress(self, seconds: float, end: float, begin: float = 0.0) -> float:
        """Return how far a movement is that lasts from `begin` to `end`, from 0 to 1.

        Until its end, the next frame is due at once. With reduced motion it has ended.
        """
        if self._state.settings.reduced_motion:
            return 1.0
        if seconds < end:
            self.next_frame = FRAME_SECONDS
        return eased(seconds - begin, end - begin)

    def add(self, item: Item) -> None:
        """Add an item as it is."""
        self._items.append(item)

    def text(
        self,
        rect: Rect,
        text: str,
        lines: float = 1.0,
        colour: Colour | None = None,
        **place: float,
    ) -> None:
        """Add text of this height in lines; `align` and `valign` as in `scene.Text`."""
        height = round(self.line * lines)
        self.add(Text(rect, text, colour or self.theme.ink, height, **place))

    def fill(self, rect: Rect, colour: Colour, corner: int = 0) -> None:
        """Add a rectangle of one colour."""
        self.add(Fill(rect, colour, corner))

    def sheet(self, rect: Rect, colour: Colour, corner: int) -> None:
        """Add a rectangle of one colour, with an edge in the schemes that are `outlined`."""
        if self.theme.outlined:
            self.fill(rect, self.theme.edge, corner)
            rect, corner = rect.inset(max(2, self.line // 10)), corner - max(2, self.line // 10)
        self.fill(rect, colour, corner)

    def panel(self, rect: Rect, margin: float = 0.0) -> Rect:
        """Add a rectangle of paper with a shadow; return its inside, with a margin in lines."""
        corner = self.line * 3 // 4
        self.fill(rect._replace(y=rect.y + self.drop), self.theme.edge, corner)
        self.sheet(rect, self.theme.paper, corner)
        return rect.inset(int(self.line * margin))

    def ink(
        self,
        rect: Rect,
        strokes: Strokes,
        radius: float,
        *,
        pen_down: bool = False,
        colour: Colour | None = None,
        paper: Colour | None = None,
    ) -> None:
        """Add strokes on paper."""
        colours = colour or self.pen, paper or self.theme.paper
        self.add(Ink(rect, strokes, pen_down, radius, *colours))

    def mark(self, rect: Rect, paper: Colour, *, good: bool) -> None:
        """Add a tick or a cross on a background of the colour `paper`."""
        colour, strokes = (self.theme.good, TICK) if good else (self.theme.bad, CROSS)
        self.ink(rect, strokes, rect.width * 0.09, colour=colour, paper=paper)

    def outline(
        self, rect: Rect, colour: Colour | None = None, *, dashed: bool = False, lines: float = 0.1
    ) -> None:
        """Add a border of this thickness in lines, dashed for what is not a digit."""
        thickness = max(2, int(self.line * lines))
        self.add(Outline(rect, colour or self.theme.quiet, thickness, dashed))

    def picture(
        self,
        rect: Rect,
        image: bytes,
        across: int = FRAME_SIDE,
        colours: tuple[Colour, Colour] | None = None,
        gap: Colour | None = None,
    ) -> None:
        """Add an image with `across` pixels in a row, in the colours of what the network sees."""
        paper, ink = colours or (self.theme.night, self.theme.light)
        self.add(Pixels(rect, image, paper, ink, across, gap))

    def signed(self, rect: Rect, values: bytes, across: int = FRAME_SIDE) -> None:
        """Add a signed image; see `scene.Signed`."""
        self.add(Signed(rect, values, self.theme.good, self.theme.bad, across))

    def target(self, rect: Rect, event: Event, key: str = "") -> bool:
        """Add a target; return whether it has the keyboard focus."""
        self._targets.append(Target(rect, event, key))
        return len(self._targets) - 1 == self._state.focus

    def button(
        self, rect: Rect, label: str, event: Event, key: str = "", *, chosen: bool = False
    ) -> None:
        """Add a button, with its key beside the label if there is room.

        If it is `chosen`, it has another colour and, for those who see few colours, a lower edge.
        """
        line, theme = self.line, self.theme
        if self.target(rect, event, key):
            self.fill(rect.inset(-max(3, line // 5)), theme.ink, line * 3 // 4)
        if chosen:
            self.fill(rect._replace(y=rect.y + max(2, line // 6)), theme.ink, line // 2)
        self.sheet(rect, theme.accent if chosen else theme.paper, line // 2)
        colour, second = (theme.on_accent,) * 2 if chosen else (theme.ink, theme.muted)
        edge = max(2, line // 10) if theme.outlined else 0
        words = rect.inset(min(line // 2, rect.width // 14), edge)
        key_width = min(words.width // 3, round(line * (1.1 if len(key) == 1 else 3)))
        longest = LETTER * line * max(map(len, label.split(" ")))
        has_room = rect.width >= 4 * line and words.width - key_width >= longest
        shows_key = key and label and has_room
        is_long = LETTER * line * len(label) > words.width - 2 * key_width
        if shows_key and (rect.width <= 14 * line or is_long):
            left, words = split(words, REST, key_width)
            self.text(left, label, colour=colour)
        else:
            self.text(words, label, colour=colour, align=0.5)
        if shows_key:
            shown = tr(KEY_NAMES[key]) if key in KEY_NAMES else key.upper()
            self.text(words, shown, colour=second, align=1.0)

    def commands(self, cells: list[Rect], *names: str) -> None:
        """Add a button for each command that has a key in the settings."""
        for cell, name in zip(cells, names, strict=True):
            self.button(cell, tr(COMMANDS[name]), Do(name), self._state.settings.key(name))

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

        `width` is that of the drawing's sheet, in units of its height. If two play, the player's
        badge is in its upper left corner.
        """
        focused = self.target(cell, event)
        if chosen or focused:
            self.ring(cell, self.theme.ink if focused else self.theme.accent)
        self.panel(cell)
        sketch, foot = stack(cell.inset(self.line // 3), REST, 1.3 * self.line)
        place = with_aspect(sketch, width)
        self.ink(place, strokes, max(1.0, place.height * 0.025))
        words, corner = split(foot, REST, foot.height)
        self.text(words, label)
        side = min(self.line, sketch.height // 4)
        self.badge(sketch._replace(height=side), side)
        return corner

    @property
    def pen(self) -> Colour:
        """The colour of the ink, which is that of the `player` if two play."""
        return self.theme.ink if self.player is None else self.theme.players[self.player]

    def badge(self, rect: Rect, side: int) -> Rect:
        """Add the `player`'s badge at the left if two play; return the rest of the rectangle.

        The badges are a disc and a square, so that colour is not the only difference.
        """
        if self.player is None:
            return rect
        left, rest = split(rect, side, REST, gap=side // 3)
        spot = square(left)
        self.fill(spot, self.pen, spot.width // 2 if self.player == 0 else 0)
        return rest

    def ring(self, rect: Rect, colour: Colour) -> None:
        """Add a border around a panel that is chosen; add the panel after it."""
        whole = rect._replace(height=rect.height + self.drop)
        self.fill(whole.inset(-max(3, self.line // 4)), colour, self.line)

    def head(self, title: str) -> None:
        """Add the top row: back, title, help."""
        self.text(self.bar(), title, 1.5, align=0.5)

    def bar(self) -> Rect:
        """Add the buttons of the top row, and return the place between them."""
        width = 6 * self.line
        back, middle, help_place = split(self.frame.bar, width, REST, width, gap=self.line)
        self.button(back, tr("Back"), Do.BACK, "escape")
        self.button(help_place, tr("Help"), Do.HELP, "f1")
        return middle

    def hint(self, text: str) -> None:
        """Add the line at the bottom, or the current notice in its place."""
        place, half = self.frame.hints, self.line // 2
        notice = "" if self._state.overlay else self._state.notice
        if not notice:
            self.text(place, text, colour=self.theme.muted, align=0.5)
            return
        self.panel(place.inset(0, -half))
        self.text(place.inset(half, -half), notice, colour=self.theme.accent, align=0.5)
