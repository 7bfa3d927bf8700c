"""A table of a list of any length. It loads a window of rows and paints the visible ones.

Pure: `columns.py` (text and width of columns), `rows.py` (the loaded rows, and the cursor, which follows a key),
`asking.py` (which rows to load), `painter.py` (a row as a line). The widget: `messages.py`, `scrolling.py`, `view.py`,
`table.py`; `loaded.py` is a table whose rows are all loaded.
"""

from atendimento_tui.widgets.window_table.asking import Anchor, Reach
from atendimento_tui.widgets.window_table.columns import CellText, Column, lay_out
from atendimento_tui.widgets.window_table.loaded import Line, LoadedTable, Titles
from atendimento_tui.widgets.window_table.messages import CursorLost, Highlighted, Needed, Selected
from atendimento_tui.widgets.window_table.rows import Row
from atendimento_tui.widgets.window_table.table import WindowTable

__all__ = (
    "Anchor",
    "CellText",
    "Column",
    "CursorLost",
    "Highlighted",
    "Line",
    "LoadedTable",
    "Needed",
    "Reach",
    "Row",
    "Selected",
    "Titles",
    "WindowTable",
    "lay_out",
)
