"""From the words of an open question to the quotes that may answer it."""
