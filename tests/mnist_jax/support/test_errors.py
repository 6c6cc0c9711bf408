"""Test that messages show what files say in one short line."""

import pytest

from mnist_jax import InputError
from mnist_jax.support.errors import MAX_MESSAGE, MAX_VALUE, printable, shortened


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("añ 数 🙂", "añ 数 🙂"),
        ("a\nb\tc", r"a\nb\tc"),
        ("\x1b[2J\x9b", r"\x1b[2J\x9b"),
        ("\u202e\u2028", r"\u202e\u2028"),
        ("\udcff", r"\udcff"),
    ],
)
def test_a_message_is_one_line_that_moves_no_cursor(text: str, shown: str) -> None:
    assert str(InputError(text)) == shown


def test_a_long_message_keeps_its_start_and_its_end() -> None:
    message = str(InputError("mine.txt: " + "\x1b" * 10**6 + "; give another"))
    assert len(message) <= MAX_MESSAGE
    assert message.startswith("mine.txt: ")
    assert message.endswith("; give another")


@pytest.mark.parametrize("length", range(5, 12))
def test_text_is_cut_to_any_length(length: int) -> None:
    assert len(printable("\x1b" * 20, length)) <= length


@pytest.mark.parametrize(
    "value", ["x" * 10**6, [["\x1b"] * 10**4] * 10**4, 10**4000, {1: "\ud800"}]
)
def test_a_value_is_quoted_briefly(value: object) -> None:
    assert len(shortened(value)) <= MAX_VALUE
    assert shortened(value).isprintable()
