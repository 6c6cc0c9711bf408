"""Look inside: the pad, the network beside it, and cards that explain what it does."""
