"""The tutorial: a notebook in English and in Spanish, with its pictures in it.

`tutorial_en.ipynb` and `tutorial_es.ipynb` have the same code; `tests/mnist_jax/tutorial` keeps
them in step. `python -m mnist_jax.tutorial` executes them again after a change.
"""
