"""The engine's two commands without their framework: files in, lines and a status out.

`solving.solve_round` and `checking.check_plan` are what `manage.py solve_round` and
`manage.py check_plan` run. They are imported one by one, since only solving needs the solver.
"""
