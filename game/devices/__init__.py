"""Pointer and keyboard, sound, files and the network's thread."""
