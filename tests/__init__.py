"""The tests; `pytest` alone runs all but the slow ones."""
