"""The scheduler's desk: understand a plan, change it by hand, and know what each act costs.

Pure functions of a problem and a plan; they work on the masked problem (`masking.py`) as on
the whole one. Read `edits` (what can be done), `price` (what it costs), `reasons` (why, and
why not), `candidates` (who else), `compare` (two plans side by side), then `resolve` and
`way_outs` (let the engine mend it). Of these `way_outs` alone loads the solver.
"""
