"""Question sets in, figures and a report out."""
