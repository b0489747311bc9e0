"""Entwurfsprüfer: what is wrong in a draft, where, why, and by what evidence. No generator."""
