"""What is on record: numbers, cases, provisions, and what is missing."""
