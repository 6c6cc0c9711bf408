"""Pages whose rows are known, and how much of them is read right."""

import json
from pathlib import Path

import numpy as np
import pytest

from mnist_jax import InputError
from mnist_jax.evaluate import as_text
from mnist_jax.evaluation.page_metrics import labelled_pages, pages_report
from mnist_jax.model import MLP
from tests.mnist_jax.pages.test_layout import table

ROWS = [["12", ""], ["", "70"]]


def save(folder: Path, name: str, rows: object, kind: str = "table") -> None:
    """Save a photo of `ROWS`, and the rows that it is said to have."""
    table(np.random.default_rng(0), ROWS).save(folder / f"{name}.jpg")
    (folder / f"{name}.json").write_text(json.dumps({"kind": kind, "rows": rows}))


def test_shapes_and_texts_are_counted_for_all_and_for_each_kind(
    shipped: MLP, tmp_path: Path
) -> None:
    save(tmp_path, "a", ROWS)
    save(tmp_path, "b", [["12", ""], ["3", "70"]])
    save(tmp_path, "c", [["12"]], kind="list")
    report = pages_report(shipped, labelled_pages(tmp_path))
    kinds = report.pop("kinds")
    assert kinds["table"] == {"shape_accuracy": 1, "count": 2, "accuracy": 7 / 8, "cells": 8}
    assert kinds["list"] == {"shape_accuracy": 0, "count": 1, "accuracy": 0, "cells": 1}
    assert report == {"shape_accuracy": 2 / 3, "count": 3, "accuracy": 7 / 9, "cells": 9}
    every, kind, _ = as_text({"pages": {**report, "kinds": kinds}}).splitlines()
    assert every == "pages       66.67 % of 3 in the right shape, 77.78 % of 9 texts"
    assert kind == "  table       100.00 % of 2 in the right shape, 87.50 % of 8 texts"


@pytest.mark.parametrize("rows", ["12", [12], [["12", 3]], None])
def test_what_are_no_rows_is_refused(tmp_path: Path, rows: object) -> None:
    save(tmp_path, "page", rows)
    with pytest.raises(InputError, match=r"page\.json: is no page; expected"):
        labelled_pages(tmp_path)


def test_a_folder_without_whole_pages_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds no pages"):
        labelled_pages(tmp_path)
    (tmp_path / "page.json").write_text("{")
    with pytest.raises(InputError, match=r"has no photo beside it; add .*page\.jpg"):
        labelled_pages(tmp_path)
    (tmp_path / "page.png").touch()
    with pytest.raises(InputError, match="cannot be read as JSON"):
        labelled_pages(tmp_path)
