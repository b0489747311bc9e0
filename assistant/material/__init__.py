"""What a Begründung can be made of: the questions of those who draft, and what they get."""
