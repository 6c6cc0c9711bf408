"""Fresh interpreters: what a script prints in one, and what importing loads."""

import subprocess
import sys


def printed_by(script: str, *arguments: str) -> str:
    """Return what a script prints in a fresh interpreter."""
    command = [sys.executable, "-c", script, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def loaded_by(statement: str) -> set[str]:
    """Return the modules that a statement loads."""
    return set(printed_by(f"import sys\n{statement}\nprint(*sys.modules)").split())
