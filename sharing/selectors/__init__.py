"""Lists and pages: what access lets be seen, put together to be shown."""
