"""From rows to what is said of them, and back."""
