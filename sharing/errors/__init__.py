"""This house's refusals, by subject."""
