"""Formats of digital ink that are kept in files: UNIPEN and InkML."""
