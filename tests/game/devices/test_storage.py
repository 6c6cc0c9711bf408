"""Data on disk: written whole, shared by several games, and never a reason to stop playing."""

import json
import subprocess
import sys
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest

from game.__main__ import first_state
from game.core.effects import SetFullscreen, StoreSettings
from game.core.events import Change, Do, Opened
from game.core.modes.review import Review
from game.core.modes.sketchpad import Pad
from game.core.state import Net
from game.core.update import state_after, update
from game.core.values.days import DailyRound
from game.core.values.records import Records, Score, Trial
from game.core.values.rounds import Round
from game.core.values.settings import Settings, bound
from game.core.values.teaching import MOST_DRAWINGS
from game.core.values.writing import USUAL
from game.devices.files.storage import Storage
from mnist_jax.ink.drawing_files import read_drawings

DOT = (((0.1, 0.2, 0.0),),)
ADA, ALAN = Score(90, "Ada", "draw", "1", knows_hand=True), Score(80, "Alan", "draw", "2")
TRIAL = Trial(4, None, 1.5, 2.0)
OTHERS = bound(Settings(volume=0, colours="high contrast"), "skip", "k")


def own_folder(folder: Path) -> Path:
    """The folder of the first player."""
    own = folder / "players" / "1"
    own.mkdir(parents=True, exist_ok=True)
    return own


def test_settings_and_records_are_stored(tmp_path: Path) -> None:
    """Older versions of the game wrote no name."""
    Storage(tmp_path).save_settings(OTHERS)
    Storage(tmp_path).add_records(Records((ADA,), (TRIAL,), "Ada"))
    assert Storage(tmp_path).settings() == OTHERS
    assert Storage(tmp_path).records() == Records((ADA,), (TRIAL,), "Ada")
    content = json.loads((own_folder(tmp_path) / "records.json").read_text(encoding="utf-8"))
    del content["name"]
    (own_folder(tmp_path) / "records.json").write_text(json.dumps(content), encoding="utf-8")
    assert Storage(tmp_path).records() == Records((ADA,), (TRIAL,))


def test_settings_of_an_older_version_are_read_and_the_new_key_is_a_free_one(
    tmp_path: Path,
) -> None:
    keys = {action: key for action, key in Settings().keys if action != "sheet"}
    for used, given in (({}, "m"), ({"undo": "m"}, "a"), ({"undo": "m", "redo": "a"}, "f")):
        content = json.dumps({"volume": 3, "sheet": 7, "keys": keys | used})
        (tmp_path / "settings.json").write_text(content, encoding="utf-8")
        settings = (storage := Storage(tmp_path)).settings()
        assert storage.messages == []
        assert (settings.volume, settings.sheet, settings.key("sheet")) == (3, "digit", given)


def test_a_player_with_a_name_is_not_asked_for_it_again(tmp_path: Path) -> None:
    for name, is_nameless in (("", True), ("Ada", False)):
        Storage(tmp_path).add_records(Records(trials=(TRIAL,), name=name))
        state = replace(first_state(Storage(tmp_path), "draw", seed=3), net=Net.READY)
        while not isinstance(state.screen, Review):
            state = state_after(state, Do.SKIP, Do.ACCEPT)
        assert state.screen.nameless is is_nameless


def test_the_window_chosen_in_the_game_is_stored_and_the_one_of_an_option_is_not(
    tmp_path: Path,
) -> None:
    storage = Storage(tmp_path)
    for kept, option in product((False, True), (False, True)):
        storage.save_settings(Settings(fullscreen=kept))
        state = first_state(storage, "settings", 1, fullscreen=option)
        assert state.fullscreen is option
        assert first_state(storage, "title", 1).fullscreen is kept
        _, effects = update(state, Change("volume"))
        assert effects == (StoreSettings(Settings(volume=6, fullscreen=kept)),)
        state, effects = update(state, Change("fullscreen"))
        assert state.fullscreen is not option
        stored = StoreSettings(Settings(fullscreen=not option))
        shown = SetFullscreen(fullscreen=not option)
        assert effects == ((shown,) if kept is not option else (shown, stored))


def test_a_file_given_at_the_start_is_on_the_pad(tmp_path: Path) -> None:
    strokes = (((0.1, 0.2, 0.0), (0.3, 0.4, 1.0)),)
    state = first_state(Storage(tmp_path), "title", 1, Opened("seven.ndjson", strokes))
    assert isinstance(state.screen, Pad)
    assert (state.sketch.strokes, state.notice) == (strokes, "Opened seven.ndjson")


def test_games_that_write_at_the_same_time_lose_nothing(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from game.devices.files.storage import Storage\n"
        "from game.core.values.records import Records, Score\n"
        "storage = Storage(Path(sys.argv[1]))\n"
        "for n in range(10): storage.add_records(Records((Score(n, sys.argv[2], 'draw'),)))"
    )
    games = [subprocess.Popen([sys.executable, "-c", script, str(tmp_path), name]) for name in "ab"]
    assert [game.wait(60) for game in games] == [0, 0]
    scores = Storage(tmp_path).records().scores
    assert sorted(one.points for one in scores) == sorted([*range(10)] * 2)


def test_a_day_is_stored_with_its_drawings_and_read_again(tmp_path: Path) -> None:
    played = Round(3, 3, 90, 1.5, 2.0, (((0.1234, 0.9, 1.234), (0.5, 1.0, 1.5)),))
    daily = (DailyRound("2026-11-30", played), DailyRound("2026-11-30", replace(played, digit=4)))
    for one in daily:
        Storage(tmp_path).add_records(Records(daily=(one,)))
    storage = Storage(tmp_path)
    assert (storage.records().daily, storage.messages) == (daily, [])


def test_keys_of_an_older_version_are_read_and_its_rubber_is_the_eraser(tmp_path: Path) -> None:
    keys = {action: key for action, key in Settings().keys if action != "strokes"}
    content = json.dumps({"keys": keys | {"eraser": "x", "rubber": "w"}})
    (tmp_path / "settings.json").write_text(content, encoding="utf-8")
    settings = Storage(tmp_path).settings()
    assert (settings.key("eraser"), settings.key("strokes")) == ("x", "w")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"null",
        b"\xff\xfe",
        b'{"scores": [{}], "trials": []}',
        b'{"scores": [{"points": "9", "name": 1}], "trials": []}',
        b'{"scores": [], "trials": [], "name": 7}',
        *(
            b'{"scores": [], "trials": [{"digit": %s, "guess": %s, "seconds": %s, "ink": 1}]}' % odd
            for odd in ((b"4", b"55", b"1"), (b"-1", b"4", b"1"), (b"4", b"4", b"NaN"))
        ),
        *(
            b'{"scores": [], "trials": [], "daily": [{"day": "%s", "played": {"digit": %s, '
            b'"guess": 4, "points": 9, "seconds": 1, "ink": 1, "strokes": %s}}]}' % odd
            for odd in (
                (b"today", b"4", b"[]"),
                (b"20261130", b"4", b"[]"),
                (b"2026-11-30", b"14", b"[]"),
                (b"2026-11-30", b"4", b"[[]]"),
                (b"2026-11-30", b"4", b"[[[0.5, 1e9, 0]]]"),
                (b"2026-11-30", b"4", b"[[[0.5, 0.5, NaN]]]"),
            )
        ),
        b'{"scores": [{"points": -5, "name": "", "mode": "draw", "number": ""}], "trials": []}',
        b'{"keys": {"undo": "7"}}',
        b'{"keys": {"undo": "return"}}',
        b'{"keys": {"undo": "c", "redo": "c"}}',
    ],
)
def test_a_broken_file_is_renamed_and_never_deleted(tmp_path: Path, content: bytes) -> None:
    own = own_folder(tmp_path) / "records.json"
    for path, read in ((own, Storage.records), (tmp_path / "settings.json", Storage.settings)):
        path.write_bytes(content)
        name = path.name
        storage = Storage(tmp_path)
        read(storage)
        if storage.messages:
            assert f"{name}.broken1" in storage.messages[0]
            assert path.with_name(f"{name}.broken1").read_bytes() == content
        else:
            assert name == "settings.json"  # written by a newer version, but readable
            assert b"keys" not in content


def test_unprintable_characters_in_a_stored_name_are_replaced(tmp_path: Path) -> None:
    score = r'{"points": 9, "name": "A\u0000\ud800da", "mode": "draw", "number": "1"}'
    text = f'{{"scores": [{score}], "trials": [], "name": "\\udfffda"}}'
    (own_folder(tmp_path) / "records.json").write_text(text, encoding="utf-8")
    storage = Storage(tmp_path)
    storage.add_records(Records(trials=(TRIAL,)))
    assert storage.records() == Records((Score(9, "A??da", "draw", "1"),), (TRIAL,), "?da")
    assert storage.messages == []


def test_a_new_label_for_a_drawing_replaces_the_one_before(tmp_path: Path) -> None:
    storage, other = Storage(tmp_path), (((0.1, 0.2, 0.0), (0.3, 0.4, 1.0)),)
    for word, strokes in (("7", DOT), ("4", other), ("8", DOT)):
        storage.save_drawing(word, strokes)
    stored = list(read_drawings(own_folder(tmp_path) / "drawings.ndjson"))
    assert [one.word for one in stored] == ["4", "8"]
    assert stored[0].drawing[0].tolist() == [[0.1, 0.2], [0.3, 0.4]]


def test_deleting_the_data_removes_scores_and_drawings(tmp_path: Path) -> None:
    storage = Storage(tmp_path)
    storage.add_records(Records((ADA,)))
    storage.save_drawing("4", DOT)
    storage.of("2").add_records(Records((ALAN,)))
    storage.delete_all()
    assert storage.records() == Records()
    assert storage.of("2").records().scores == (ALAN,)
    assert not (own_folder(tmp_path) / "drawings.ndjson").exists()


def test_a_folder_that_cannot_be_created_gives_a_message_and_no_crash(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    storage = Storage(tmp_path / "file" / "folder")
    storage.save_settings(OTHERS)
    storage.add_records(Records((ADA,)))
    storage.save_drawing("4", (((0.1, 0.2, 0.0),),))
    assert len(storage.messages) == 3
    assert all("Can’t save" in text for text in storage.messages)


def test_only_the_latest_drawings_are_kept_and_parsed_and_the_newest_come_first(
    tmp_path: Path,
) -> None:
    storage = Storage(tmp_path)
    assert (storage.settings(), storage.records(), storage.drawings(2)) == (
        Settings(),
        Records(),
        [],
    )
    (own_folder(tmp_path) / "drawings.ndjson").write_text(
        "not parsed\n" * 100_000, encoding="utf-8"
    )
    for digit in (1, 2, 3):
        storage.save_drawing(str(digit), (((0.1 * digit, 0.2, 0.0), (0.5, 0.9, 0.1)),))
    assert [one.word for one in storage.drawings(2)] == ["3", "2"]
    file = own_folder(tmp_path) / "drawings.ndjson"
    assert len(file.read_bytes().splitlines()) == MOST_DRAWINGS
    assert storage.messages == []


@pytest.mark.parametrize("line", [b"no JSON", b"\xff", b'{"word": "77", "drawing": []}'])
def test_damaged_drawings_give_none_and_a_message(tmp_path: Path, line: bytes) -> None:
    (own_folder(tmp_path) / "drawings.ndjson").write_bytes(line + b"\n")
    storage = Storage(tmp_path)
    assert storage.drawings(2) == []
    (message,) = storage.take_messages()
    assert message.startswith("drawings.ndjson")


def test_the_most_stars_of_two_games_are_kept_and_wrong_ones_set_aside(tmp_path: Path) -> None:
    one, other = (0, 3, 1, *[0] * 7), (0, 2, 2, *[0] * 7)
    for stars in (one, other):
        Storage(tmp_path).add_records(Records(stars=stars))
    assert Storage(tmp_path).records().stars == (0, 3, 2, *[0] * 7)
    file = own_folder(tmp_path) / "records.json"
    content = json.loads(file.read_text(encoding="utf-8"))
    for wrong in ([4] + [0] * 9, [0] * 9):
        file.write_text(json.dumps(content | {"stars": wrong}), encoding="utf-8")
        storage = Storage(tmp_path)
        assert storage.records() == Records()
        assert "records.json was damaged" in storage.messages[0]


def test_the_ways_of_writing_are_stored_and_unknown_ones_are_the_usual(tmp_path: Path) -> None:
    storage = Storage(tmp_path)
    chosen = replace(Settings(), forms=(*USUAL[:7], "crossed", *USUAL[8:]))
    storage.save_settings(chosen)
    assert storage.settings() == chosen
    file = tmp_path / "settings.json"
    content = json.loads(file.read_text(encoding="utf-8"))
    for forms in ([*USUAL[:7], "of another version", *USUAL[8:]], []):
        file.write_text(json.dumps(content | {"forms": forms}), encoding="utf-8")
        assert storage.settings() == Settings()
    assert storage.messages == []
