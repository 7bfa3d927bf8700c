"""A list of options that survives a click on an option that is gone."""

from textual import events
from textual.widgets import OptionList


class Options(OptionList):
    """As Textual's own, which fails when the list became shorter between a click and its handling."""

    def on_click(self, event: events.Click) -> None:
        """Drop a click on an option that the list no longer has. Textual's own handler comes after this one."""
        clicked = event.style.meta.get("option")
        if clicked is not None and clicked >= self.option_count:
            event.prevent_default()
