"""The city digest: counts across counties, from which no small count can be computed.

Read it in this order: `tables` (what a table of counts is), `declared` (which there are), `counting`
(from leaves to margins), `publications` (what readers see), `suppression` (which cells are withheld),
`audit` (the second opinion, from the published figures alone), `publishing` (the one door), `figures`
(rates and common problems, from what was published), `periods`, `rhythm` and `asking` (when, how often, and what
is refused).
`worlds` alone speaks to the solver. Why so: docs/architecture/digest.md.
"""
