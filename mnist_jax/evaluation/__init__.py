"""Metrics, plots, speed measurements, and numbers made for tests."""
