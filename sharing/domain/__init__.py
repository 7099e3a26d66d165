"""What a team brings home and what becomes of it, without a database.

Read it in this order: `life_cycle` (what a life cycle is), `working_papers`, `clues`, `rectification`,
`letters`, `look_backs` (the five lives), `routing` (whose a record is, and where a clue goes), `due_dates`, `lives` (all of them, printed).
"""
