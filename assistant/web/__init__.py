"""The web page, and what stands before every route."""
