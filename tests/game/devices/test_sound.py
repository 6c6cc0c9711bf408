"""Sounds, and what is said where there are none."""

import numpy as np
import pygame
import pytest

from game.app import opened
from game.core.events import Go
from game.devices.reader import Reader
from game.devices.sound import TUNES, Sounds, samples
from tests.pointer import beginning, clicked, pressed, target, texts


def test_a_sound_is_short_quiet_and_begins_and_ends_softly() -> None:
    for tune in TUNES.values():
        wave = samples(tune)
        assert len(wave) / 22050 < 0.8
        assert abs(int(wave[0])) < 1000
        assert abs(int(wave[-1])) < 1500
        assert np.abs(wave.astype(int)).max() > 10000


def test_without_an_audio_device_the_title_says_so_and_no_game_is_disturbed(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SDL_AUDIODRIVER", "none at all")
    pygame.mixer.quit()
    with opened(reader, beginning("draw"), sounds=Sounds()) as app:
        pressed(app, pygame.K_n)
        assert app.state.silent
        assert app.state.notice == ""
        assert not any("audio" in text for text in texts(app))
        pressed(app, pygame.K_ESCAPE)
        clicked(app, target(app, Go("title")))
        assert any("audio" in text for text in texts(app))
