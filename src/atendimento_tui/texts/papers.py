"""Texts about papers: the slip, a process's papers, how they are given."""

PDF_TITLE = "Atendimento"
PAGE = "página {number} de {count}"

SLIP = "Comprovante"
PRINTED_ONE = "{name}: impresso em {printer}"
PRINTED = "{name}: {copies} vias impressas em {printer}"
SAVED = "{name}: PDF gravado em arquivo"
SAVED_AT = "{name}: PDF gravado em {path}"
FILE = "papel"
