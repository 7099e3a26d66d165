"""Identifiers of persons, organisations and contacts, brought to one form or refused in words. Pure.

Two offices that write the same number in two ways must come to the same token (`sharing.domain.corroboration`);
a slip of the pen must come to none. Read in this order: `identifier` (what a reading gives back), `names` with
`variants`, `id_numbers`, `credit_codes`, `phones`, `accounts`, `units`, `reading` (all of them, by kind).

Nothing here keeps or shows what was written: a fault says what is wrong and repeats no character of it.
"""
