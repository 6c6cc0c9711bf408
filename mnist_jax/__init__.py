"""Recognise handwritten digits in images and pen strokes.

    >>> from mnist_jax import load_params, predict, read_drawing
    >>> mlp = load_params()
    >>> reading = read_drawing(mlp, [[(0, 0), (20, 1), (8, 40)]])
    >>> reading.digit
    7
    >>> predict(mlp, reading.image[None]).shape
    (1, 10)

An image is `(28, 28)`, 0 paper to 255 ink. A `Drawing` is a tuple of strokes, each `(points, 2)`
with x to the right and y down, in any unit; functions take nested sequences, too.

Public names are imported on first use, so that importing the package does not import JAX.
"""

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mnist_jax.data.mnist import load_mnist as load_mnist
    from mnist_jax.ink.drawing_files import read_drawings as read_drawings
    from mnist_jax.ink.strokes import Drawing as Drawing
    from mnist_jax.ink.strokes import LabelledDrawing as LabelledDrawing
    from mnist_jax.insight.explanation import Explanation as Explanation
    from mnist_jax.insight.explanation import explain as explain
    from mnist_jax.model import MLP as MLP
    from mnist_jax.numbers.reading import NumberDigit as NumberDigit
    from mnist_jax.numbers.reading import NumberReading as NumberReading
    from mnist_jax.numbers.reading import read_number as read_number
    from mnist_jax.pages.page import Page as Page
    from mnist_jax.pages.page import PageText as PageText
    from mnist_jax.pages.page import read_page as read_page
    from mnist_jax.params import load_card as load_card
    from mnist_jax.params import load_params as load_params
    from mnist_jax.params import save_params as save_params
    from mnist_jax.pictures import read_picture as read_picture
    from mnist_jax.reading import Reading as Reading
    from mnist_jax.reading import predict as predict
    from mnist_jax.reading import read_drawing as read_drawing
    from mnist_jax.support.errors import InputError as InputError
    from mnist_jax.training.teaching import teach as teach

_NAMES = {
    "data.mnist": ("load_mnist",),
    "ink.drawing_files": ("read_drawings",),
    "ink.strokes": ("Drawing", "LabelledDrawing"),
    "insight.explanation": ("Explanation", "explain"),
    "model": ("MLP",),
    "numbers.reading": ("NumberDigit", "NumberReading", "read_number"),
    "pages.page": ("Page", "PageText", "read_page"),
    "params": ("load_card", "load_params", "save_params"),
    "pictures": ("read_picture",),
    "reading": ("Reading", "predict", "read_drawing"),
    "support.errors": ("InputError",),
    "training.teaching": ("teach",),
}
_MODULES = {name: module for module, names in _NAMES.items() for name in names}
__all__ = list(_MODULES)


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})  # to complete names that are not imported yet


class _Package(ModuleType):
    """The package: `mnist_jax.teach` is the function, not the module of the command.

    When a submodule is imported, Python makes it an attribute of its package.
    """

    def __setattr__(self, name: str, value: object) -> None:
        if not (name in _MODULES and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
