"""What programs call about what offices look back on and share."""
