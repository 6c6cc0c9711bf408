"""Training: recipes, the step, the loop, checkpoints, calibration, and teaching one hand."""
