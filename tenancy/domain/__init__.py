"""What each role may do. Pure: no framework, no database."""
