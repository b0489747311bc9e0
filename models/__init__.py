"""Weights in, arrays and text out. Knows no documents."""
