"""The picture in the README: the queue of the demonstration desk, exported by the application.

python -m tests.picture docs/fila.svg
"""

import asyncio
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from atendimento_tui.app import AtendimentoApp
from atendimento_tui.demo.create import create_demo
from atendimento_tui.screens.queue.screen import QueueScreen

A_TUESDAY_AFTERNOON = datetime(2026, 11, 24, 17, 32, tzinfo=UTC)


async def picture(database: Path) -> str:
    """The queue with its panel, as SVG."""
    app = AtendimentoApp(str(database), now=lambda: A_TUESDAY_AFTERNOON)
    async with app.run_test(size=(140, 34)) as pilot:
        queue = app.place
        assert isinstance(queue, QueueScreen)
        while not app.desk_info or not queue.table.total or not queue.has_ticket_panel:
            await pilot.pause()
        await pilot.pause()
        return app.picture()


def main(target: Path) -> None:
    """Create a demonstration desk and save the picture."""
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "demo.db"
        create_demo(database, A_TUESDAY_AFTERNOON).close()
        target.write_text(asyncio.run(picture(database)), "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
