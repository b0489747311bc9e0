"""The kinds of rewriting: what the house's own sentences become, by rules."""
