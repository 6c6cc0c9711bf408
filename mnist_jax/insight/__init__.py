"""Look inside a network: how it came to its answer for one image, and how it learns.

- `activity` gives the activations of all layers, what each pixel contributes to a digit, and what
  one unit responds to, received and does to the answer.
- `changes` finds the pen strokes and erasures after which it is read as another digit, and leads
  from an image to the changed one.
- `explanation` puts both together for `mnist_jax.explain`, and finds the allograph that the network
  sees as most similar.
- `learning` lets fresh networks learn a few steps at a time.
"""
