"""The reviewed table: role × record × verb × relation (`matrix.csv`), and what reads it."""

from __future__ import annotations

from tenancy.domain.matrix.reading import (
    EVERYBODY,
    RELATIONS,
    Cell,
    Line,
    Matrix,
    MatrixFault,
    Rule,
    read_matrix,
    stored_table,
)

__all__ = [
    "EVERYBODY",
    "RELATIONS",
    "Cell",
    "Line",
    "Matrix",
    "MatrixFault",
    "Rule",
    "read_matrix",
    "stored_table",
]
