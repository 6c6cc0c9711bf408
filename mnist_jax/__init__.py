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
    from mnist_jax.data.mnist import load_mnist
    from mnist_jax.ink.drawing_files import read_drawings
    from mnist_jax.ink.strokes import Drawing, LabelledDrawing
    from mnist_jax.insight.explanation import Explanation, explain
    from mnist_jax.model import MLP
    from mnist_jax.numbers import NumberDigit, NumberReading, read_number
    from mnist_jax.params import load_card, load_params, save_params
    from mnist_jax.pictures import read_picture
    from mnist_jax.reading import Reading, predict, read_drawing
    from mnist_jax.support.errors import InputError
    from mnist_jax.training.teaching import teach

_MODULES = {
    "Drawing": "ink.strokes",
    "Explanation": "insight.explanation",
    "InputError": "support.errors",
    "LabelledDrawing": "ink.strokes",
    "MLP": "model",
    "NumberDigit": "numbers",
    "NumberReading": "numbers",
    "Reading": "reading",
    "explain": "insight.explanation",
    "load_card": "params",
    "load_mnist": "data.mnist",
    "load_params": "params",
    "predict": "reading",
    "read_drawing": "reading",
    "read_drawings": "ink.drawing_files",
    "read_number": "numbers",
    "read_picture": "pictures",
    "save_params": "params",
    "teach": "training.teaching",
}

__all__ = [
    "MLP",
    "Drawing",
    "Explanation",
    "InputError",
    "LabelledDrawing",
    "NumberDigit",
    "NumberReading",
    "Reading",
    "explain",
    "load_card",
    "load_mnist",
    "load_params",
    "predict",
    "read_drawing",
    "read_drawings",
    "read_number",
    "read_picture",
    "save_params",
    "teach",
]


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)


class _Package(ModuleType):
    """The package: `mnist_jax.teach` is the function, not the module of the command.

    When a submodule is imported, Python makes it an attribute of its package.
    """

    def __setattr__(self, name: str, value: object) -> None:
        if not (name in _MODULES and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
