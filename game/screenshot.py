"""Save pictures of every screen in every colour scheme, as shown in the README."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

import pygame
from PIL import Image

from game.app import SIZE
from game.core import events
from game.core.events import Do
from game.core.modes.draw import LAST_SECONDS
from game.core.modes.guessing_game import Phase
from game.core.modes.table import menu
from game.core.modes.today import DayResult
from game.core.state import TURN_SECONDS, State
from game.core.update import state_after
from game.core.values.mood import Mood
from game.core.values.players import Player
from game.core.values.settings import NORMAL_SECONDS
from game.core.values.writing import in_mirror
from game.devices.controls import Controls
from game.devices.cursor import Cursor
from game.devices.files.opening import opened as opened_file
from game.devices.files.saved_files import picture_of_day
from game.devices.reader import Reader
from game.films import FRAMES, faces, film, strip
from game.rehearsal import Game
from game.samples import find_photo, photographed, photographed_page, strokes_of
from game.view.glyphs import glyph
from game.view.painting.paint import Painter
from game.view.screens import view
from game.view.screens.title import TILE_SECONDS
from game.view.theme import THEMES
from mnist_jax.support.errors import InputError, reason

PLAYERS = tuple(
    Player(str(number), name, tuple(zip(("draw", "think", "sums"), points, strict=False)))
    for number, (name, points) in enumerate(
        {
            "Ada": (712, 350, 90),
            "María del Mar García": (655, 400),
            "小明": (731,),
            "Ольга": (598, 250, 120),
            "Jürgen": (),
        }.items(),
        1,
    )
)
"""Who plays in the pictures."""


def take(folder: Path, params: Path | None, language: str) -> None:
    """Save `<screen>-<colours>.png` for each screen and scheme into the folder.

    `keys` is *Draw it* with the pencil that the arrow keys move. Also save `faces.png`, a film
    strip `film-<mood>.png` of each of the creature's movements, a strip `strip-<name>.png` of each
    of the screens' movements, and `picture.png`, the result of "Today's six" as players show it
    around.

    Raises:
        InputError: the folder cannot be written, or the weights cannot be read.
    """
    reader = Reader(params).wait()
    if reader.error:
        raise reader.error
    pygame.font.init()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        states = played(reader, State(seed=7, language=language))
        states["keys"] = states["draw"]
        for (name, state), colours in product(states.items(), THEMES):
            shown = replace(state, settings=replace(state.settings, colours=colours))
            surface, scene = pygame.Surface(SIZE, 0, 32), view(shown, SIZE)
            if name == "keys":
                scene = Controls(cursor=Cursor(shown=True)).shown(scene, SIZE)
            Painter(surface).show(scene)
            pygame.image.save(surface, folder / f"{name}-{colours.replace(' ', '-')}.png")
        day = states["day"].screen
        if isinstance(day, DayResult):
            picture = picture_of_day(day.day, day.rounds, is_timed=True)
            pygame.image.save(picture, folder / "picture.png")
        pygame.image.save(faces(), folder / "faces.png")
        for mood in Mood:
            pygame.image.save(film(mood), folder / f"film-{mood.value.replace(' ', '-')}.png")
        for name, seconds, before, begun in movements(reader):
            following = [later(begun, seconds * n / (FRAMES - 1)) for n in range(FRAMES)]
            pygame.image.save(strip(before, following), folder / f"strip-{name}.png")
    except (OSError, pygame.error) as error:
        raise InputError(
            "{folder}: cannot be written ({reason}); choose another",
            folder=folder,
            reason=reason(error),
        ) from error


def played(reader: Reader, state: State) -> dict[str, State]:
    """Return a state of every screen, reached by playing."""
    game = Game(reader, state)
    drawings = tuple((str(digit), glyph(digit)) for digit in range(10))
    photo = find_photo(photographed(4072))
    opened = events.Opened("photo.jpg", photo=photo, sheet=photo.sheet)
    screens = {
        "title": game.do(events.NetReady()).wait(6.0),
        "sketchpad": game.do(events.Go("sketchpad")).draw(glyph(8)).wait(1.0),
        "open": game.do(events.SavedFilesFound(drawings)).state,
        "delete": game.do(Do.REMOVE).state,
        "confirm": game.do(events.Choose(8)).state,
        "number": game.do(Do.BACK, Do.BACK, events.Sheet("number"))
        .draw(strokes_of(4072))
        .wait(1.0),
        "photo": game.do(opened).wait(1.5),
        "inside": game.do(events.Go("inside"), Do.CLEAR).draw(glyph(4)).point_at_brightest(),
        "what-if": game.do(events.Point(None), events.Choose(1)).state,
        "similar": game.do(events.Choose(2), events.Digit(9)).state,
        "learn": game.do(events.Go("learn"), Do.ACCEPT).wait(1.0),
        "compare": game.do(Do.ADD, Do.ADD).wait(0.75),
        "drawn-for": game.do(events.Tool("pen")).draw(glyph(7)).wait(0.1),
        "card": game.do(events.Go("draw")).wait(1.0),
        "draw": game.draw(glyph(1)[:1]).wait(2.0),
        "result": game.do(Do.UNDO).draw_asked().wait(2.5),
        "second": game.do(events.Go("two")).draw_asked().wait(2.5),
        "winner": game.play("two").wait(1.7),
        "side-by-side": game.do(Do.ACCEPT, events.Choose(3)).wait(0.8),
        "day": game.play_day(date(2026, 11, 29)).play_day(date(2026, 11, 30)).wait(1.7),
        "midnight": game.do(events.NewDay(date(2026, 12, 1))).state,
        "think": game.do(events.Go("think")).draw(glyph(3)).wait(1.0),
        "right": game.do(events.Digit(3)).wait(0.5),
        "sums": game.do(events.Go("sums"), events.Set("operation", "×"), events.Digit(2)).wait(0.5),
        "problem": game.do(Do.ACCEPT).wait(0.5),
        "solved": game.write_answer().wait(0.8),
        "answer": game.do(Do.ACCEPT).write_answer(miss=1).wait(0.5),
        "asked": game.do(Do.ACCEPT).wait(0.6),
        "wrong": game.do(Do.ACCEPT).wait(0.5),
        "shown": game.do(Do.ACCEPT, Do.SKIP).wait(0.5),
        "time-up": game.play_sums().wait(61.0),
        "answers": game.do(Do.ACCEPT).wait(2.0),
        "my-sums": game.do(events.Go("my-sums")).state,
        "review": game.play("draw").do(events.Choose(2)).wait(0.5),
        "name": game.do(Do.ACCEPT, *map(events.Typed, "Ada")).state,
        "scores": game.do(Do.ACCEPT).state,
        "write": game.do(events.Go("write")).state,
        "watch": game.do(events.Digit(4)).wait(4.0),
        "trace": game.do(Do.ACCEPT).wait(2.5),
        "traced": game.trace().wait(2.0),
        "copy": game.do(Do.ACCEPT).draw(glyph(4)).wait(0.5),
        "mirrored": game.do(Do.CLEAR).draw(in_mirror(glyph(4))).wait(2.0),
        "by-heart": game.do(events.Choose(3)).wait(1.0),
        "forms": game.do(events.Go("forms")).state,
        "digits": game.do(events.Go("digits")).state,
        "digits-learnt": game.do(Do.ADD).state,
        "settings": game.do(events.Go("settings")).state,
        "help": game.do(Do.HELP).state,
        "draw-rules": game.do(events.Go("draw"), Do.HELP).state,
        "sums-rules": game.do(events.Go("sums"), Do.HELP).state,
        "think-rules": game.do(events.Go("think"), Do.HELP).state,
        "pause": game.do(Do.HELP, Do.PAUSE).state,
        "write-rules": game.do(events.Go("write"), Do.HELP).state,
        "players": game.do(events.Go("players"), events.PlayersFound(PLAYERS)).state,
        "new-player": game.do(events.Set("page", "add"), events.Typed("Grace Hopper")).state,
        "remove-player": game.do(Do.BACK, events.Set("page", "remove")).state,
        "best-games": game.do(Do.ACCEPT, events.Set("page", "scores")).state,
        "class": game.do(Do.BACK, events.Set("page", "word"), events.Typed("apple")).state,
        "pupil": game.do(Do.ACCEPT, Do.BACK).wait(1.0),
        "players-rules": game.do(events.Go("players"), Do.HELP).state,
    }
    return (
        screens
        | on_page(reader, state)
        | {
            name: game.do(events.Go(name)).wait(1.0)
            for name in menu() | menu(small=True)
            if name not in screens
        }
    )


def on_page(reader: Reader, state: State) -> dict[str, State]:
    """Return a state of each of the screens of a page: read, corrected, and what is asked."""
    game = Game(reader, state).do(events.NetReady())
    with TemporaryDirectory() as folder:
        path = Path(folder) / "page.png"
        Image.fromarray(photographed_page()).save(path)
        opened = opened_file(path)
        return {
            "page-begun": state_after(game.state, opened, *[events.Tick(0.1)] * 10),
            "page": game.do(opened).wait(1.0),
            "corrected": game.do(*map(events.Digit, (3, 1, 4))).wait(1.0),
            "replace": game.do(events.PageExists(str(path), "page.csv")).state,
            "unsaved": game.do(Do.BACK, Do.BACK).state,
        }


def lesson_movements(reader: Reader) -> Iterator[tuple[str, float, State, State]]:
    """Yield a digit as it is written, and a mirrored one that turns round."""
    game = Game(reader, State(seed=7))
    lesson = game.do(events.NetReady(), events.Go("write"), events.Digit(4)).wait(1.6)
    yield "lesson", 4.2, lesson, lesson
    mirrored = game.do(events.Choose(2)).draw(in_mirror(glyph(4))).do(Do.ACCEPT).wait(1.2)
    yield "turning", 1.2, mirrored, mirrored


def movements(reader: Reader) -> Iterator[tuple[str, float, State, State]]:
    """Yield each movement of a screen: its name, its seconds, and the states around its begin."""
    new = Game(reader, State(seed=7)).do(events.NetReady())
    yield "first-start", 2.6, new.state, new.state
    title = new.do(events.Tick(0.1), events.Go("draw"), Do.PAUSE, events.Go("title")).wait(1.0)
    yield "title", len(menu()) * TILE_SECONDS, title, title
    yield "screen", TURN_SECONDS, title, state_after(title, events.Go("sketchpad"))
    game = Game(reader, title)
    yield "card-dealt", 0.4, title, replace(game.do(events.Go("draw")).state, turn=None)
    for name, miss in (("right", 0), ("streak", 0), ("missed", 1)):
        game.draw_asked(miss)
        if miss:
            game.do(Do.SKIP)
        before = game.wait_for(Phase.RESULT)
        yield name, 1.4, before, before
        game.do(Do.ACCEPT)
    game.draw((glyph(8)[0][:3],))
    before = game.wait(NORMAL_SECONDS - LAST_SECONDS - 0.4)
    yield "last-seconds", 3.0, before, before
    game.do(events.Go("think")).draw(glyph(3))
    before = game.wait_for(Phase.BUZZED)
    yield "guess", 0.35, before, before
    yield "network-scores", 1.4, game.state, game.do(Do.ACCEPT, events.Tick(0.5), Do.ACCEPT).state
    best = game.play("draw").state
    yield "best-ever", 5.0, best, replace(game.state, turn=None)
    named = replace(game.do(Do.ACCEPT).state, turn=None)
    yield "best-ever-name", 4.0, named, named
    yield from lesson_movements(reader)


def later(state: State, seconds: float) -> State:
    """Return the state some seconds later, without any event of the player."""
    return state_after(state, *[events.Tick(seconds / 10)] * 10) if seconds else state
