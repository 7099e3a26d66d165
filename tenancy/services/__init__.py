"""What people do in this house: sign in and out, make offices and accounts."""
