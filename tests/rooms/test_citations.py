"""The project cites no document that is not in it: rules are in `docs/`, or the law is named."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PLACES = ("src", "tests", "benchmarks", "docs")
FILES = ("README.md", "CHANGELOG.md", "Makefile", "pyproject.toml")
KINDS = {".py", ".toml", ".md", ".tcss"}
APART = (ROOT / "tests" / "stored", ROOT / "benchmarks" / ".peers", Path(__file__))
"""Files of earlier versions, which are never edited; installed packages; the names below."""

OUTSIDE = re.compile(r"\b(?:DOMAIN|CONTRACTS|QUALITY|UX|STYLE|FEASIBILITY|MISSION|ARCHITECTURE)\b")
SECTIONS = re.compile(r"rules\.md,\s+(\"[^\"]+\"(?:\s+and\s+\"[^\"]+\")*)")


def texts() -> dict[Path, str]:
    paths = [path for place in PLACES for path in (ROOT / place).rglob("*") if path.suffix in KINDS]
    kept = [path for path in paths if not any(path.is_relative_to(other) for other in APART)]
    return {path.relative_to(ROOT): path.read_text("utf-8") for path in [*kept, *(ROOT / name for name in FILES)]}


def test_no_document_outside_the_project_is_cited() -> None:
    assert {path: found for path, text in texts().items() if (found := OUTSIDE.findall(text))} == {}


def test_each_cited_section_of_the_rules_exists() -> None:
    titles = re.findall(r"^## (.+)$", (ROOT / "docs" / "rules.md").read_text("utf-8"), re.MULTILINE)
    cited = [
        (path, " ".join(title.split()))
        for path, text in texts().items()
        for found in SECTIONS.finditer(text)
        for title in re.findall(r'"([^"]+)"', found[1])
    ]
    assert cited
    assert [(path, title) for path, title in cited if title not in titles] == []
