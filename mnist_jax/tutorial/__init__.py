"""The tutorial: a notebook in English and in Spanish, with its pictures in it.

Both have the same code, which `python -m mnist_jax.tutorial` executes again after a change.
"""
