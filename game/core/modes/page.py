"""A page of numbers in a photo: the network reads it, and the player corrects and saves it."""

from dataclasses import dataclass, replace
from typing import ClassVar

from game.core.effects import Ask, Effects, Order, PlaySound, ReadPage, SavePage, StoreDigit
from game.core.events import (
    Choose,
    Digit,
    Do,
    Event,
    Go,
    News,
    PageExists,
    PageRead,
    PageSaved,
    Press,
    Typed,
)
from game.core.language import mark, plural
from game.core.state import Help, Net, Outcome, Response, Screen, State
from game.core.values.mood import Mood
from game.core.values.pages import PageReading, PageText, Rows, digits_of
from game.core.values.readings import Photo


@dataclass(frozen=True)
class PageSheet(Screen):
    """The page, which text is chosen, and what is asked."""

    scene_name: ClassVar[str] = "page"
    help: ClassVar[Help] = (
        (mark("Choose"), mark("Click a number in the photo, or press Tab and the arrows")),
        (mark("Correct"), mark("Type what it says. {undo} brings back what was read")),
        (
            mark("A dashed box"),
            mark("It has a question mark: I am not sure. Enter: that’s right, next"),
        ),
        (mark("Crossed out"), mark("Words and drawings: they are left out")),
        (mark("Save"), mark("{save}: a table beside the photo, as a CSV file for any spreadsheet")),
    )

    path: str = ""
    """Path of the file; "" if there is none."""
    photo: Photo | None = None
    """The photo, shown until it is read."""
    page: PageReading | None = None
    problem: str = ""
    """Why it can't be read."""
    chosen: int = 0
    typing: bool = False
    """Whether what is typed is added to the text; otherwise it replaces the text."""
    saved_rows: Rows | None = None
    saved_as: str = ""
    replacing: str = ""
    """Name of the file that the player is asked about replacing; "" if there is no question."""
    leaving: Event | None = None
    """`Do.BACK` or `Do.QUIT`, if it is asked whether to lose the corrections."""

    @property
    def page_key(self) -> tuple[object, ...]:
        """What is asked, or whether there is a page; see `Screen.page_key`."""
        return self.page is None, self.replacing, self.leaving

    @property
    def holds_unsaved(self) -> bool:
        """Whether there are corrections that are in no file."""
        if self.page is None:
            return False
        return self.page.rows != (self.saved_rows or self.page.read_rows)

    @property
    def is_saved(self) -> bool:
        """Whether the file has what the page shows."""
        return self.page is not None and self.page.rows == self.saved_rows

    @property
    def text(self) -> PageText | None:
        """The text that is chosen."""
        return self.page.texts[self.chosen] if self.page else None

    def question(self, state: State) -> Ask | None:
        """Return the page to read, unless that was answered."""
        done = self.page or self.problem or self.photo is None
        return None if done or state.net is not Net.READY else ReadPage(self.path)

    def mood(self, state: State) -> Mood | None:
        """Return the mood while the page is read, and about what was read."""
        del state
        if self.problem:
            return Mood.SHEEPISH
        if self.photo and not self.page:
            return Mood.WATCHING
        if self.is_saved:
            return Mood.DELIGHTED
        return Mood.TORN if self.text and self.text.is_doubtful else None

    def before_quitting(self) -> "PageSheet | None":
        """Ask once whether to lose the corrections."""
        asks = self.holds_unsaved and self.leaving is not Do.QUIT
        return replace(self, leaving=Do.QUIT, replacing="") if asks else None

    def leave(self, state: State) -> Outcome:
        """Keep the last corrected digits."""
        return self._kept(state)

    def handle(self, state: State, event: Event) -> Response:
        """Choose, correct or save; ask before anything is lost."""
        if isinstance(event, News):
            return self._after_news(event)
        if self.replacing or self.leaving:
            return self._answered(state, event)
        if event is Do.BACK and self.holds_unsaved:
            return replace(self, leaving=Do.BACK)
        if self.page is None:
            return super().handle(state, event)
        match event:
            case Press(x, y):
                height = self.page.photo.height
                return self.going_to(state, self.page.nearest(x * height, y * height))
            case Choose(number):
                return self.going_to(state, number % len(self.page.texts))
            case Do.ACCEPT:
                return self._accepted(state, self.page)
            case Do.SAVE:
                kept, effects = self._kept(state)
                save = SavePage(self.path, self.page.rows, replaces=False)
                return kept, (*effects, save)
        return self._corrected(self.page, event) or super().handle(state, event)

    def _after_news(self, news: News) -> "PageSheet":
        """Return the mode with the page, or with what happened to its file."""
        match news:
            case PageRead(self.path, page, problem) if not self.page:
                first = page.doubtful[0] if page and page.doubtful else 0
                return replace(self, page=page, problem=problem, chosen=first)
            case PageSaved(self.path, name, rows):
                return replace(self, saved_as=name, saved_rows=rows)
            case PageExists(self.path, name):
                return replace(self, replacing=name)
        return self

    def _answered(self, state: State, event: Event) -> Response:
        """Return what follows from the player's answer to a question."""
        asked = replace(self, replacing="", leaving=None)
        if event in {Do.BACK, Do.ACCEPT}:
            return asked
        if event is not Do.FORGET or self.page is None:
            return self
        if self.replacing:
            return replace(state, screen=asked), (
                SavePage(self.path, self.page.rows, replaces=True),
            )
        if self.leaving is Do.BACK:
            return Go("title")
        kept, effects = self._kept(state)
        return kept, (*effects, Order.QUIT)

    def _corrected(self, page: PageReading, event: Event) -> "PageSheet | None":
        """Return the mode after a correction of the chosen text; None for other events."""
        text = page.texts[self.chosen]
        before = text.text if self.typing else ""
        match event:
            case Digit(digit):
                after = text.with_typed(f"{before}{digit}")
            case Typed(sign):
                after = text.with_typed(before + sign)
            case Do.CLEAR:
                after = text.with_typed(text.text[:-1])
            case Do.UNDO:
                after = replace(text, typed=None, checked=False)
            case _:
                return None
        typing = event is not Do.UNDO
        return replace(self, page=page.with_text(self.chosen, after), typing=typing)

    def _accepted(self, state: State, page: PageReading) -> Outcome:
        """Mark the chosen text as checked, and go to the next doubtful one."""
        looked_at = page.with_text(self.chosen, replace(page.texts[self.chosen], checked=True))
        after = [at for at in looked_at.doubtful if at > self.chosen]
        following = (*after, *looked_at.doubtful, self.chosen)[0]
        return replace(self, page=looked_at).going_to(state, following)

    def going_to(self, state: State, number: int) -> Outcome:
        """Choose another text; the digits that were corrected in this one are kept."""
        kept, effects = self._kept(replace(state, screen=self))
        page = kept.screen.page if isinstance(kept.screen, PageSheet) else self.page
        screen = replace(self, page=page, chosen=number, typing=False)
        return replace(kept, screen=screen), effects

    def _kept(self, state: State) -> tuple[State, Effects]:
        """Keep the corrected digits of the chosen text as drawings of the player."""
        if self.page is None or not (corrected := self.page.texts[self.chosen].corrected):
            return state, ()
        text = self.page.texts[self.chosen]
        page = self.page.with_text(self.chosen, replace(text, kept=digits_of(text.text)))
        said = plural(
            "The corrected digit is kept as a drawing with its label",
            "{count} corrected digits are kept as drawings with their labels",
            len(corrected),
        )
        kept = replace(state, screen=replace(self, page=page)).with_notice(said, stays=True)
        stored = (StoreDigit(digit, image) for digit, image in corrected)
        return kept, (*stored, PlaySound("kept"))
