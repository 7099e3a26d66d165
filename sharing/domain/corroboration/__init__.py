"""Mutual corroboration (互相印证): two offices learn that they may hold related clues, and nothing else. Pure.

Read in this order: `classes` (which identifiers make a token), `tokens` (how, under a key that the matcher alone
holds), `asking` (which clues may be asked about, how many a day, and what looks like probing), `matching` (which
pairs are hits), `moments` and `telling` (when each owner is told of one), `consent` (what each side does about
it), `views` (what it sees of it meanwhile). Why it is so, and what it does not promise:
docs/architecture/corroboration.md.

No module here holds an identifier for longer than it takes to make its token.
"""
