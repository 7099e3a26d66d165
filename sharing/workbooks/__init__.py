"""Workbooks of this house, read by scheduling's readers. No framework, no database."""
