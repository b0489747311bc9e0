"""Amounts from the cells of tables, and what follows from them."""
