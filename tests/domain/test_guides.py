"""The guide by which somebody who is no programmer makes a service: what it shows is accepted, and is the whole."""

import re
from pathlib import Path

from atendimento_tui.domain.process.read import read_process

GUIDE = Path(__file__).parents[2] / "docs" / "um-servico-do-zero.md"


def blocks() -> list[str]:
    return re.findall(r"```toml\n(.*?)```", GUIDE.read_text("utf-8"), re.DOTALL)


def test_the_service_of_the_guide_is_accepted_at_its_first_step_and_at_its_last() -> None:
    first, *_, whole = blocks()
    assert read_process(first).key == read_process(whole).key == "carteirinha_nova"


def test_every_part_of_the_guide_is_in_the_finished_file() -> None:
    *parts, whole = blocks()
    missing = [line for part in parts for line in part.splitlines() if line not in whole.splitlines()]
    assert missing == []
