"""Finding good plans fast: plain Python on whole numbers, and CP-SAT on small parts.

Read in this order: `facts` (the problem as numbers), `packing` (dates of one team), `board`
(a plan that is changed step by step), `construct`, `annealing`, `neighbourhoods`.
"""
