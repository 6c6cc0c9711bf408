"""What follows by itself from what happened: readings end, rounds are recorded, games reviewed."""

from dataclasses import replace

from game.core.rules import review
from game.core.rules.draw_game import DrawGame
from game.core.rules.records import NOBODY, Score, Trial
from game.core.rules.review import Review
from game.core.rules.sketch import Sketch, lift
from game.core.rules.think_game import ThinkGame
from game.core.state import State


def settled(before: State, state: State) -> State:
    """What follows by itself: an empty pad has no reading, a round ends with a clean one."""
    match before.screen, state.screen:
        case (DrawGame() | ThinkGame()) as old, (DrawGame() | ThinkGame()) as new:
            state = _round_ended(state, len(old.rounds))
            ended = old.phase.value == "result" and new.phase.value != "result"
            if ended and state.sketch is before.sketch:  # another is the next round's own
                state = replace(state, sketch=Sketch(), reading=None)
            return _finished(state, new) if new.over else state
    if not state.sketch.strokes and before.sketch.strokes and state.reading is before.reading:
        return replace(state, reading=None)
    return state


def _round_ended(state: State, known: int) -> State:
    """Round by round its trial is recorded, and what the net got wrong is kept.

    Not where nobody can tell who is right, nor where nothing was drawn.
    """
    if not isinstance(state.screen, DrawGame | ThinkGame):
        return state
    for played in state.screen.rounds[known:]:
        state = replace(state, sketch=lift(state.sketch))
        if played.disputed or not played.strokes:
            continue
        trial = Trial(played.digit, played.guess, played.seconds, played.ink)
        state = replace(state, records=state.records.with_trials((trial,)))
        if not played.right and isinstance(state.screen, ThinkGame):
            state = replace(state, kept=(*state.kept, (str(played.digit), played.strokes)))
    if not state.sketch.strokes:
        state = replace(state, reading=None)
    return state


def _finished(state: State, game: DrawGame | ThinkGame) -> State:
    best = state.records.best(game.mode)
    ranks = game.mode != "drill" and state.records.ranks(game.mode, game.score)
    shown = Review(
        game.mode,
        game.rounds,
        game.score,
        ranks=ranks,
        best_ever=ranks and (best is None or game.score > best),
        machine_score=game.machine_score if isinstance(game, ThinkGame) else None,
        name=state.records.name,
        offered=True,
        number=f"{state.seed:x}",
    )
    return replace(state, screen=review.choose(shown, 0), sketch=Sketch(), reading=None)


def scored(state: State) -> State:
    """The score of the game under review, among the best and not yet entered, is recorded."""
    if not (isinstance(state.screen, Review) and state.screen.ranks):
        return state
    shown = state.screen
    score = Score(shown.score, shown.name.strip() or NOBODY, shown.mode, shown.number)
    return replace(state, records=state.records.with_score(score))
