"""List the commands with a line about each, in the system's language: `python -m mnist_jax`."""

import ast
from collections.abc import Iterator
from pathlib import Path

from mnist_jax.support.command_line import summary
from mnist_jax.support.languages import translated, use

_PACKAGE = Path(__file__).parent


def commands() -> Iterator[tuple[str, str]]:
    """Yield each command, and the first line of its docstring, without importing it."""
    for path in sorted(_PACKAGE.rglob("*.py")):
        source = path.read_text(encoding="utf-8")
        if path != Path(__file__) and '\nif __name__ == "__main__":\n    main()\n' in source:
            parts = path.relative_to(_PACKAGE.parent).with_suffix("").parts
            name = ".".join(part for part in parts if part != "__main__")
            yield f"python -m {name}", summary(ast.get_docstring(ast.parse(source)))


def main() -> None:
    """Print a line for each command."""
    use()
    found = dict(commands())
    width = max(map(len, found))
    for command, line in found.items():
        print(f"{command:{width}}  {translated(line)}")
    print(f"\n{translated('Each lists its options with --help.')}")


if __name__ == "__main__":
    main()
