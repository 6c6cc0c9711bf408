"""How the benchmark times; how fast anything is, is not tested."""

import pytest

from mnist_jax.evaluation.timing import run
from mnist_jax.support.errors import InputError

EPOCHS = """
import time
print("loading")
for number in range(3):
    print("epoch", number, flush=True)
    time.sleep(0.2)
print("epochs are over")
"""


def test_lines_are_timed_as_they_come() -> None:
    """From each line of an epoch to the next, and the whole."""
    timed = run("-c", EPOCHS)
    assert timed.lines[0] == "loading"
    assert len(timed.epoch_seconds) == 2
    assert min(timed.epoch_seconds) > 0.1
    assert timed.total > sum(timed.epoch_seconds)


@pytest.mark.parametrize(
    ("code", "said"), [("raise SystemExit('error: no')", "^no$"), ("exit(3)", "exit status 3")]
)
def test_a_process_that_fails_is_an_error(code: str, said: str) -> None:
    """The last line that it printed is the error."""
    with pytest.raises(InputError, match=said):
        run("-c", code)
