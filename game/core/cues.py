"""Which sounds belong to what happened: found by comparing the game before and after."""

from game.core.rules.draw_game import DrawGame
from game.core.rules.review import Review
from game.core.rules.think_game import ThinkGame
from game.core.state import State


def cues(before: State, after: State) -> tuple[str, ...]:
    """Names of the sounds to play now."""
    match before.screen, after.screen:
        case (DrawGame() as old, DrawGame() as new) | (ThinkGame() as old, ThinkGame() as new):
            return _in_game(old, new)
        case _, Review(best_ever=True) if not isinstance(before.screen, Review):
            return ("best",)
        case old, new if type(old) is not type(new):
            return ("turn",)
    return ("kept",) if len(after.kept) > len(before.kept) else ()


def _in_game(old: DrawGame | ThinkGame, new: DrawGame | ThinkGame) -> tuple[str, ...]:
    if len(new.rounds) > len(old.rounds):
        return ("right" if new.rounds[-1].right else "wrong",)
    if new.phase.value in {"buzzed", "grace"} and old.phase is not new.phase:
        return ("buzz",)
    return ("turn",) if old.phase is not new.phase else ()
