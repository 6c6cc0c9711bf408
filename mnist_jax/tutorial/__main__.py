"""Execute the tutorial's notebooks again and store their outputs in them.

    python -m mnist_jax.tutorial [--drawings pendigits-orig.tra]

To change the tutorial, edit the code in `tutorial_en.ipynb` and the text in both notebooks, then
run this. It copies the code and its outputs to the Spanish notebook, and takes about two minutes on
two cores. The drawings should be UCI's pen digits, which the text describes.
"""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from mnist_jax.support import command_line
from mnist_jax.support.command_line import option
from mnist_jax.support.errors import InputError
from mnist_jax.support.files import checked_input
from mnist_jax.support.languages import translated

if TYPE_CHECKING:
    from nbformat import NotebookNode

ENGLISH = Path(__file__).with_name("tutorial_en.ipynb")
SPANISH = Path(__file__).with_name("tutorial_es.ipynb")

DRAWINGS = "pendigits-orig.tra"
"""Name under which a notebook looks for real drawings, beside itself."""


@dataclass(frozen=True)
class Options:
    """Options of the command."""

    drawings: Path | None = option(
        "FILE",
        "real drawings of digits, .ndjson, UNIPEN or InkML; without, synthetic ones stand in",
    )


@command_line.command(Options)
def main(options: Options) -> None:
    """Execute the English notebook, and copy its code and outputs to the Spanish one."""
    try:
        import nbformat
        from nbclient.exceptions import CellExecutionError
    except ImportError as error:
        raise InputError('{name} is missing; pip install -e ".[dev]"', name=error.name) from error

    if options.drawings:
        checked_input(options.drawings, "give a file of drawings")
    try:
        english = executed(ENGLISH, options.drawings)
    except CellExecutionError as error:
        raise InputError(
            "{path}: a cell failed ({name}: {problem})",
            path=ENGLISH.name,
            name=error.ename,
            problem=error.evalue,
        ) from error
    spanish = with_code_of(english, nbformat.read(SPANISH, as_version=4))
    for path, notebook in ((ENGLISH, english), (SPANISH, spanish)):
        nbformat.validate(notebook)
        nbformat.write(notebook, path)
        print(translated("wrote {path}", path=path.name))


def executed(path: Path, drawings: Path | None = None) -> "NotebookNode":
    """Return the notebook with the outputs of a new run.

    Calls of `about` in its code check the numbers in its text. It runs in an empty folder, where it
    finds `drawings` but, on Linux, none that the game stored.

    Raises:
        CellExecutionError: a cell failed.
    """
    import nbformat
    from nbclient import NotebookClient

    notebook: NotebookNode = nbformat.read(path, as_version=4)
    with TemporaryDirectory() as folder:
        if drawings:
            shutil.copy(drawings, Path(folder, DRAWINGS))
        client = NotebookClient(
            notebook,
            timeout=600,
            kernel_name="python3",
            resources={"metadata": {"path": folder}},
            record_timing=False,
            coalesce_streams=True,
        )
        client.execute(env=os.environ | {"XDG_DATA_HOME": folder})
    notebook.metadata.language_info = {"name": "python"}  # without the version
    return notebook


def with_code_of(source: "NotebookNode", translation: "NotebookNode") -> "NotebookNode":
    """Return the translation with all code cells of the source and its own text.

    Raises:
        KeyError: the source has a cell of text that the translation lacks.
    """
    texts = {cell.id: cell for cell in translation.cells if cell.cell_type == "markdown"}
    cells = [cell if cell.cell_type == "code" else texts[cell.id] for cell in source.cells]
    return type(translation)(translation | {"cells": cells})


if __name__ == "__main__":
    main()
