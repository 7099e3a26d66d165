"""What nobody but its custodians may read: encrypted record by record, under keys kept elsewhere.

`envelopes` seals and opens; `key_service` says what a keeper of keys must do, `local_keys` is the one
that every installation has: files. A cipher machine is another class with the same four methods.
"""
