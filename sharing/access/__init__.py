"""The only ways to a row: fetch and judge in one step."""
