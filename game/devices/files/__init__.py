"""The files of the game: what is stored of the players, what they save, and what they open."""
