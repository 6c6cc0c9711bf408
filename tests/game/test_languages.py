"""The game in other languages: chosen at once, complete, and with names in any script."""

from dataclasses import replace
from pathlib import Path

import pygame
import pytest

from game.__main__ import first_state
from game.app import App, opened
from game.core.events import Go, Set, Typed
from game.core.language import tr
from game.core.modes.options import Options
from game.core.modes.review import Page, Review
from game.core.state import State
from game.core.update import state_after
from game.core.values.rounds import Round
from game.core.values.settings import Settings
from game.devices.files.storage import Storage
from game.devices.reader import Reader
from game.view.painting import fonts
from game.view.painting.lettering import text_images, writable
from game.view.scene import Rect, Text
from game.view.screens import view
from tests.pointer import clicked, target
from tests.rehearsed import said


def test_the_settings_change_the_language_at_once_and_keep_it(
    reader: Reader, tmp_path: Path
) -> None:
    storage = Storage(tmp_path)
    with opened(reader, State(screen=Options()), storage=storage) as app:
        app.frame(0.0)
        assert {"Language", "the system’s", "Back"} <= said(app.scene)
        for code, expected in (
            ("en", {"Language", "English"}),
            ("es", {"Idioma", "Español", "Volver"}),
        ):
            clicked(app, target(app, Set("language", code)))
            assert expected <= said(app.scene)
    assert storage.settings().language == "es"
    state = first_state(storage, "title", 0)
    assert (state.language, tr("Undo")) == ("es", "Deshacer")
    other = first_state(storage, "title", 0, language="en")
    assert (other.language, other.settings.language, tr("Undo")) == ("en", "es", "Undo")


def test_a_language_that_is_gone_is_the_systems(tmp_path: Path) -> None:
    storage = Storage(tmp_path)
    storage.save_settings(Settings(language="es"))
    path = tmp_path / "settings.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"es"', '"eo"'), encoding="utf-8")
    assert storage.settings().language == "system"
    assert not storage.messages


@pytest.mark.parametrize(
    "name", ["Ñandú", "Жанна", "李小龙", "محمد علي", "नमस्ते", "👩‍🚀", "e\N{COMBINING ACUTE ACCENT}"]
)
def test_a_name_in_any_script_is_typed_shown_and_kept(app: App, tmp_path: Path, name: str) -> None:
    round_ = Round(1, 1, 90, 1.0, 1.0)
    naming = Review("draw", (round_,), 90, ranks=True, nameless=True, page=Page.NAME)
    state = state_after(replace(app.state, screen=naming), Typed(writable(name)))
    kept = writable(name)
    assert f"{kept}_" in said(view(state, (1280, 800)))
    storage = Storage(tmp_path)
    storage.add_records(state_after(state, Go("title")).records)
    assert storage.records().name == kept
    assert not storage.messages
    text = Text(Rect(0, 0, 300, 40), kept, (0, 0, 0), 30)
    assert text_images(text)[0][0].get_bounding_rect().width > 5


def test_without_a_font_of_the_system_other_letters_are_boxes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(fonts, "_files", lambda: ())
    fonts.runs.cache_clear()
    assert fonts.runs("A李") == (("A", fonts.OWN), ("李", fonts.OWN))
    fonts.runs.cache_clear()


@pytest.mark.skipif(not pygame.font.match_font("dejavusans"), reason="has Arabic letters")
@pytest.mark.parametrize("after", ["", " Ada"])
def test_arabic_letters_join_and_run_from_the_right(after: str) -> None:
    """A lam and an alef become one shape, and the name begins with the last of its letters."""
    (part, file), *_ = fonts.runs("سلام" + after)
    assert part == "سلام"[::-1] + after[:1]
    alone, joined = pygame.font.Font(file, 60), fonts.font_for(part, file, 45)
    assert joined.size(part.strip())[0] < 0.9 * sum(alone.size(letter)[0] for letter in "سلام")


def test_accents_of_capitals_stand_on_their_letters() -> None:
    """The letter below an accent is where it is without one."""
    plain, accented = (
        text_images(Text(Rect(0, 0, 90, 60), text, (0, 0, 0), 40))[0] for text in ("N", "Ñ")
    )
    bottoms = [place[1] + image.get_bounding_rect().bottom for image, place in (plain, accented)]
    assert abs(bottoms[0] - bottoms[1]) <= 1
