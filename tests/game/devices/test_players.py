"""The players on disk: a folder for each; older data is moved to the first, and none is lost."""

import json
import subprocess
import sys
import zipfile
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from game.__main__ import first_state
from game.core.values.players import GUEST, Player
from game.core.values.records import Records, Score, Trial
from game.core.values.settings import Settings
from game.devices.files import players
from game.devices.files.storage import Storage
from mnist_jax.ink.drawing_files import read_drawings

DOT = (((0.1, 0.2, 0.0),),)
LINE = (((0.1, 0.2, 0.0), (0.3, 0.4, 1.0)),)
OLD = Records((Score(90, "Ada", "draw", "1"),), (Trial(4, None, 1.5, 2.0),), name="Ada")
NEW = Records((Score(80, "", "draw", "2"),), stars=(1,) * 10)
NAME = "A/b: 王\N{GRINNING FACE}"


def written_by_an_older_version(folder: Path) -> None:
    """Scores and a drawing beside the settings."""
    older = {"name": OLD.name, "trials": [asdict(one) for one in OLD.trials]}
    older["scores"] = [asdict(one) for one in OLD.scores]
    (folder / "records.json").write_text(json.dumps(older), encoding="utf-8")
    line = '{"word":"7","drawing":[[[0.1,0.3],[0.2,0.4]]]}\n'
    (folder / "drawings.ndjson").write_text(line, encoding="utf-8")


def words(storage: Storage) -> list[str]:
    return [one.word for one in read_drawings(storage.own / "drawings.ndjson")]


def test_data_of_an_older_version_becomes_the_first_players(tmp_path: Path) -> None:
    written_by_an_older_version(tmp_path)
    state = first_state(Storage(tmp_path), "title", seed=1)
    assert (state.player, state.player_name, state.records) == ("1", "Ada", OLD)
    assert words(Storage(tmp_path)) == ["7"]
    assert not (tmp_path / "records.json").exists()


@pytest.mark.parametrize("moved", ["records.json", "drawings.ndjson"])
def test_a_move_that_was_cut_off_goes_on_and_newer_data_stays(tmp_path: Path, moved: str) -> None:
    written_by_an_older_version(tmp_path)
    storage = Storage(tmp_path)
    storage.own.mkdir(parents=True)
    (tmp_path / moved).rename(storage.own / moved)
    storage.add_records(NEW)
    storage.save_drawing("3", DOT)
    players.move_older(storage)
    assert storage.records() == OLD.plus(NEW)
    assert sorted(words(storage)) == ["3", "7"]
    assert (storage.messages, sorted(path.name for path in tmp_path.iterdir())) == (
        [],
        [".lock", "players"],
    )


def test_two_games_that_move_at_once_lose_nothing(tmp_path: Path) -> None:
    written_by_an_older_version(tmp_path)
    script = (
        "import sys; from pathlib import Path; from game.devices.files import players\n"
        "from game.core.values.records import Records, Score\n"
        "storage = players.Storage(Path(sys.argv[1])); players.move_older(storage)\n"
        "players.add_player(storage, sys.argv[2])\n"
        "storage.add_records(Records((Score(int(sys.argv[3]), '', 'think'),)))"
    )
    games = [
        subprocess.Popen([sys.executable, "-c", script, str(tmp_path), name, points])
        for name, points in (("Bo", "1"), ("Cy", "2"))
    ]
    assert [game.wait(60) for game in games] == [0, 0]
    records = Storage(tmp_path).records()
    assert sorted(one.points for one in records.scores) == [1, 2, 90]
    assert records.trials == OLD.trials
    found = players.list_players(Storage(tmp_path)).players
    assert sorted(one.name for one in found) == ["Ada", "Bo", "Cy"]
    assert {one.key for one in found} == {"1", "2", "3"}


def test_each_player_has_their_own_and_a_guest_nothing(tmp_path: Path) -> None:
    storage = Storage(tmp_path)
    ada, bo = players.add_player(storage, "Ada"), players.add_player(storage, "Bo")
    assert (ada.player, bo.player, bo.records) == ("1", "2", Records(name="Bo"))
    for key, points in (("1", 90), ("2", 70), (GUEST, 50)):
        own = storage.of(key)
        own.add_records(Records((Score(points, "", "draw"), Score(points - 9, "", "sums"))))
        own.save_drawing(str(points % 7), DOT)
    assert players.list_players(storage).players == (
        Player("1", "Ada", (("draw", 90), ("sums", 81))),
        Player("2", "Bo", (("draw", 70), ("sums", 61))),
    )
    assert players.load_player(storage, GUEST).records == Records()
    assert storage.of(GUEST).drawings(5) == []
    assert len([*tmp_path.rglob("drawings.ndjson")]) == 2


def test_a_removed_player_is_gone_and_nobody_gets_the_key_again(tmp_path: Path) -> None:
    storage = Storage(tmp_path)
    for name in ("Ada", "Bo", "Cy"):
        players.add_player(storage, name)
    storage.of("3").save_drawing("3", DOT)
    storage.of("3").delete_all()
    assert [one.name for one in players.list_players(storage).players] == ["Ada", "Bo"]
    assert [*storage.of("3").own.iterdir()] == []
    assert players.add_player(storage, "Di").player == "4"
    storage.save_settings(replace(Settings(), player="3"))
    assert first_state(storage, "title", 1).records == Records()


@pytest.mark.parametrize("player", ["../..", "", 7, None, "٣"])
def test_what_can_be_no_player_is_the_first(tmp_path: Path, player: object) -> None:
    storage = Storage(tmp_path)
    storage.save_settings(Settings())
    content = json.loads((tmp_path / "settings.json").read_text(encoding="utf-8"))
    (tmp_path / "settings.json").write_text(json.dumps(content | {"player": player}))
    assert storage.settings().player == "1"


def test_a_player_is_exported_to_one_file(tmp_path: Path) -> None:
    storage, folder = Storage(tmp_path / "data"), tmp_path / "Documents" / "Inkling"
    assert "Nothing" in players.export_player(storage, folder, "x").text
    players.add_player(storage, NAME)
    storage.save_drawing("3", LINE)
    said = [players.export_player(storage, folder, f"inkling-{NAME}").text for _ in range(2)]
    files = sorted(folder.iterdir())
    assert len(files) == 2
    for file in files:
        with zipfile.ZipFile(file) as archive:
            assert archive.namelist() == ["drawings.ndjson", "records.json"]
            assert json.loads(archive.read("records.json"))["name"] == NAME
    assert any(files[0].name in one and "Documents/Inkling" in one for one in said)
    (tmp_path / "in the way").write_text("")
    assert players.export_player(storage, tmp_path / "in the way", "x") is None
    assert storage.take_messages()


def test_the_drawings_of_a_class_are_taken_in_turn_the_latest_first(tmp_path: Path) -> None:
    storage = Storage(tmp_path)
    for key, digits in (("1", "012"), ("2", "34"), ("3", "")):
        players.add_player(storage, key)
        for digit in digits:
            storage.of(key).save_drawing(digit, (((0.01 * int(digit), 0.2, 0.0), (0.5, 0.9, 1.0)),))
    latest = [one.word for one in players.everybodys_drawings(storage, 4)]
    assert latest == ["2", "4", "1", "3"]
