"""Watch it learn: up to three networks, their settings and their progress."""
