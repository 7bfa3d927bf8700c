"""A table over a list of any length, of which it holds a window of rows and paints what is seen.

Pure: `columns.py` (what a column says and how wide it is), `rows.py` (the rows at hand, and the cursor, which is held
by key), `asking.py` (which rows to have at hand), `painter.py` (a row as a line). The widget: `messages.py` (what it
says), `scrolling.py`, `table.py`.
"""

from atendimento_tui.widgets.window_table.asking import Anchor, Reach
from atendimento_tui.widgets.window_table.columns import CellText, Column, lay_out
from atendimento_tui.widgets.window_table.messages import CursorLost, Highlighted, Needed, Selected
from atendimento_tui.widgets.window_table.rows import Row
from atendimento_tui.widgets.window_table.table import WindowTable

__all__ = (
    "Anchor",
    "CellText",
    "Column",
    "CursorLost",
    "Highlighted",
    "Needed",
    "Reach",
    "Row",
    "Selected",
    "WindowTable",
    "lay_out",
)
