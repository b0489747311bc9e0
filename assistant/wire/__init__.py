"""The JSON that command line and HTTP show: one stable form for both."""
