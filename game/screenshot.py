"""Save pictures of every screen in every colour scheme, as shown in the README."""

import math
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import pairwise, product
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pygame
from PIL import Image

from game.app import SIZE
from game.core import effects, events
from game.core.effects import Effect
from game.core.events import Do, Event
from game.core.modes.draw import LAST_SECONDS, DrawGame
from game.core.modes.guessing_game import GuessingGame, Phase
from game.core.modes.inside import Inside
from game.core.modes.lesson import Lesson
from game.core.modes.sketchpad import WIDTHS
from game.core.modes.sums import SumsGame
from game.core.modes.table import menu
from game.core.modes.today import DayResult
from game.core.state import TURN_SECONDS, State
from game.core.update import state_after, update
from game.core.values.insight import Unit
from game.core.values.mood import Mood
from game.core.values.players import Player
from game.core.values.progress import Task
from game.core.values.settings import NORMAL_SECONDS
from game.core.values.sketch import NUMBER_WIDTH, Sketch, Stroke, Strokes, bounds
from game.core.values.teaching import Taught
from game.core.values.writing import in_mirror
from game.devices.controls import Controls
from game.devices.conversions import drawing_arrays
from game.devices.cursor import Cursor
from game.devices.learning import Trainer, trainer_for
from game.devices.reader import Reader
from game.devices.saved_files import find_photo, painted, picture_of_day
from game.devices.saved_files import opened as opened_file
from game.films import FRAMES, faces, film, strip
from game.view.glyphs import glyph
from game.view.paint import Painter
from game.view.screens import view
from game.view.screens.title import TILE_SECONDS
from game.view.theme import THEMES
from mnist_jax.ink.strokes import LabelledDrawing
from mnist_jax.support.errors import InputError, reason

TAUGHT = Taught(120, before=9, after=3, helps=True)
"""What the network learns of the hand of the player who is shown."""

DIGIT_WIDTH = 0.65
"""Width of a digit of a number, in units of the pad."""
PAGE = (
    *(("314", "4072", "80"), ("905", "26", "411"), ("68", "1340", "27")),
    *(("77", "59", "3062"), ("250", "96", "8")),
)
"""The numbers on the made-up page."""
MIRRORED = (0, 0, "3")
"""Row, column and digit of what is mirrored on it."""
PAGE_DIGIT, PAGE_PEN = 0.05, 0.003
"""Height of a digit on it, and radius of the pen, in heights of the page."""
PEN_STEP = 0.05
"""Distance between two positions of the pen, in units of the pad."""


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
    strip `film-<mood>.png` of each of the creature's movements, and a strip `strip-<name>.png` of
    each of the screens' movements, and `picture.png`,
    the result of "Today's six" as players show it around.

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
        "open": game.do(events.Offered(drawings)).state,
        "delete": game.do(Do.REMOVE).state,
        "confirm": game.do(events.Choose(8)).state,
        "number": game.do(Do.BACK, Do.BACK, events.Sheet("number")).draw(written(4072)).wait(1.0),
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
    """Return the state after so many seconds in which nothing is done."""
    return state_after(state, *[events.Tick(seconds / 10)] * 10) if seconds else state


class Game:
    """A game without a window, whose network answers at once and whose time passes on request."""

    def __init__(self, reader: Reader, state: State) -> None:
        """Start from a state."""
        self.state = state
        self._reader = reader
        self._trainer: Trainer | None = None

    def do(self, *done: Event) -> "Game":
        """Apply the events, each with what the network answers to it."""
        for event in done:
            self.state, wanted = update(self.state, event)
            for effect in wanted:
                if answer := self._answer(effect):
                    self.state = state_after(self.state, answer)
        return self

    def wait(self, seconds: float) -> State:
        """Let time pass, and return the state."""
        return self.do(*[events.Tick(0.05)] * round(seconds / 0.05)).state

    def wait_for(self, phase: Phase) -> State:
        """Let time pass until the game that is played is in a phase, and return the state."""
        game = self.state.screen
        while isinstance(game, GuessingGame) and game.phase is not phase:
            game = self.do(events.Tick(0.02)).state.screen
        return self.state

    def draw(self, strokes: Strokes) -> "Game":
        """Draw the strokes at the speed of a hand."""
        for stroke in strokes:
            self.do(events.Press(*stroke[0][:2]))
            for begin, end in pairwise(point[:2] for point in stroke):
                steps = max(1, round(math.dist(begin, end) / PEN_STEP))
                for place in np.linspace(begin, end, steps + 1)[1:].tolist():
                    self.do(events.Tick(0.02), events.Move(*place))
            self.do(events.Lift())
        self.wait(0.1)
        return self

    def draw_asked(self, miss: int = 0) -> "Game":
        """Draw the digit that the game asks for, or the one that is larger by `miss`."""
        game = self.state.screen
        return self.draw(glyph((game.asked + miss) % 10)) if isinstance(game, DrawGame) else self

    def play(self, mode: str) -> "Game":
        """Play a game of given digits to its end, with the fourth round lost."""
        self.do(events.Go(mode))
        while isinstance(game := self.state.screen, DrawGame):
            self.draw_asked(miss=int(len(game.rounds) == 3)).wait(0.5)
            self.do(Do.SKIP, Do.ACCEPT)
        return self

    def play_day(self, day: date) -> "Game":
        """Play "Today's six" of a day, with the fourth round lost."""
        return self.do(events.NewDay(day)).play("today")

    def trace(self) -> "Game":
        """Draw along the model of the lesson."""
        lesson = self.state.screen
        return self.draw(lesson.model(self.state)) if isinstance(lesson, Lesson) else self

    def write_answer(self, miss: int = 0) -> "Game":
        """Write the answer to the problem, or one that is larger by `miss`."""
        game = self.state.screen
        return (
            self.draw(written(game.problem.answer + miss)) if isinstance(game, SumsGame) else self
        )

    def play_sums(self) -> "Game":
        """Solve nine problems."""
        for _ in range(9):
            self.do(Do.ACCEPT).write_answer().wait(0.8)
        return self.do(Do.ACCEPT)

    def point_at_brightest(self) -> State:
        """Point at the most active unit of the last hidden layer, and return the state."""
        screen = self.state.screen
        if isinstance(screen, Inside) and screen.insight and screen.insight.layers:
            *before, last = screen.insight.layers
            self.do(events.Point(Unit(len(before), last.index(max(last)))), events.Tick(0.0))
        return self.state

    def _answer(self, wanted: Effect) -> Event | None:
        """Return what the network answers; None for other effects, and for unfinished numbers."""
        if isinstance(wanted, Task):
            self._trainer = trainer_for(wanted, self._trainer, lambda _: plain_hand())
            return events.Learnt(self._trainer.train(wanted, round_seconds=0.0))
        if wanted == effects.StudyHand():
            return events.HandStudied(TAUGHT)
        if isinstance(wanted, effects.AdoptHand):
            return events.HandUsed(TAUGHT)
        is_begun = isinstance(wanted, effects.ReadNumber) and self.state.sketch.pen_down
        if isinstance(wanted, effects.Ask) and not is_begun:
            return self._reader.answer(wanted)
        return None


def plain_hand() -> list[LabelledDrawing]:
    """Return the ten digits in a plain style, as the library takes them."""
    return [LabelledDrawing(str(one), tuple(drawing_arrays(glyph(one)))) for one in range(10)]


def written(number: int) -> Strokes:
    """Return the number in the middle of its sheet, each digit `DIGIT_WIDTH` wide."""
    word = str(number)
    left, top = (NUMBER_WIDTH - len(word) * DIGIT_WIDTH) / 2, (1 - DIGIT_WIDTH) / 2
    return tuple(
        tuple(
            (left + DIGIT_WIDTH * (place + x), top + DIGIT_WIDTH * y, then) for x, y, then in stroke
        )
        for place, digit in enumerate(word)
        for stroke in glyph(int(digit))
    )


def photographed(number: int) -> np.ndarray:
    """Return a made-up photo of the number in uneven light, `(height, width, 3)`."""
    sheet = Sketch(written(number), width=NUMBER_WIDTH)
    return in_uneven_light(painted(sheet, WIDTHS[0]), number)


def photographed_page() -> np.ndarray:
    """Return a made-up photo of a page of numbers; the first has a mirrored digit."""
    strokes: list[Stroke] = []
    for row, numbers in enumerate(PAGE):
        for column, number in enumerate(numbers):
            left = 0.08 + 0.32 * column
            for digit in number:
                drawing = glyph(int(digit))
                drawing = in_mirror(drawing) if (row, column, digit) == MIRRORED else drawing
                x, y, right, bottom = bounds(drawing)
                scale, top = PAGE_DIGIT / (bottom - y), 0.08 + 0.16 * row
                strokes += [
                    tuple(
                        (left + scale * (at - x), top + scale * (down - y), t)
                        for at, down, t in one
                    )
                    for one in drawing
                ]
                left += scale * (right - x) + PAGE_DIGIT / 4
    return in_uneven_light(painted(Sketch(tuple(strokes)), PAGE_PEN), 0)


def in_uneven_light(sheet: pygame.Surface, seed: int) -> np.ndarray:
    """Return a made-up photo of a sheet, `(height, width, 3)`."""
    pixels = pygame.surfarray.array3d(sheet).swapaxes(0, 1)
    light = np.linspace(0.95, 0.6, pixels.shape[1])[:, None]
    noise = np.random.default_rng(seed).normal(0, 3, pixels.shape)
    photo: np.ndarray = np.clip(pixels * light + noise, 0, 255).astype(np.uint8)
    return photo
