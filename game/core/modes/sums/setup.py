"""What comes before the sums: the choice of what to practise, and how well the tables are known."""

from dataclasses import dataclass, replace
from typing import ClassVar

from game.core.events import Choose, Digit, Do, Event, Go, Set
from game.core.modes.sums.game import SumsGame
from game.core.state import Help, Response, Screen, State
from game.core.values.sums import LEVELS, TABLES, Operation


@dataclass(frozen=True)
class Setup(Screen):
    """The choice of operations, level, tables and clock, which the settings keep."""

    scene_name: ClassVar[str] = "sums.setup"
    help: ClassVar[Help] = SumsGame.help

    def handle(self, state: State, event: Event) -> Response:
        """Change what is practised, start, or show what is known."""
        plan = state.settings.sums
        match event:
            case Do.ACCEPT:
                return Go("sums-game")
            case Set("operation", sign):
                return state.with_settings(sums=plan.toggled(Operation(sign)))
            case Set("clock", value):
                return state.with_settings(sums=replace(plan, timed=value == "on"))
            case Choose(table):
                return state.with_settings(sums=plan.toggled(table))
            case Digit(level) if level in LEVELS:
                return state.with_settings(sums=replace(plan, level=level))
        return super().handle(state, event)


@dataclass(frozen=True)
class MySums(Screen):
    """How well the times tables are known; a table can be chosen to practise it."""

    scene_name: ClassVar[str] = "sums.my_sums"

    def handle(self, state: State, event: Event) -> Response:
        """Go back to the choice, with a single table if one was pressed."""
        match event:
            case Choose(table) if table in TABLES:
                plan = state.settings.sums
                operations = plan.operations if plan.uses_tables else (Operation.TIMES,)
                alone = replace(plan, operations=operations, tables=(table,))
                return replace(state.with_settings(sums=alone), screen=Setup())
            case Do.BACK | Do.ACCEPT:
                return Go("sums")
        return super().handle(state, event)
