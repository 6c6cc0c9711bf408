"""Synthetic handwriting: shapes of digits and of other things, and a writer that varies them."""
