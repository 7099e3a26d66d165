"""The only place where the rules are spoken in CP-SAT. Read `build.py` first."""
