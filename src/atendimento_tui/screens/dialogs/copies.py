"""The dialog that lists backup copies."""

from datetime import datetime
from zoneinfo import ZoneInfo

from atendimento_tui.contracts.safekeeping import CopiesView
from atendimento_tui.outputs.as_text import backup_line
from atendimento_tui.screens.dialogs.reading import ReadingDialog
from atendimento_tui.texts import safekeeping as texts
from atendimento_tui.widgets.text import plain


class CopiesDialog(ReadingDialog):
    """Shows the copies with their age and check, where they are, and why restoring one is a command."""

    def __init__(self, view: CopiesView, now: datetime, zone: ZoneInfo) -> None:
        folder = texts.WHERE.format(folder=view.folder) if view.folder else texts.NO_FOLDER
        rules = texts.HOW_KEPT.format(days=view.days, weeks=view.weeks, months=view.months)
        copies = [backup_line(copy, now, zone) for copy in view.copies] or [texts.NONE]
        lines = [folder, rules if view.folder else "", "", *copies, "", texts.HOW_RESTORED]
        super().__init__(texts.TITLE, [plain(line) for line in lines], texts.HINT)
