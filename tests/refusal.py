"""How every command refuses what it cannot do."""

from subprocess import CompletedProcess


def refusal(finished: CompletedProcess[str]) -> str:
    """What the command says is wrong: exit 2, one line on standard error, nothing done."""
    assert finished.returncode == 2, finished.stderr
    assert finished.stdout == ""
    assert finished.stderr.startswith("error: ")
    assert finished.stderr.count("\n") == 1, finished.stderr
    return finished.stderr
