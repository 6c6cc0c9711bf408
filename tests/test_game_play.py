"""Whole games through pygame's event queue: pointer, fingers, keys and buttons, and chaos."""

import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pygame
import pytest

from game import exchange
from game.app import App, opened
from game.effects import Effects
from game.events import Change, Choose, Do, Go
from game.glyphs import glyph
from game.paint import Painter
from game.reader import Reader
from game.replay import GameReplay, Replay
from game.rules.draw_game import DrawGame, Phase
from game.rules.pad import UNDRAWN, Pad
from game.rules.review import Page, Review
from game.rules.settings import Settings
from game.rules.think_game import ThinkGame
from game.scene import Rect
from game.screens import view
from game.sound import TUNES, Sounds, samples
from game.state import Digits, Net, Options, State, Title
from game.storage import Storage
from game.update import update
from mnist_jax.drawing import LabelledDrawing
from tests.beginnings import ENDED
from tests.pointer import beginning, button, draw, finger, key, motion, post, texts

HAND = [
    LabelledDrawing(str(d), tuple(np.array(stroke)[:, :2] for stroke in glyph(d)))
    for d in range(10)
]


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader().wait()


@pytest.fixture
def app(reader: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[App]:
    monkeypatch.setattr("game.app.pictures_folder", lambda: tmp_path)
    with opened(reader, State(seed=3)) as game:
        game.frame(0.0)
        yield game


def pressed(app: App, code: int, text: str = "") -> None:
    post(key(code, text=text))
    app.frame(0.02)


def clicked(app: App, rect: Rect) -> None:
    place = rect.x + rect.width // 2, rect.y + rect.height // 2
    post(button(pygame.MOUSEBUTTONDOWN, place), button(pygame.MOUSEBUTTONUP, place))
    app.frame(0.02)


def target(app: App, event: object) -> Rect:
    return next(target.rect for target in app.scene.targets if target.event == event)


@pytest.mark.parametrize(
    ("code", "screen"),
    [
        (pygame.K_1, Pad),
        (pygame.K_2, DrawGame),
        (pygame.K_3, ThinkGame),
        (pygame.K_4, Digits),
        (pygame.K_5, Options),
    ],
)
def test_the_title_leads_everywhere_by_number_and_back(app: App, code: int, screen: type) -> None:
    pressed(app, code)
    assert isinstance(app.state.screen, screen)
    clicked(app, target(app, Do("back")))
    if app.state.overlay:
        clicked(app, target(app, Go("title")))
    assert isinstance(app.state.screen, Title)


def test_the_title_leads_everywhere_by_tab_and_enter(app: App) -> None:
    for code in (pygame.K_TAB, pygame.K_DOWN, pygame.K_RIGHT, pygame.K_UP, pygame.K_RETURN):
        pressed(app, code)
    assert isinstance(app.state.screen, DrawGame)


def test_enter_brings_the_next_card_though_tab_was_at_undo_in_the_round_before(app: App) -> None:
    app.state = beginning("draw")
    app.frame(0.0)
    tabs = [target.event for target in app.scene.targets].index(Do("undo")) + 1
    for code in [*[pygame.K_TAB] * tabs, pygame.K_n, pygame.K_RETURN]:
        pressed(app, code)
    assert len(app.state.screen.rounds) == 1
    assert app.state.screen.phase is Phase.CARD


def test_a_finger_presses_buttons(app: App) -> None:
    rect = target(app, Go("sketchpad"))
    x, y = (rect.x + 5) / 1280, (rect.y + 5) / 800
    post(finger(pygame.FINGERDOWN, 1, x, y), finger(pygame.FINGERUP, 1, x, y))
    app.frame(0.02)
    assert isinstance(app.state.screen, Pad)


def test_a_button_left_before_letting_go_is_not_pressed(app: App) -> None:
    rect = target(app, Go("sketchpad"))
    post(button(pygame.MOUSEBUTTONDOWN, (rect.x + 5, rect.y + 5)), motion((2, 2)))
    post(button(pygame.MOUSEBUTTONUP, (2, 2)))
    app.frame(0.02)
    assert isinstance(app.state.screen, Title)


def test_a_button_is_not_pressed_where_another_stands_when_the_finger_is_lifted(app: App) -> None:
    app.state = beginning("think", net=Net.READY)
    app.frame(0.0)
    draw(app)
    done = next(one.rect for one in app.scene.targets if one.key == "return")
    x, y = (done.x + done.width / 2) / 1280, (done.y + done.height / 2) / 800
    post(finger(pygame.FINGERDOWN, 1, x, y))
    for _ in range(60):
        app.frame(0.02)
    assert app.state.screen.asks
    post(finger(pygame.FINGERUP, 1, x, y))
    app.frame(0.02)
    assert app.state.screen.asks
    assert not app.state.screen.rounds


def test_help_opens_and_closes_on_every_screen(app: App) -> None:
    for where in ("title", "sketchpad", "draw", "think", "digits", "settings"):
        app.state = beginning(where)
        app.frame(0.0)
        pressed(app, pygame.K_F1)
        assert app.state.overlay == "help"
        pressed(app, pygame.K_ESCAPE)
        assert app.state.overlay == ""
        assert app.state.running


@pytest.mark.parametrize(("mode", "code"), [("draw", pygame.K_2), ("think", pygame.K_3)])
def test_a_whole_game_is_played_with_the_pointer(app: App, mode: str, code: int) -> None:
    pressed(app, code)
    hand = GameReplay(HAND, 60)
    for _ in range(5000):
        if isinstance(app.state.screen, Review):
            break
        hand.play(app)
        app.frame(1 / 60)
    assert isinstance(app.state.screen, Review)
    assert app.state.screen.mode == mode
    assert app.state.screen.right == len(app.state.screen.rounds) == {"draw": 6, "think": 10}[mode]
    assert len(app.state.records.trials) == len(app.state.screen.rounds)


@pytest.mark.parametrize(
    ("mode", "hand"), [("sketchpad", Replay), ("draw", GameReplay), ("think", GameReplay)]
)
def test_a_replay_goes_on_when_somebody_looks_away_or_asks_for_help(
    app: App, mode: str, hand: type[Replay]
) -> None:
    class Disturbed(hand):
        def between(self, app: App) -> list[pygame.event.Event]:
            away = pygame.event.Event(pygame.WINDOWFOCUSLOST)
            return [*super().between(app), away, key(pygame.K_F1)]

    app.state = beginning(mode, seed=3)
    app.frame(0.0)
    playing = Disturbed(HAND, 60)
    for _ in range(4000):
        playing.play(app)
        app.frame(1 / 30)
        if not app.state.running:
            break
    assert not app.state.running
    assert playing.count == {"sketchpad": 10, "draw": 6, "think": 10}[mode]


def test_after_a_game_the_name_is_typed_and_the_score_shown_and_kept(
    reader: Reader, tmp_path: Path
) -> None:
    with opened(reader, beginning("draw"), storage=Storage(tmp_path)) as app:
        hand = GameReplay(HAND, 200)
        for _ in range(5000):
            if isinstance(app.state.screen, Review):
                break
            hand.play(app)
            app.frame(1 / 20)
        pressed(app, pygame.K_RETURN)
        assert "Best ever!" in texts(app)
        for letter in "Ada":
            pressed(app, ord(letter.lower()), letter)
        pressed(app, pygame.K_RETURN)
        assert "Ada" in texts(app)
        points = app.state.screen.score
    kept = Storage(tmp_path).records()
    assert [(score.name, score.points) for score in kept.scores] == [("Ada", points)]
    assert len(kept.trials) == 6


def test_the_offered_name_gives_way_to_another_and_a_held_backspace_rubs_on(app: App) -> None:
    app.state = State(screen=replace(ENDED, page=Page.NAME, name="Adalbert", offered=True))
    app.frame(0.0)
    for letter in "Grace":
        pressed(app, ord(letter.lower()), letter)
    assert app.state.screen.name == "Grace"
    pressed(app, pygame.K_BACKSPACE)
    assert app.state.screen.name == "Grac"
    for _ in range(12):
        app.frame(0.04)
    assert app.state.screen.name == "Gr"
    post(pygame.event.Event(pygame.KEYUP, key=pygame.K_BACKSPACE, mod=0, unicode=""))
    for _ in range(50):
        app.frame(0.02)
    assert app.state.screen.name == "Gr"


def test_a_key_plays_again(app: App) -> None:
    app.state = State(screen=replace(ENDED, page=Page.SCORES))
    app.frame(0.0)
    pressed(app, pygame.K_a)
    assert isinstance(app.state.screen, DrawGame)


def test_ctrl_c_loses_no_score(reader: Reader, tmp_path: Path) -> None:
    class Impatient:
        def play(self, app: App) -> None:
            assert app.state.running
            raise KeyboardInterrupt

    ended = State(screen=replace(ENDED, page=Page.NAME))
    with opened(reader, ended, storage=Storage(tmp_path)) as app, pytest.raises(KeyboardInterrupt):
        app.run(Impatient())
    assert [score.points for score in Storage(tmp_path).records().scores] == [ENDED.score]


def test_a_wrong_guess_is_kept_as_a_labelled_drawing(reader: Reader, tmp_path: Path) -> None:
    with opened(reader, beginning("think"), storage=Storage(tmp_path)) as app:
        draw(app)
        for _ in range(60):
            app.frame(0.02)
        assert app.state.screen.guess == 7
        draw(app, HAND[8].drawing)
        pressed(app, pygame.K_8)
    assert '"word":"8"' in (tmp_path / "drawings.ndjson").read_text(encoding="utf-8")


def test_a_figure_pressed_on_the_sketchpad_is_kept(reader: Reader, tmp_path: Path) -> None:
    with opened(reader, beginning("sketchpad"), storage=Storage(tmp_path)) as app:
        draw(app)
        pressed(app, pygame.K_7)
        assert any(text.startswith("Kept as a 7") for text in texts(app))
    assert (tmp_path / "drawings.ndjson").read_text(encoding="utf-8").count("\n") == 1


def test_looking_away_pauses_a_game(app: App) -> None:
    pressed(app, pygame.K_2)
    draw(app)
    post(pygame.event.Event(pygame.WINDOWFOCUSLOST))
    app.frame(0.02)
    assert app.state.overlay == "pause"
    clock = app.state.screen.seconds
    draw(app)
    app.frame(5.0)
    assert app.state.screen.seconds == clock


def test_a_setting_is_seen_at_once_and_kept(reader: Reader, tmp_path: Path) -> None:
    with opened(reader, beginning("settings"), storage=Storage(tmp_path)) as app:
        app.frame(0.0)
        before = app.scene.theme
        clicked(app, target(app, Change("colours", 1)))
        assert app.scene.theme != before
    assert Storage(tmp_path).settings() == Settings(colours="high contrast")


def test_a_key_can_be_chosen(app: App) -> None:
    app.state = beginning("settings")
    app.frame(0.0)
    clicked(
        app, next(t.rect for t in app.scene.targets if getattr(t.event, "action", "") == "undo")
    )
    pressed(app, pygame.K_k)
    assert app.state.settings.key("undo") == "k"


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
    after = update(before, Do("skip"))
    assert after.notice == ""
    (news,) = Effects(None, sounds).follow(before, after)
    told = update(after, news)
    assert Effects(None, sounds).follow(told, told) == []
    shown = [view(state, (1280, 800)).items for state in (told, update(told, Go("title")))]
    said = [any("audio" in getattr(item, "text", "") for item in items) for items in shown]
    assert said == [False, True]


WHERE = ("title", "sketchpad", "draw", "think", "digits", "settings")


def chaos(app: App, count: int, seed: int) -> set[type]:
    """Random events of every kind, from all hands at once; the screens they came by."""
    seen = set()
    rng = random.Random(seed)  # noqa: S311 - chaos, not a secret
    codes = [*range(pygame.K_0, pygame.K_9 + 1), *map(ord, "abcdenoprsuw?"), pygame.K_TAB]
    codes += [pygame.K_RETURN, pygame.K_SPACE, pygame.K_BACKSPACE, pygame.K_F1, pygame.K_ESCAPE]
    kinds = [pygame.MOUSEBUTTONDOWN, pygame.MOUSEBUTTONUP]
    fingers = [pygame.FINGERDOWN, pygame.FINGERMOTION, pygame.FINGERUP]
    for _ in range(count):
        width, height = app.scene.items[0].rect[2:]
        place = rng.randrange(-50, width + 50), rng.randrange(-50, height + 50)
        match rng.randrange(12):
            case 0:
                post(
                    key(
                        code := rng.choice(codes),
                        rng.choice([0, 0, pygame.KMOD_CTRL]),
                        chr(code % 128),
                    )
                )
            case 1 | 2 | 3:
                post(button(rng.choice(kinds), place, rng.choice([1, 1, 1, 2, 3, 4])))
            case 4:
                number, x, y = rng.randrange(3), rng.random(), rng.random()
                post(finger(rng.choice(fingers), number, x, y))
            case 5 if rng.random() < 0.02:
                size = rng.choice([(640, 480), (320, 320), (1280, 800), (500, 900)])
                pygame.display.set_mode(size, pygame.RESIZABLE)
                post(pygame.event.Event(pygame.VIDEORESIZE, size=size, w=size[0], h=size[1]))
            case 6 if rng.random() < 0.1:
                post(pygame.event.Event(pygame.WINDOWFOCUSLOST))
            case _:
                post(motion(place, held=rng.random() < 0.9))
        if rng.random() < 0.1:
            app.frame(rng.choice([0.01, 0.05, 1.0]))
            seen.add(type(app.state.screen))
            if not app.state.running or rng.random() < 0.05:
                app.state = beginning(rng.choice(WHERE))
    return seen


@pytest.mark.parametrize(
    ("count", "seed"), [(4000, 1), pytest.param(100_000, 2, marks=pytest.mark.slow)]
)
def test_after_chaos_the_picture_is_whole_and_a_seven_is_read(
    app: App, count: int, seed: int
) -> None:
    assert chaos(app, count, seed) >= {Title, Pad, DrawGame, ThinkGame, Digits, Options}
    shown = pygame.display.get_surface()
    fresh = pygame.Surface(shown.get_size(), 0, 32)
    Painter(fresh).show(app.scene)
    assert pygame.image.tobytes(shown, "RGB") == pygame.image.tobytes(fresh, "RGB")
    post(button(pygame.MOUSEBUTTONUP, (0, 0)))
    post(*(finger(pygame.FINGERUP, number, 0, 0) for number in range(3)))
    app.frame(0.02)
    app.state = beginning("sketchpad")
    app.frame(0.02)
    draw(app)
    assert app.state.reading
    assert app.state.reading.digit == 7


def test_fullscreen_is_toggled_by_a_key_everywhere(app: App) -> None:
    for expected in (True, False):
        pressed(app, pygame.K_F11)
        assert app.state.fullscreen is app.state.settings.fullscreen is expected
        assert bool(pygame.display.get_surface().get_flags() & pygame.FULLSCREEN) is expected


def test_after_fullscreen_the_window_is_as_large_as_before(app: App) -> None:
    pygame.display.set_mode((700, 500), pygame.RESIZABLE)
    post(pygame.event.Event(pygame.VIDEORESIZE, size=(700, 500), w=700, h=500))
    app.frame(0.02)
    for _ in range(2):
        pressed(app, pygame.K_F11)
    assert pygame.display.get_window_size() == (700, 500)
    assert app.scene.items[0].rect[2:] == (700, 500)


def test_a_dropped_file_is_laid_on_the_pad(app: App, tmp_path: Path) -> None:
    path = tmp_path / "seven.ndjson"
    path.write_text('{"word":"7","drawing":[[[0,20,8],[0,0,40]]]}', encoding="utf-8")
    post(pygame.event.Event(pygame.DROPFILE, file=str(path)))
    app.frame(0.02)
    assert isinstance(app.state.screen, Pad)
    assert app.state.reading
    assert app.state.reading.digit == 7


def test_a_dropped_file_that_cannot_be_read_ends_no_game(app: App, tmp_path: Path) -> None:
    pressed(app, pygame.K_2)
    (tmp_path / "broken.png").write_bytes(b"no picture")
    post(pygame.event.Event(pygame.DROPFILE, file=str(tmp_path / "broken.png")))
    app.frame(0.02)
    assert isinstance(app.state.screen, DrawGame)
    assert any("broken.png" in text for text in texts(app))


def test_a_dropped_picture_is_seen_and_read_and_gives_way_to_the_pen(
    app: App, tmp_path: Path
) -> None:
    exchange.save(tmp_path, "four", glyph(4), "4", 0.02)
    post(pygame.event.Event(pygame.DROPFILE, file=str(tmp_path / "four.png")))
    app.frame(0.02)
    assert app.state.reading
    assert app.state.reading.digit == 4
    pad = app.scene.pad
    shown = pygame.surfarray.array3d(pygame.display.get_surface().subsurface(pad))
    assert (shown == app.scene.theme.ink).all(2).mean() > 0.02
    draw(app)
    assert app.state.picture is None
    assert app.state.reading.digit == 7


def test_saving_a_pad_without_a_drawing_says_why_nothing_is_saved(app: App, tmp_path: Path) -> None:
    app.state = beginning("sketchpad")
    app.frame(0.0)
    pressed(app, pygame.K_s)
    assert UNDRAWN in texts(app)
    assert not list(tmp_path.iterdir())


def test_a_drawing_saved_again_and_again_is_saved_as_what_it_is_said_to_be(
    app: App, tmp_path: Path
) -> None:
    app.state = beginning("sketchpad")
    app.frame(0.0)
    draw(app)
    for code in (pygame.K_1, pygame.K_s, pygame.K_s, pygame.K_s):
        pressed(app, code)
    assert len(list(tmp_path.glob("*.png"))) == 3
    assert (tmp_path / "drawings.ndjson").read_text(encoding="utf-8").count('"word":"1"') == 3


def test_a_saved_drawing_is_opened_again(app: App, tmp_path: Path) -> None:
    app.state = beginning("sketchpad")
    app.frame(0.0)
    draw(app)
    for code in (pygame.K_s, pygame.K_c, pygame.K_o):
        pressed(app, code)
    assert [path.suffix for path in sorted(tmp_path.iterdir())] == [".ndjson", ".png"]
    assert app.state.overlay == "open"
    clicked(app, target(app, Choose(0)))
    assert app.state.overlay == ""
    assert app.state.reading
    assert app.state.reading.digit == 7
