"""The screens of "Sums": the choice, a problem, the review, and how well the tables are known."""
