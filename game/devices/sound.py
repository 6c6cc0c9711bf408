"""Short synthesised sounds; without an audio device the game is silent."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import pygame

RATE = 22050
LOUDEST = 0.35
"""Fraction of full scale at volume 10."""

STEP = 2 ** (2 / 12)
"""Ratio of two notes a whole tone apart: each digit of a streak sounds a tone higher."""

TUNES: dict[str, tuple[tuple[float, float], ...]] = {
    "turn": ((660, 0.05),),
    "buzz": ((880, 0.07), (1175, 0.12)),
    "right": ((784, 0.09), (988, 0.09), (1175, 0.16)),
    **{
        f"streak{n}": ((784 * STEP**n, 0.08), (988 * STEP**n, 0.08), (1175 * STEP**n, 0.16))
        for n in range(2, 6)
    },
    "wrong": ((330, 0.09), (294, 0.09), (311, 0.14)),
    "points": ((1319, 0.04), (1760, 0.09)),
    "tick": ((523, 0.05),),
    "kept": ((988, 0.06),),
    "best": ((659, 0.1), (784, 0.1), (988, 0.1), (1319, 0.3)),
}
"""Notes of each sound: frequency in hertz and length in seconds."""


class Sounds:
    """Plays sounds if there is an audio device."""

    def __init__(self) -> None:
        """Create the player; the first sound opens the device."""
        self.silent = False
        """Whether opening the device failed."""
        self._sounds: dict[str, pygame.mixer.Sound] = {}

    def play(self, name: str, volume: int) -> None:
        """Play the sound at a volume from 0 to 10."""
        if volume and not (self.silent or pygame.mixer.get_init()):
            self._open()
        if volume == 0 or self.silent:
            return
        if name not in self._sounds:
            self._sounds[name] = pygame.mixer.Sound(samples(TUNES[name]).tobytes())
        self._sounds[name].set_volume(LOUDEST * volume / 10)
        self._sounds[name].play()

    def _open(self) -> None:
        try:
            with _silent_stderr():
                pygame.mixer.init(RATE, size=-16, channels=1, buffer=512)
        except pygame.error:
            self.silent = True


def samples(tune: tuple[tuple[float, float], ...]) -> np.ndarray:
    """Return the notes in sequence, each fading out, as 16-bit samples."""
    notes = []
    for frequency, seconds in tune:
        time = np.arange(round(seconds * RATE)) / RATE
        fade = np.minimum(1.0, time / 0.005) * np.exp(-4 * time / seconds)
        tone = np.sin(2 * np.pi * frequency * time) + 0.3 * np.sin(4 * np.pi * frequency * time)
        notes.append(tone * fade / 1.3)
    whole: np.ndarray = np.rint(32767 * np.concatenate(notes)).astype(np.int16)
    return whole


@contextmanager
def _silent_stderr() -> Iterator[None]:
    """Silence standard error: ALSA writes to it when there is no device."""
    stderr = os.dup(2)
    null = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(null, 2)
        yield
    finally:
        os.dup2(stderr, 2)
        os.close(stderr)
        os.close(null)
