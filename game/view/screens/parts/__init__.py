"""What the screens share: board, sheets to draw on, the creature, questions, results of games."""
