"""The pages that people see: each file has the routes of one room of the surface."""
