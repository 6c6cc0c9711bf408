"""Metrics, plots and speed measurements."""
