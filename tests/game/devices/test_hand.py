"""The network learns a hand in a process of its own, and reads with what it has learnt."""

import subprocess
import time
from concurrent.futures import Future
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from game.app import opened
from game.core.effects import SwitchPlayer
from game.core.events import Do, Go, HandStudied, HandUsed, Tick
from game.core.state import Net, State
from game.core.update import state_after
from game.core.values.players import GUEST
from game.core.values.sketch import Strokes
from game.core.values.teaching import Taught
from game.devices.files.storage import HAND, Storage
from game.devices.hand import HandTeacher
from game.devices.reader import Reader
from mnist_jax.hand_file import save_hand
from mnist_jax.model import MLP, Dense
from mnist_jax.params import shipped_params
from tests.hands import drawings_of_a_person
from tests.pointer import ONE, draw, wait

TAUGHT = Taught(60, before=6, after=3, helps=True)


def strokes(drawing: Any) -> Strokes:
    """The drawing on a pad."""
    return tuple(tuple((float(x) + 0.2, float(y) + 0.2, 0.0) for x, y in one) for one in drawing)


def store(teacher: HandTeacher, storage: Storage, count: int) -> Future[Any]:
    """Store drawings of a person, and return what there is to learn from."""
    for one in drawings_of_a_person(count, 1):
        storage.save_drawing(one.word, strokes(one.drawing))
    drawings: Future[Any] = Future()
    drawings.set_result(teacher.drawings(storage))
    return drawings


@pytest.fixture
def own(reader: Reader) -> Reader:
    """A reader that no other test uses, with the same network."""
    other = Reader()
    other.base = reader.base
    other._net = reader.base
    return other


def changed(network: MLP) -> MLP:
    """A network that takes everything for a 7."""
    *others, last = network.layers
    return MLP([*others, Dense(last.kernel, last.bias.at[7].add(99.0))], network.threshold)


def save(storage: Storage, own: Reader) -> None:
    """Store what was learnt of a hand: to take everything for a 7."""
    taught, card = changed(own.base), asdict(TAUGHT)
    storage.save_hand(lambda path: save_hand(path, own.base, taught, card))


def test_what_is_stored_is_read_with_until_it_is_dropped(own: Reader, tmp_path: Path) -> None:
    storage, teacher = Storage(tmp_path), HandTeacher(own)
    save(storage, own)
    assert teacher.load(storage) == HandUsed(TAUGHT)
    one = strokes(drawings_of_a_person(2, 1)[1].drawing)
    assert own.read(one).digit == 7
    assert teacher.drop(storage) == HandUsed()
    assert own.read(one).digit == 1
    assert not (storage.own / HAND).exists()
    assert teacher.adopt(storage) == HandUsed(TAUGHT)
    assert HandTeacher(own).load(Storage(tmp_path)) == HandUsed(TAUGHT)
    storage.delete_all()
    assert teacher.load(storage) == HandUsed()
    assert own.read(one).digit == 1
    assert teacher.adopt(storage) == HandUsed()  # what was forgotten does not come back
    assert storage.messages == []


def test_the_game_reads_with_it_from_the_start_until_all_is_forgotten(
    own: Reader, tmp_path: Path
) -> None:
    storage = Storage(tmp_path)
    save(storage, own)
    with opened(own, state_after(State(), Go("sketchpad")), storage=storage) as app:
        wait(app, lambda: app.state.teaching.used)
        draw(app, ONE)
        assert app.state.reading.digit == 7
        for done in (Go("digits"), Tick(1.0), Do.REMOVE):
            app._update(done)
        wait(app, lambda: not app.state.teaching.used)
        assert app.state.teaching.offer == TAUGHT
        app._update(Do.ADD)
        wait(app, lambda: app.state.teaching.used)
        for done in (Go("settings"), Do.FORGET, Do.FORGET, Go("sketchpad"), Do.CLEAR):
            app._update(done)
        wait(app, lambda: not (storage.own / HAND).exists() and own._net is own.base)
        draw(app, ONE)
        assert app.state.reading.digit == 1
    assert storage.messages == []


def test_each_player_is_read_with_what_was_learnt_of_their_own_hand(
    own: Reader, tmp_path: Path
) -> None:
    storage = Storage(tmp_path)
    save(storage.of("2"), own)
    with opened(own, State(), storage=storage) as app:
        wait(app, lambda: app.state.net is Net.READY)
        for player, is_own in (("2", False), (GUEST, True), ("2", False), ("1", True)):
            app._carry_out(SwitchPlayer(player))
            wait(app, lambda player=player: app.state.player == player)
            wait(app, lambda is_own=is_own: (own._net is own.base) is is_own)
            wait(app, lambda is_own=is_own: (app.state.teaching.used is None) is is_own)


@pytest.mark.parametrize(
    "content",
    [b"", b"no tensors", b"\xff" * 400, asdict(TAUGHT) | {"after": 61}, {"drawings": 1.5}],
)
def test_a_damaged_file_is_set_aside(own: Reader, tmp_path: Path, content: Any) -> None:
    storage = Storage(tmp_path)
    if isinstance(content, bytes):
        storage.own.mkdir(parents=True)
        (storage.own / HAND).write_bytes(content)
    else:
        storage.save_hand(lambda path: save_hand(path, own.base, changed(own.base), content))
    assert HandTeacher(own).load(storage) == HandUsed()
    assert f"{HAND}.broken1" in storage.messages[0]
    assert [path.name for path in storage.own.glob("hand*")] == [f"{HAND}.broken1"]


def test_what_was_learnt_by_another_network_rests(own: Reader, tmp_path: Path) -> None:
    storage, other = Storage(tmp_path), changed(own.base)
    storage.save_hand(lambda path: save_hand(path, other, own.base, asdict(TAUGHT)))
    assert HandTeacher(own).load(storage) == HandUsed()
    assert "another network" in storage.messages[0]
    assert (storage.own / HAND).exists()


def test_few_drawings_teach_nothing_and_start_no_process(
    own: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(subprocess, "Popen", pytest.fail)
    storage, teacher = Storage(tmp_path), HandTeacher(own)
    drawings = store(teacher, storage, 9)
    assert teacher.study(storage, drawings, 1) == HandStudied(Taught(9))
    assert teacher.study(storage, drawings, 10) == HandStudied()


def test_learning_ends_with_the_game_and_is_no_error(own: Reader, tmp_path: Path) -> None:
    storage, teacher = Storage(tmp_path), HandTeacher(own)
    drawings = store(teacher, storage, 20)
    teacher.close()
    begin = time.monotonic()
    assert teacher.study(storage, drawings, 1) == HandStudied()
    assert time.monotonic() - begin < 60
    assert storage.messages == []


def test_what_is_learnt_of_one_player_is_not_offered_to_the_next(
    own: Reader, tmp_path: Path
) -> None:
    storage, teacher = Storage(tmp_path / "one"), HandTeacher(own)
    drawings = store(teacher, storage, 20)
    teacher.load(Storage(tmp_path / "other"))
    assert teacher.study(storage, drawings, 1) == HandStudied()


@pytest.mark.slow
def test_a_hand_is_learnt_from_drawings_and_others_of_it_are_read_better(
    own: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("game.devices.hand.LOWEST_PRIORITY", 0)  # beside other tests
    storage, teacher = Storage(tmp_path), HandTeacher(own)
    shipped = shipped_params().read_bytes()
    studied = teacher.study(storage, store(teacher, storage, 60), 1)
    assert isinstance(studied, HandStudied)
    taught = studied.found
    assert taught is not None
    assert (taught.drawings, taught.helps, taught.gain > 0) == (60, True, True)
    others = [(one.label, strokes(one.drawing)) for one in drawings_of_a_person(200, 2)]

    def misread() -> int:
        return int(np.sum([own.read(drawn).digit != digit for digit, drawn in others]))

    before = misread()
    assert teacher.adopt(storage) == HandUsed(taught)
    assert misread() <= before // 2
    assert (storage.own / HAND).stat().st_size < 150_000
    assert shipped_params().read_bytes() == shipped
