"""The settings screen: choices, keys, and deleting what is stored."""

from dataclasses import dataclass, replace
from typing import ClassVar

from game.core.effects import DeleteData, Order
from game.core.events import Change, Do, Event, Rebind, Set
from game.core.language import mark, tr
from game.core.state import Response, Screen, State
from game.core.values import settings
from game.core.values.records import Records
from game.core.values.sheets import EMPTY_SHEETS
from game.core.values.teaching import Teaching

DELETED = mark(
    "Your scores, days and stars, your name, your statistics and drawings kept with a label will "
    "be deleted. They can’t be brought back."
)
DELETED_DRAWINGS = mark(
    "The latest {most} drawings are kept, those of games too. "
    "What was learnt of your hand goes with them."
)
KEPT = mark("Your settings, and the drawings that you saved yourself, will stay.")
AFTER_DELETION = mark(
    "Everything else is deleted. Your settings, and the drawings that you saved yourself, are "
    "still there."
)


@dataclass(frozen=True)
class Options(Screen):
    """The settings."""

    scene_name: ClassVar[str] = "options"
    turns_pages: ClassVar[bool] = True

    waiting: str = ""
    """The action that waits for its new key."""
    forgetting: bool = False
    """Whether the page that asks to confirm that all data is deleted is shown."""

    @property
    def page_key(self) -> tuple[object, ...]:
        """Whether it asks; see `Screen.page_key`."""
        return (self.forgetting,)

    def handle(self, state: State, event: Event) -> Response:
        """Change a setting or a key, or delete all data after a confirmation."""
        match event:
            case Do.BACK if self.waiting or self.forgetting:
                return Options()
            case Change(setting, step):
                return replace(state, settings=settings.changed(state.settings, setting, step))
            case Set("colours", name):
                return state.with_settings(colours=name)
            case Rebind(_, key) if key and settings.refusal(key):
                return state.with_notice(settings.refusal(key))
            case Rebind(action, key) if key:
                bound = settings.bound(state.settings, action, key)
                return replace(state, settings=bound, screen=Options())
            case Rebind(action):
                return Options(waiting=action)
            case Do.ACCEPT if self.forgetting:
                return Options()
            case Do.FORGET if self.forgetting:
                emptied = replace(
                    state,
                    records=Records(),
                    teaching=Teaching(),
                    screen=Options(),
                    sheets=EMPTY_SHEETS,
                    learning=None,
                )
                return emptied.with_notice(tr(AFTER_DELETION)), (
                    DeleteData(state.player),
                    Order.LOAD_HAND,
                )
            case Do.FORGET:
                return Options(forgetting=True)
        return super().handle(state, event)
