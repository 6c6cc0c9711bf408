"""Sounds, and what is said where there are none."""

import numpy as np
import pygame
import pytest

from game.core.events import Do, Go
from game.core.update import update
from game.devices.effects import Effects
from game.devices.sound import TUNES, Sounds, samples
from game.view.screens import view
from tests.pointer import beginning


def test_a_sound_is_short_quiet_and_begins_and_ends_softly() -> None:
    for tune in TUNES.values():
        wave = samples(tune)
        assert len(wave) / 22050 < 0.8
        assert abs(int(wave[0])) < 1000
        assert abs(int(wave[-1])) < 1500
        assert np.abs(wave.astype(int)).max() > 10000


def test_without_an_audio_device_the_title_says_so_and_no_game_is_disturbed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SDL_AUDIODRIVER", "none at all")
    pygame.mixer.quit()
    sounds = Sounds()
    sounds.play("right", 5)
    assert sounds.silent
    before = beginning("draw")
    after = update(before, Do.SKIP)
    assert after.notice == ""
    (news,) = Effects(None, sounds).apply(before, after)
    told = update(after, news)
    assert Effects(None, sounds).apply(told, told) == []
    shown = [view(state, (1280, 800)).items for state in (told, update(told, Go("title")))]
    said = [any("audio" in getattr(item, "text", "") for item in items) for items in shown]
    assert said == [False, True]
