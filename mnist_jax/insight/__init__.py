"""Look inside a network: how it came to its answer for one image, and how it learns.

- `activity` gives the activations of all layers, and what each pixel contributes to a digit.
- `units` describes one unit: what it responds to, what it received, what it does to the answer.
- `changes` finds the pen strokes and erasures after which it is read as another digit.
- `transitions` leads from an image to a changed one.
- `examples` finds the allograph that the network sees as most similar.
- `explanation` puts the first and the third together for `mnist_jax.explain`.
- `learning` lets fresh networks learn a few steps at a time.
"""
