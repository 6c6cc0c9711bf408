"""Look inside a network: how it came to its answer for one image, and how it learns.

- `activity` returns the activations of all layers, what each pixel contributes to a digit, and for
  one unit its weights, its inputs and its effects on the logits.
- `changes` finds the pen strokes and erasures after which an image is read as another digit, and
  the images in between.
- `explanation` combines both for `mnist_jax.explain`, and finds the allograph that is most similar
  to an image for the network.
- `learning` trains fresh networks a few steps at a time.
"""
