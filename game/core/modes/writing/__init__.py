"""The rules of "Write it": the digits to choose from, and a lesson."""
