"""Watch it learn: what its keys do, what is asked of the thread, and what is said of a network."""

import math
from dataclasses import replace

import pytest

from game.core.events import Change, Choose, Do, Event, Go, Learnt, NetFailed, Press
from game.core.modes.learning import CHOICES, ROUNDS_SHOWN, SETUPS, Learning
from game.core.state import Net, State, Title
from game.core.update import state_after
from game.core.values import progress
from game.core.values.progress import ROUND, NetworkProgress, Point, Progress, Setup, Task, Verdict
from game.core.values.settings import Settings

START = Point(0, math.log(10), 0.1)


def begun(*events: Event, **settings: object) -> State:
    """The screen after its networks were made, and some events."""
    state = State(net=Net.READY, seed=3, settings=replace(Settings(), **settings))  # type: ignore[arg-type]
    return state_after(come(state_after(state, Go("learn")), 0), *events)


def come(state: State, rounds: int, seed: int | None = None) -> State:
    """The state after the thread has reported this many rounds."""
    screen = learning(state)
    networks = tuple(NetworkProgress((START,)) for _ in screen.setups)
    come = Progress(screen.seed if seed is None else seed, rounds, screen.setups, networks)
    return state_after(state, Learnt(come))


def learning(state: State) -> Learning:
    assert isinstance(state.screen, Learning)
    return state.screen


def task(state: State) -> Task | None:
    return learning(state).question(state)


def test_the_networks_are_made_before_anything_is_pressed_and_then_wait() -> None:
    entered = state_after(State(net=Net.READY, seed=3), Go("learn"))
    assert task(entered) == Task(3, SETUPS[:1], rounds=0)
    assert task(come(entered, 0)) is None


def test_one_press_starts_another_pauses_and_a_step_is_one_round_and_pauses() -> None:
    running = begun(Do.ACCEPT)
    assert task(running).rounds == ROUNDS_SHOWN
    assert task(state_after(running, Do.ACCEPT)) is None
    assert task(state_after(running, Do.PAUSE)) is None
    stepped = state_after(come(running, 9), Do.STEP)
    assert task(stepped).rounds == 1
    assert task(come(stepped, 10)) is None
    assert task(state_after(stepped, Do.STEP)).rounds == 2


def test_starting_over_makes_other_networks_and_waits() -> None:
    anew = state_after(come(begun(Do.ACCEPT), 9), Do.NEW, Do.FORGET)
    assert (learning(anew).progress, learning(anew).running) == (None, False)
    assert (task(anew).seed, task(anew).rounds) == (4, 0)


@pytest.mark.parametrize("answer", [Do.ACCEPT, Do.BACK, Do.NEW, Press(0.5, 0.5)])
def test_starting_over_asks_first(answer: Event) -> None:
    asked = state_after(come(begun(Do.ACCEPT), 9), Do.NEW)
    assert learning(asked).is_asked
    assert asked.page != come(begun(Do.ACCEPT), 9).page
    kept = learning(state_after(asked, answer))
    assert kept.rounds == 9
    assert kept.is_asked is (answer not in {Do.ACCEPT, Do.BACK})
    nothing_learnt = state_after(begun(), Do.NEW)
    assert not learning(nothing_learnt).is_asked


def test_progress_on_its_way_is_dropped_after_a_new_start() -> None:
    """Even within one frame, in which the thread notices nothing."""
    again = begun(Do.ACCEPT, Do.NEW, Do.BACK, Go("learn"), Do.NEW)
    for seed in (3, 4):
        assert learning(come(again, 50, seed=seed)).progress is None
    assert learning(come(again, 50)).rounds == 50


@pytest.mark.parametrize("way", [(Do.BACK,), (Go("draw"), Do.PAUSE, Go("title")), (Go("think"),)])
def test_trained_networks_wait_for_the_next_visit_and_read_what_was_kept_since(
    way: tuple[Event, ...],
) -> None:
    trained = come(begun(Do.ADD, Do.ACCEPT), 40)
    again = state_after(trained, *way, Go("learn"))
    assert learning(again).progress is learning(trained).progress
    assert not learning(again).running
    assert task(again) == Task(3, SETUPS[:2], rounds=0)
    assert task(come(again, 40)) is None


def test_networks_that_failed_are_made_anew_at_the_next_visit() -> None:
    failed = state_after(begun(), Learnt(Progress(3, error="MemoryError")))
    assert task(state_after(failed, Do.BACK, Go("learn"))) == Task(4, SETUPS[:1], rounds=0)


def test_the_others_go_on_when_one_is_added_changed_or_removed() -> None:
    trained = come(begun(Do.ADD, Do.ACCEPT), 40)
    for event in (Do.ADD, Change("hidden"), Change("batch_size"), Do.REMOVE):
        changed = state_after(trained, event)
        assert learning(changed).progress.of(SETUPS[0]) is learning(trained).progress.networks[0]
        assert (task(changed).seed, learning(changed).running) == (3, True)


def test_a_network_that_was_removed_comes_back_before_a_new_one() -> None:
    state = begun(Do.ADD, Choose(0), Change("batch_size"), Do.REMOVE)
    assert learning(state).setups == SETUPS[1:2]
    back = state_after(state, Do.ADD)
    assert learning(back).setups == (SETUPS[1], replace(SETUPS[0], batch_size=128))
    assert learning(state_after(back, Do.ADD)).setups[2] == SETUPS[2]


@pytest.mark.parametrize("setting", CHOICES)
def test_a_choice_goes_round_its_values_in_both_directions(setting: str) -> None:
    state, values = begun(), set()
    assert learning(state_after(state, Change(setting), Change(setting, -1))).setup == Setup()
    for _ in CHOICES[setting]:
        state = state_after(state, Change(setting))
        values.add(getattr(learning(state).setup, setting))
    assert values == set(CHOICES[setting])
    assert learning(state).setup == Setup()


def test_another_network_or_batch_is_made_and_another_rate_goes_on_at_once() -> None:
    running = come(begun(Do.ACCEPT), 30)
    changed = state_after(running, Change("learning_rate"))
    assert (task(changed).setups[0].learning_rate, task(changed).seed) == (0.01, 3)
    assert learning(changed).rounds == 30
    for setting in ("hidden", "batch_size"):
        changed = state_after(running, Change(setting))
        assert learning(changed).progress.of(learning(changed).setup) is None
        assert task(changed).rounds == 0
        assert learning(changed).running
        assert task(state_after(changed, Change(setting, -1))).rounds >= 0


def test_up_to_three_networks_are_added_chosen_and_removed() -> None:
    full = begun(*[Do.ADD] * 5)
    assert learning(full).setups == SETUPS
    assert learning(full).selected == 2
    middle = state_after(full, Choose(1), Change("batch_size"))
    assert [setup.batch_size for setup in learning(middle).setups] == [32, 128, 32]
    assert learning(state_after(middle, Do.REMOVE)).setups == (SETUPS[0], SETUPS[2])
    assert len(learning(state_after(full, *[Do.REMOVE] * 5)).setups) == 1


def test_only_the_batch_sizes_divide_a_round() -> None:
    assert all(ROUND % size == 0 for size in CHOICES["batch_size"])


def test_nothing_is_trained_under_the_help_or_elsewhere_or_before_the_network_is_loaded() -> None:
    running = begun(Do.ACCEPT)
    assert task(state_after(running, Do.HELP)) is None
    assert task(state_after(running, Do.HELP, Do.HELP))
    loading = state_after(State(), Go("learn"))
    assert task(loading) is None
    assert task(state_after(loading, NetFailed("gone")))
    assert isinstance(state_after(running, Do.BACK).screen, Title)
    broken = state_after(running, Learnt(Progress(3, error="MemoryError")))
    assert task(broken) is None
    assert task(state_after(broken, Do.NEW))


def test_with_reduced_motion_the_picture_changes_less_often() -> None:
    assert task(begun(Do.ACCEPT, reduced_motion=True)).rounds > 3 * ROUNDS_SHOWN


@pytest.mark.parametrize(
    ("losses", "accuracy", "verdict"),
    [
        ((), 0.1, Verdict.FRESH),
        ((2.3,) * 4, 0.15, Verdict.GUESSING),
        ((2.3,) * 40, 0.15, Verdict.SLOW),
        ((2.3, 1.9, 1.2), 0.6, Verdict.LEARNING),
        ((1.9,) * 20 + (0.3,), 0.93, Verdict.GOOD),
        ((40.0,) + (2.4,) * 20, 0.1, Verdict.FALLEN),
        ((1.0,) * 20 + (math.nan,), 0.1, Verdict.FALLEN),
        ((math.inf,) * 2, 0.5, Verdict.FALLEN),
        ((5.0,) * 20, 0.8, Verdict.STUMBLING),
        ((5.0,) + (0.3,) * 20, 0.93, Verdict.GOOD),
    ],
)
def test_what_is_said_of_a_network(
    losses: tuple[float, ...], accuracy: float, verdict: Verdict
) -> None:
    points = (Point(ROUND * n, loss, accuracy) for n, loss in enumerate(losses, start=1))
    assert NetworkProgress((START, *points)).verdict is verdict


def test_a_curve_keeps_its_ends_and_stays_short() -> None:
    curve = (START,)
    for number in range(1, 1000):
        curve = progress.extended(curve, Point(number, 1.0, 0.5))
        assert len(curve) <= progress.MOST_POINTS
        assert (curve[0], curve[-1].seen) == (START, number)
    assert list(curve) == sorted(set(curve))
