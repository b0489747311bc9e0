"""A checked answer a second time, in Einfache Sprache."""
