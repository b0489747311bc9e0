"""What the learning pages show: exercises, cards of models and data, the house's statements."""
