"""The screens of "Write it": the digits to choose from, a lesson, and the ways of writing."""
