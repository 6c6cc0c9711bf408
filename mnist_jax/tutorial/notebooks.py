"""Execute the English notebook, and copy its code and outputs to the Spanish one."""

import os
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nbformat import NotebookNode

ENGLISH = Path(__file__).with_name("tutorial_en.ipynb")
SPANISH = Path(__file__).with_name("tutorial_es.ipynb")

DRAWINGS = "pendigits-orig.tra"
"""Name under which a notebook looks for real drawings, beside itself."""

CELL_SECONDS = 600


def executed(path: Path, drawings: Path | None = None) -> "NotebookNode":
    """Return the notebook with the outputs of a new run, in which `about` checked its numbers.

    It runs in an empty folder, where it finds `drawings` but, on Linux, none that the game stored.

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
            timeout=CELL_SECONDS,
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
