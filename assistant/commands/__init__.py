"""The commands of `aktenkundig`, one module for each family."""
