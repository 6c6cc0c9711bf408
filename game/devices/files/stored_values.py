"""Check what stored files say, and return it as values of the game."""

from dataclasses import replace
from datetime import date
from string import ascii_lowercase
from typing import Any

from msgspec import convert

from game.core.modes.table import menu
from game.core.values.days import DailyRound, merged
from game.core.values.players import FIRST
from game.core.values.records import MOST_STARS, NAME_LENGTH, Records, Trial
from game.core.values.rounds import Round
from game.core.values.settings import CHOICES, KEYS, SYSTEM, Settings, refusal
from game.core.values.sums import Plan
from game.core.values.writing import FORMS, USUAL
from game.core.wording import printable
from game.view.theme import THEMES
from mnist_jax.support import languages

MOST = 10**12
"""No number in the records is larger."""


def player_key(stored: object) -> str:
    """Return the stored key of a player or, if it cannot be one, the key of the first player."""
    is_key = isinstance(stored, str) and stored.isascii() and stored.isdecimal()
    return str(stored) if is_key else FIRST


def as_settings(content: Any) -> Settings:
    """Return the settings in the file, with defaults for choices this version does not know.

    Actions that an older version did not have get a key that is free.

    Raises:
        ValueError: a key is reserved, two actions share one, or there are no such sums.
    """
    spoken = {"language": (SYSTEM, *languages.available())}
    choices = CHOICES | spoken | {"colours": tuple(THEMES), "last": tuple(menu())}
    known = {name: content[name] for name in choices if content.get(name) in choices[name]}
    saved = convert(content["keys"], dict[str, str])
    keys = {action: saved[action] for action in KEYS if action in saved}
    for action in [one for one in KEYS if one not in keys]:  # new since the file was written
        free = (key for key in (KEYS[action], *ascii_lowercase) if key not in keys.values())
        keys[action] = next(key for key in free if not refusal(key))
    if len(set(keys.values())) < len(keys) or any(map(refusal, keys.values())):
        raise ValueError("keys")
    known["player"] = player_key(content.get("player"))
    plan = convert(content.get("sums", {}), Plan)
    if not plan.is_valid:
        raise ValueError("sums")
    known["sums"] = plan
    forms = convert(content.get("forms", USUAL), tuple[str, ...])
    known["forms"] = tuple(
        name if name in FORMS[digit] else USUAL[digit]
        for digit, name in zip(FORMS, (*forms, *USUAL[len(forms) :]), strict=False)
    )
    return Settings(**known, keys=tuple((action, keys[action]) for action in KEYS))


def _own_name(name: str) -> str:
    """Return the name of a score; "" stands for the player, whom older versions called Nobody."""
    return "" if name == "Nobody" else printable(name)


def as_records(content: Any) -> Records:
    """Return the records in the file; older versions of the game wrote no name.

    Raises:
        ValueError: a number is out of its range.
    """
    required = {"scores": content["scores"], "trials": content["trials"]}
    records = convert(content | required, Records)
    rounds = [one.played for one in records.daily]
    drawn: list[Trial | Round] = [*records.trials, *rounds]
    digits = {digit for one in drawn for digit in (one.digit, one.guess)}
    amounts = [amount for one in drawn for amount in (one.seconds, one.ink)]
    amounts += [score.points for score in records.scores] + [one.points for one in rounds]
    amounts += [one.seconds for one in records.attempts]
    amounts += [max(one.problem.first, one.problem.second) for one in records.attempts]
    strokes = [stroke for one in rounds for stroke in one.strokes]
    amounts += [then for stroke in strokes for *_, then in stroke]
    places = [place for stroke in strokes for x, y, _ in stroke for place in (x, y)]
    days = {one.day for one in records.daily}
    valid = digits <= {None, *range(10)} and all(one.problem.is_valid for one in records.attempts)
    stars = set(records.stars) <= {*range(MOST_STARS + 1)} and len(records.stars) == len(FORMS)
    if not (valid and stars) or not all(0 <= n < MOST for n in amounts):
        raise ValueError("records")
    if not all(strokes) or not all(0 <= place <= 1 for place in places):
        raise ValueError("drawings")
    if days != {date.fromisoformat(day).isoformat() for day in days}:
        raise ValueError("days")
    scores = {
        replace(
            one,
            name=_own_name(one.name),
            mode=printable(one.mode),
            number=printable(one.number),
        )
        for one in records.scores
    }
    name = printable(records.name)[:NAME_LENGTH]
    daily = tuple(DailyRound(one.day, replace(one.played, trace=())) for one in records.daily)
    ordered = tuple(sorted(scores, reverse=True))
    return replace(records, scores=ordered, name=name, daily=merged((), daily))
