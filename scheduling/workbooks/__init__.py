"""Workbooks in and out: pure reading and writing of xlsx and csv. No framework, no database.

Read in this order: `guard` (what is refused before a cell is read), `tables` (rows of text
and numbers out of any accepted file), `words`, `dates`, `identity` (one cell), `columns`
(one sheet's layout), `roster` and `units` (the two workbooks), `templates` and `faulty`
(workbooks that we write).
"""

import os

# Before openpyxl is first imported. Where lxml is installed (the documents need it), openpyxl would
# read strangers' files with it, past defusedxml, and write other bytes for the same sheets.
os.environ.update(OPENPYXL_LXML="False")
