"""The modes: what happens on each screen."""
