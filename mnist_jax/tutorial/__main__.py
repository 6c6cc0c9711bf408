"""Execute the tutorial's notebooks again and store their outputs in them.

    python -m mnist_jax.tutorial [--drawings pendigits-orig.tra]

To change the tutorial, edit the code in `tutorial_en.ipynb` and the text in both notebooks, then
run this. It copies the code and its outputs to the Spanish notebook, and takes about two minutes on
two cores. The drawings should be UCI's pen digits, which the text describes.
"""

from dataclasses import dataclass
from pathlib import Path

from mnist_jax.support import command_line
from mnist_jax.support.command_line import option
from mnist_jax.support.errors import InputError
from mnist_jax.support.files import checked_input


@dataclass(frozen=True)
class Options:
    """Options of the command."""

    drawings: Path | None = option(
        "FILE",
        "real drawings of digits, .ndjson, UNIPEN or InkML; without, synthetic ones stand in",
    )


def main() -> None:
    """Run the command."""
    description = "Execute the tutorial's notebooks again and store their outputs in them."
    command_line.run("tutorial", Options, _execute, description)


def _execute(options: Options) -> None:
    try:
        import nbformat
        from nbclient.exceptions import CellExecutionError
    except ImportError as error:
        raise InputError(f"{error.name} is missing; pip install -e '.[dev]'") from error
    from mnist_jax.tutorial.notebooks import ENGLISH, SPANISH, executed, with_code_of

    if options.drawings:
        checked_input(options.drawings, "give a file of drawings")
    try:
        english = executed(ENGLISH, options.drawings)
    except CellExecutionError as error:
        raise InputError(f"{ENGLISH.name}: a cell failed\n{error}") from error
    spanish = with_code_of(english, nbformat.read(SPANISH, as_version=4))
    for path, notebook in ((ENGLISH, english), (SPANISH, spanish)):
        nbformat.validate(notebook)
        nbformat.write(notebook, path)
        print(f"wrote {path.name}")


if __name__ == "__main__":
    main()
