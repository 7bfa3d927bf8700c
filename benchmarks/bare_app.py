"""Minimal applications for comparison: `python -m benchmarks.bare_app table|static|pass`.

`table` is a minimal Textual application that looks like a queue: header, input, a table of 100 rows, footer. `static`
is one text. `pass` only writes the marker, to measure Python alone.
"""

import sys

MARKER = "bare-marker"
ROWS = 100


def table() -> None:
    """Header, input, table, footer."""
    from textual.app import App, ComposeResult
    from textual.widgets import DataTable, Footer, Header, Input

    class BareTable(App[None]):
        BINDINGS = [("a", "one", "One"), ("b", "two", "Two")]  # noqa: RUF012
        ENABLE_COMMAND_PALETTE = False

        def compose(self) -> ComposeResult:
            yield Header()
            yield Input(placeholder=MARKER)
            yield DataTable[str](cursor_type="row")
            yield Footer()

        def on_mount(self) -> None:
            rows = self.query_one(DataTable)
            rows.add_columns(*(f"Column {number}" for number in range(9)))
            for number in range(ROWS):
                rows.add_row(*(f"cell {number} {column}" for column in range(9)))
            rows.focus()

    BareTable().run()


def static() -> None:
    """One text."""
    from textual.app import App, ComposeResult
    from textual.widgets import Static

    class BareStatic(App[None]):
        ENABLE_COMMAND_PALETTE = False

        def compose(self) -> ComposeResult:
            yield Static(MARKER)

    BareStatic().run()


def only_python() -> None:
    """No application."""
    print(MARKER, flush=True)


if __name__ == "__main__":
    {"table": table, "static": static, "pass": only_python}[sys.argv[1]]()
