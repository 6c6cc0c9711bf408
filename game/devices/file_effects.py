"""Carry out the effects on files: the player's data, what is learnt of their hand, and pictures."""

import time
from pathlib import Path

from game.core import effects
from game.devices.background import Background
from game.devices.conversions import image_strokes
from game.devices.files import pages, players, saved_files
from game.devices.files.storage import Storage, pictures_folder
from game.devices.hand import HandTeacher


class FileEffects:
    """Passes what is to be read and written to the thread that works on files."""

    def __init__(
        self, background: Background, teacher: HandTeacher, storage: Storage | None
    ) -> None:
        """Store what carries them out; without `storage`, only effects on pictures are."""
        self._background = background
        self._teacher = teacher
        self._storage = storage

    def carry_out(self, effect: effects.Effect, player: str) -> None:
        """Carry out an effect for one player; effects that are not about files are ignored."""
        self._use_pictures(effect)
        if self._storage:
            storage = self._storage.of(player)
            self._store(effect, storage)
            self._teach(effect, storage)

    def _store(self, effect: effects.Effect, storage: Storage) -> None:
        """Carry out an effect on the player's data, or on who plays."""
        later = self._background.do
        match effect:
            case effects.StoreDrawing(word, strokes):
                later(storage.save_drawing, word, strokes)
            case effects.StoreDigit(word, image):
                later(lambda: storage.save_drawing(word, image_strokes(image)))
            case effects.StoreRecords(added):
                later(storage.add_records, added)
            case effects.StoreSettings(settings):
                later(storage.save_settings, settings)
            case effects.DeleteData(player):
                later(storage.of(player).delete_all)
            case effects.Order.LIST_PLAYERS:
                later(players.list_players, storage)
            case effects.AddPlayer(name):
                later(players.add_player, storage, name)
            case effects.SwitchPlayer(player, where):
                later(players.load_player, storage, player, where)
            case effects.ExportData(name):
                name = f"inkling-{name}-{time.strftime('%Y%m%d-%H%M%S')}"
                later(players.export_player, storage, players.exports_folder(), name)

    def _teach(self, effect: effects.Effect, storage: Storage) -> None:
        """Carry out an effect on what is learnt of the player's hand."""
        later = self._background.do
        match effect:
            case effects.Order.LOAD_HAND:
                later(self._teacher.load, storage)
            case effects.StudyHand(fresh):
                self._background.study(self._teacher, storage, fresh)
            case effects.Order.ADOPT_HAND:
                later(self._teacher.adopt, storage)
            case effects.Order.DROP_HAND:
                later(self._teacher.drop, storage)

    def _use_pictures(self, effect: effects.Effect) -> None:
        """Carry out an effect on the pictures that the player saves."""
        later = self._background.do
        match effect:
            case effects.SaveFile(sketch, word, radius):
                name = time.strftime("inkling-%Y%m%d-%H%M%S")
                later(lambda: saved_files.save(pictures_folder(), name, sketch, word, radius))
            case effects.SaveDay(day, rounds, is_timed):
                # here, as the painter of the window uses the same fonts
                picture = saved_files.picture_of_day(day, rounds, is_timed=is_timed)
                name = f"inkling-today-{day.isoformat()}"
                later(lambda: saved_files.save_picture(pictures_folder(), name, picture))
            case effects.SavePage(path, rows, replaces):
                later(lambda: pages.save_page(Path(path), rows, replaces=replaces))
            case effects.DeleteFile(word, strokes):
                later(lambda: saved_files.delete(pictures_folder(), word, strokes))
            case effects.Order.LIST_SAVED_FILES:
                later(lambda: saved_files.list_drawings(pictures_folder()))
