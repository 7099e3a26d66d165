"""Settings and wiring: imports all, imported by none."""
