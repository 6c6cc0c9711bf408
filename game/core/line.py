"""A line of text that is typed, such as a name."""

from dataclasses import dataclass, replace

from game.core.events import Composing, Do, Event, Typed
from game.core.values.records import NAME_LENGTH


@dataclass(frozen=True)
class Line:
    """The text, of `NAME_LENGTH` letters at most."""

    text: str = ""
    composing: str = ""
    """Text that an input method has not committed yet; shown after the rest."""

    def after(self, event: Event) -> "Line":
        """Return the line after an event."""
        match event:
            case Typed(text):
                return Line((self.text + text)[:NAME_LENGTH])
            case Composing(text):
                return replace(self, composing=text)
            case Do.CLEAR:
                return replace(self, text=self.text[:-1])
        return self
