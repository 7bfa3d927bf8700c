"""The dialog that explains a due instant: the ledger of a clock."""

from datetime import datetime
from zoneinfo import ZoneInfo

from atendimento_tui.contracts.tickets import Explanation
from atendimento_tui.outputs.as_text import clock_line, explanation
from atendimento_tui.screens.dialogs.reading import ReadingDialog
from atendimento_tui.texts import window as texts
from atendimento_tui.widgets.text import plain


class ExplainDialog(ReadingDialog):
    """Shows all intervals of the clock that the queue shows, and the state of the ticket's other clocks."""

    def __init__(self, explained: Explanation, now: datetime, zone: ZoneInfo) -> None:
        title, *lines = explanation(explained, now, zone)
        content = [plain(line) for line in lines]
        if explained.other_clocks:
            content += [plain(""), *(plain(clock_line(clock, now, zone)) for clock in explained.other_clocks)]
        super().__init__(title, content, texts.EXPLAIN_HINT)
