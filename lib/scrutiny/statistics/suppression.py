"""Which cells of a table must be left out so that no small count can be told from the rest."""

from __future__ import annotations

import numpy as np

FEWEST = 5  # counts from 1 to 4 could identify a person; nought is no person


def suppressed(table: np.ndarray, fewest: int = FEWEST) -> np.ndarray:
    """Return which cells of a table are to be left out: True for each.

    The last row and column of ``table`` are its totals. Counts from 1 to ``fewest`` - 1 are left
    out, and then the smallest others of their rows and columns until no cell that is left out can
    be worked out: a reader who knows that each of them is 1 at least still finds two values or
    more for every one. Raises ``ValueError`` where the totals are not those of the cells.
    """
    table = np.asarray(table, dtype=float)
    if not all(_adds_up(each) for each in (table, table.T)):
        raise ValueError("the last row and column are not the totals of the others")
    hidden = (table > 0) & (table < fewest)
    while (known := recoverable(table, hidden)).any():
        row, column = np.argwhere(known)[0]
        hidden[_next(table, hidden, row, column)] = True
    return hidden


def recoverable(table: np.ndarray, hidden: np.ndarray) -> np.ndarray:
    """Return which hidden cells of a table a reader could work out from the others."""
    cells = [tuple(cell) for cell in np.argwhere(hidden)]
    found = np.zeros(table.shape, dtype=bool)
    if not cells:
        return found
    place = {cell: i for i, cell in enumerate(cells)}
    rows, values = [], []
    for lines in (_lines(table.shape), [[c[::-1] for c in x] for x in _lines(table.shape[::-1])]):
        for line in lines:
            signs = [*([1.0] * (len(line) - 1)), -1.0]  # the parts less their total are nought
            row = np.zeros(len(cells))
            known = 0.0
            for cell, sign in zip(line, signs, strict=True):
                if cell in place:
                    row[place[cell]] = sign
                else:
                    known += sign * table[cell]
            if row.any():
                rows.append(row)
                values.append(-known)
    for cell, i in place.items():
        ends = [_extreme(i, way, rows, values, len(cells)) for way in (1.0, -1.0)]
        found[cell] = abs(ends[1] - ends[0]) < 1.0
    return found


def _adds_up(table: np.ndarray) -> bool:
    return bool(np.allclose(table[:-1].sum(axis=0), table[-1]))


def _lines(shape: tuple[int, int]) -> list[list[tuple[int, int]]]:
    """Return the cells of each row, its total last."""
    return [[(row, column) for column in range(shape[1])] for row in range(shape[0])]


def _extreme(at: int, way: float, rows: list[np.ndarray], values: list[float], size: int) -> float:
    """Return the least (``way`` 1) or greatest (-1) value that a hidden cell can have."""
    from scipy.optimize import linprog  # late: it takes a fifth of a second, and few pages need it

    aim = np.zeros(size)
    aim[at] = way
    solved = linprog(aim, A_eq=np.array(rows), b_eq=np.array(values), bounds=(1, None))
    return way * np.inf * -1.0 if solved.status == 3 else way * float(solved.fun)


def _next(table: np.ndarray, hidden: np.ndarray, row: int, column: int) -> tuple[int, int]:
    """Return the smallest cell shown in a line of one that can be worked out, else in the table.

    A total is left out only where no other cell is left: it may be known from elsewhere. A nought
    is never left out.
    """
    last = (table.shape[0] - 1, table.shape[1] - 1)
    shown = [tuple(cell) for cell in np.argwhere(~hidden & (table > 0))]

    def order(cell: tuple[int, int]) -> tuple[bool, bool, float]:
        total = cell[0] == last[0] or cell[1] == last[1]
        return total, cell[0] != row and cell[1] != column, table[cell]

    return min(shown, key=order)
