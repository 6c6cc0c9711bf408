"""What an import loads and changes, in a fresh interpreter."""

import json
from pathlib import Path

import mnist_jax
from mnist_jax.data.mnist import Mnist
from tests.processes import loaded_by, printed_by


def test_light_modules_do_not_import_jax() -> None:
    """The package, its strokes, the list of commands and the parsing of options load little."""
    loaded = loaded_by("import mnist_jax.__main__, mnist_jax.ink.strokes, mnist_jax.train")
    assert "mnist_jax.support.command_line" in loaded
    assert not loaded & {"jax", "flax", "tensorflow", "pygame"}


def test_mnist_is_loaded_without_tensorflow(tmp_path: Path, mnist: Mnist) -> None:
    """TensorFlow is not imported even if it is installed."""
    del mnist
    (tmp_path / "tensorflow.py").write_text("")
    loaded = loaded_by(
        f"sys.path.insert(0, {str(tmp_path)!r})\nimport mnist_jax\nmnist_jax.load_mnist()"
    )
    assert "tensorflow" not in loaded


def test_public_names_are_imported_on_first_use() -> None:
    """They are listed before that. Also after a command of the same name was imported, and twice.

    Python would make the module `mnist_jax.teach` an attribute, in place of the function.
    """
    printed = printed_by(
        "import json, types, mnist_jax, mnist_jax.teach\n"
        "listed = {*mnist_jax.__all__} <= {*dir(mnist_jax)}\n"
        "values = [getattr(mnist_jax, name) for name in mnist_jax.__all__ * 2]\n"
        "modules = [isinstance(value, types.ModuleType) for value in values]\n"
        "from mnist_jax.teach import main\n"
        "print(json.dumps([listed, modules, hasattr(mnist_jax, 'nothing'), main.__module__]))"
    )
    wanted = [True, [False] * 2 * len(mnist_jax.__all__), False, "mnist_jax.teach"]
    assert json.loads(printed) == wanted


USE = """
import logging, os, signal, sys, warnings
import flax.nnx, jax, jaxtyping, optax, safetensors.numpy
import numpy, PIL.Image, PIL.ImageFile, scipy.ndimage
import skimage.filters, skimage.morphology, skimage.transform

jax.numpy.zeros(1).block_until_ready()
PIL.Image.init()

def settings():
    return {
        "JAX": dict(jax.config.values),
        "environment": dict(os.environ),
        "warnings": list(warnings.filters),
        "loggers": {name: str(logger) for name, logger in logging.root.manager.loggerDict.items()},
        "handlers": list(logging.root.handlers),
        "hooks": (sys.excepthook, sys.unraisablehook),
        "signals": [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)],
        "limit": (PIL.Image.MAX_IMAGE_PIXELS, PIL.ImageFile.LOAD_TRUNCATED_IMAGES),
        "formats": list(PIL.Image.ID),
    }

before = settings()
from mnist_jax import load_params, predict, read_drawing, read_picture
mlp = load_params()
predict(mlp, numpy.full((1, 28, 28), 200))
reading = read_drawing(mlp, [[(0, 0), (20, 1), (8, 40)]])
picture = PIL.Image.fromarray(255 - reading.image.astype("uint8")).resize((280, 280))
picture.save(sys.argv[1])
print(reading.digit, read_picture(mlp, sys.argv[1]).text)
after = settings()
print(*[name for name in before if before[name] != after[name]])
"""


def test_using_the_library_changes_nothing_global(tmp_path: Path) -> None:
    """Settings of JAX and Pillow, the environment, warnings, logging, hooks and signals stay."""
    assert printed_by(USE, str(tmp_path / "seven.png")).split() == ["7", "7"]
