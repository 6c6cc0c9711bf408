"""What the network is trained on: MNIST, augmentation and training batches."""
