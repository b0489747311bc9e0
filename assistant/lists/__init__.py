"""Complete lists and counts, from the header fields."""
