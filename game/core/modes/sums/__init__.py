"""The rules of "Sums": the choice of what to practise, the game, and its review."""
