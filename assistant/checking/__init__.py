"""Whether a sentence is borne out by its quotes: pure, no model."""
