"""What an office without a line hands over on a stick: one file, signed, and sealed by a passphrase.

`manifest` says what is inside, `writing` makes a package, `reading` opens one and believes nothing
that is not signed. Pure: no database. docs/architecture/packages.md has the format.
"""
