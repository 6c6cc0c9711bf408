"""Write the reference page: the public names and their docstrings.

    python .ci/reference.py FOLDER

pdoc looks for the names in the package's dictionary, so they are put there first. Warnings are
errors.
"""

import sys
import warnings
from pathlib import Path

import pdoc

import mnist_jax

warnings.simplefilter("error")
for name in mnist_jax.__all__:
    vars(mnist_jax)[name] = getattr(mnist_jax, name)
pdoc.render.configure(docformat="google", search=False, show_source=False)
pdoc.pdoc("mnist_jax", "!mnist_jax.teach", output_directory=Path(sys.argv[1]))
