"""Synthetic handwriting: shapes of digits and non-digits, and a writer that varies them."""
