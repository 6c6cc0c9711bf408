"""What the game's rules wish for and the machine does: sounds, and files kept."""

from game.core.cues import cues
from game.core.events import Do, Event, Notice, Silent
from game.core.state import State
from game.devices.sound import Sounds
from game.devices.storage import Storage


class Effects:
    """Follows the state from event to event; None for a storage or for sounds does without."""

    def __init__(self, storage: Storage | None, sounds: Sounds | None) -> None:
        """Take where things are kept and what makes them heard."""
        self._storage = storage
        self._sounds = sounds

    def follow(self, before: State, after: State) -> list[Event]:
        """Do what the change from one state to the other asks for; what is to be said of it."""
        if self._sounds and not after.settings.mute:
            for cue in cues(before, after):
                self._sounds.play(cue, after.settings.volume)
        news: list[Event] = []
        if self._sounds and self._sounds.silent and not after.silent:
            news.append(Silent())
        if self._storage:
            self._keep(self._storage, before, after)
            news += [Notice(text) for text in self._storage.take_said()]
        return [Do("stored"), *news] if after.kept or after.forget else news

    @staticmethod
    def _keep(storage: Storage, before: State, after: State) -> None:
        if after.forget:
            storage.forget()
            return
        if after.settings != before.settings:
            storage.keep_settings(after.settings)
        if after.records is not before.records:
            scores = set(after.records.scores) - set(before.records.scores)
            new = after.records.trials is not before.records.trials
            storage.add(tuple(scores), after.records.trials[-1:] if new else ())
        for word, strokes in after.kept:
            storage.keep_drawing(word, strokes)
