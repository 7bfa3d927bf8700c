"""Syntax errors of TOML: the messages of Python's parser in Portuguese."""

import re

REASONS = (
    (r"Expected '=' after a key in a key/value pair", "falta o sinal = depois da palavra"),
    (r"Expected '\]' at the end of a table declaration", "o título não fecha com ]"),
    (r"Expected '\]\]' at the end of an array declaration", "o título não fecha com ]]"),
    (
        r"Expected newline or end of document after a statement",
        "sobra algo depois do valor; cada palavra fica na sua linha",
    ),
    (r"Expected (.+)", "esperava-se {}"),
    (r"Invalid initial character for a key part", "aqui cabe uma palavra, sem acento, ou entre aspas"),
    (r"Invalid statement", "a linha não começa com uma palavra sem acento nem com um título entre [ ]"),
    (r"Invalid value", "o valor não é um texto entre aspas, um número, uma data, true, false, uma lista ou uma tabela"),
    (r"Invalid date or datetime", "essa data não existe"),
    (r"Invalid hex value", "depois de \\x, \\u ou \\U vêm dígitos hexadecimais"),
    (r"Escaped character is not a Unicode scalar value", "esse código não é o de uma letra"),
    (r"Unescaped '\\' in a string", "uma barra invertida num texto se escreve duas vezes: \\\\"),
    (r"Unterminated string", "o texto não fecha as aspas"),
    (r"Unclosed array", "a lista não fecha com ]"),
    (r"Unclosed inline table", "a tabela não fecha com }}"),
    (r"Illegal character '\\n'", "o texto não fecha as aspas na mesma linha"),
    (r"(?:Illegal|Found invalid) character (.+)", "o sinal {} não pode estar aqui"),
    (r"Cannot overwrite a value", "essa palavra já tem um valor"),
    (r"Duplicate inline table key (.+)", "a palavra {} aparece duas vezes na mesma tabela"),
    (r"Cannot declare (.+) twice", "o título {} aparece duas vezes"),
    (r"Cannot (?:mutate immutable|redefine) namespace (.+)", "a tabela {} já foi fechada"),
    (r"too_deep", "há listas, tabelas ou palavras com pontos umas dentro das outras, fundo demais"),
    (r"too_long", "há uma palavra ou um número longo demais"),
)
"""Pattern of a message -> its text; groups of the pattern fill the braces."""


def reason(message: str) -> str:
    """The error as part of a sentence."""
    for pattern, words in REASONS:
        if found := re.fullmatch(pattern, message, re.DOTALL):
            return words.format(*map(_named, found.groups()))
    return "a linha não é TOML"


def _named(written: str) -> str:
    """A character or a name as users write it; Python writes a name with its tables as `('a', 'b')`."""
    parts = re.findall(r"'([^']*)'", written)
    return f"“{'.'.join(parts) if parts else written}”"
