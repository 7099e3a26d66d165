"""The demo city: Zhoushan's four counties and the city office, with fictional people.

`python -m demo.make_demo` writes the workbooks under `demo/workbooks/`; the same seed gives
the same bytes. Places are real, bodies are generic, nobody here exists: ID numbers begin with
000000, which no area has.
"""

import scheduling.workbooks  # noqa: F401  (before openpyxl: it says with which parser)
