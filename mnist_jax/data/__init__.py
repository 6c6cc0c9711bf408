"""Data for training: MNIST, its distortion, its strokes, and batches for teaching a hand."""
