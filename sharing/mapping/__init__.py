"""From rows to what the domain speaks of, and back."""
