"""What the admin asks: what is in the stock, what is not, and what may be done about it."""
