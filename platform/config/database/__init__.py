"""Django's PostgreSQL back end, for commands that may find the embedded server asleep."""
