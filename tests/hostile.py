"""Texts that have broken terminal programs, for tests that write data to a screen or a file."""

HOSTILE = {
    "markup": "[bold]João[/bold]",
    "markup-unclosed": "Rua [/",
    "markup-close-nothing": "[/]",
    "markup-close-unknown": "[/foo]",
    "markup-action": "[@click=app.quit]Clique aqui[/]",
    "markup-link": "[link=https://example.org]x[/link]",
    "markup-variable": "[$accent]x",
    "markup-attributes": "[a=b c] Rua [s/n] [1] [a-z]",
    "markup-escaped": "\\[/foo\\]",
    "ansi-colour": "\x1b[31mvermelho\x1b[0m",
    "ansi-clear": "\x1b[2J\x1b[Hapagado",
    "ansi-leave-alternate-screen": "\x1b[?1049lfora",
    "osc-title-bel": "\x1b]0;título roubado\x07depois",
    "osc-title-unterminated": "\x1b]0;engole o resto",
    "osc-clipboard-bel": "\x1b]52;c;cm0gLXJmIC8=\x07",
    "osc-clipboard-st": "\x1b]52;c;cm0gLXJmIC8=\x1b\\",
    "dcs": "\x1bP$q q\x1b\\",
    "c1-csi": "\x9b31mvermelho",
    "c1-osc": "\x9d0;título\x9c",
    "nul": "antes\x00depois",
    "controls": "\x01\x07\x08\x0b\x0c\x0e\x0f\x7f",
    "newline": "linha 1\nlinha 2",
    "carriage-return": "visível\rescondido",
    "tab": "a\tb",
    "unicode-line-ends": "a\x85b\u2028c\u2029d",
    "bidi-override": "fatura\u202egpj.exe",
    "bidi-isolate": "\u2066\u2067x\u2069",
    "invisible": "Jo\u200bão\ufeff\u00ad Silva",
    "emoji-joined": "família 👨‍👩‍👧‍👦 e 🤦🏽‍♀️",
    "wide": "漢字かなカナ한국어",
    "combining-flood": "z" + "\u0301\u0323\u0489" * 200,
    "combining-first": "\u0301\u0302início",
    "decomposed": "Joa\u0303o Conceic\u0327a\u0303o",
    "long": "x" * 5000,
    "long-spaced": "ação " * 1000,
    "lone-surrogate": "a\ud800b\udfffc",
    "formula-command": "=cmd|' /C calc'!A0",
    "formula-plus": "+1+1",
    "formula-at": "@SUM(1;2)",
    "sql": "Robert'); DROP TABLE ticket;--",
    "sql-like": "100%_\\",
    "format-braces": "{0} {name!r} %s %(x)d ${x}",
    "quotes": "\"'`´“”",
    "blank": " \u00a0\u3000 ",
    "empty": "",
}
"""Short name -> hostile text."""

HOSTILE_STRINGS = list(HOSTILE.values())
_BY_LENGTH = sorted(HOSTILE_STRINGS, key=len)
HOSTILE_TOGETHER = ["\n".join(_BY_LENGTH[first : first + 9]) for first in range(0, len(_BY_LENGTH), 9)]
"""All of them in a few texts of several lines, for screens that paint what other tests check one by one.

Long texts are at the end, so that they do not hide the others.
"""

HOSTILE_IDS = list(HOSTILE)
"""For `pytest.mark.parametrize("text", HOSTILE_STRINGS, ids=HOSTILE_IDS)`."""
