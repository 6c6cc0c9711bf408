"""Which sounds to play, found by comparing the states before and after an event."""

from game.core.state import State


def sound_cues(before: State, after: State) -> tuple[str, ...]:
    """Return the names of the sounds to play now."""
    old, new = before.screen, after.screen
    if type(old) is not type(new):
        return (new.arrival_cue,)
    cues = new.sound_cues(old)
    if cues is not None:
        return cues
    return ("kept",) if len(after.kept) > len(before.kept) else ()
