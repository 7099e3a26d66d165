"""What pages and programs are shown."""
