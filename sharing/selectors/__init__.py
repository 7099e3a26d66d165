"""Lists and pages. They begin with what access says may be seen."""
