"""A list of options that ignores a click on a removed option."""

from textual import events
from textual.widgets import OptionList


class Options(OptionList):
    """Textual's list, which raises an error if it became shorter between a click and its handling."""

    def on_click(self, event: events.Click) -> None:
        """Drop a click on an option that the list no longer has. Textual's handler runs after this one."""
        clicked = event.style.meta.get("option")
        if clicked is not None and clicked >= self.option_count:
            event.prevent_default()
