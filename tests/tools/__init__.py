"""What `./run test`, `lint` and `messages` do."""
