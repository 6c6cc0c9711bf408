"""Sounds and files: what a change of the game's state makes the machine do."""

from typing import TYPE_CHECKING

from game.core.events import Do, Event, Notice, Silent
from game.core.sound_cues import sound_cues
from game.core.state import State
from game.devices.sound import Sounds
from game.devices.storage import Storage

if TYPE_CHECKING:
    from mnist_jax.ink.strokes import LabelledDrawing


class Effects:
    """Plays sounds and stores data as the state changes."""

    def __init__(self, storage: Storage | None, sounds: Sounds | None) -> None:
        """Store the two; with None nothing is stored, or no sound played."""
        self._storage = storage
        self._sounds = sounds

    def apply(self, before: State, after: State) -> list[Event]:
        """Play and store what the change calls for; return the events that result."""
        if self._sounds and not after.settings.mute:
            for cue in sound_cues(before, after):
                self._sounds.play(cue, after.settings.volume)
        news: list[Event] = []
        if self._sounds and self._sounds.silent and not after.silent:
            news.append(Silent())
        if self._storage:
            self._store(self._storage, before, after)
            news += [Notice(text) for text in self._storage.take_messages()]
        return [Do.STORED, *news] if after.kept or after.forget else news

    def kept_drawings(self, count: int) -> "list[LabelledDrawing]":
        """Return the player's latest labelled drawings, the newest first."""
        return self._storage.drawings(count) if self._storage else []

    @staticmethod
    def _store(storage: Storage, before: State, after: State) -> None:
        if after.forget:
            storage.delete_all()
            return
        if after.settings != before.settings:
            storage.save_settings(after.settings)
        if after.records is not before.records:
            scores = set(after.records.scores) - set(before.records.scores)
            new = after.records.trials is not before.records.trials
            storage.add_records(tuple(scores), after.records.trials[-1:] if new else ())
        for word, strokes in after.kept:
            storage.save_drawing(word, strokes)
