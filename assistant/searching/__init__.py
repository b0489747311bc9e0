"""The search page's inside: facets over the register, what holds the words, saved searches."""
