"""What is stored and found: documents, passages, keyword tables and vectors. Loads no model."""
