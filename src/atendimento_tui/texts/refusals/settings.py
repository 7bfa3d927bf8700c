"""Refusals about the unit's own data."""

SENTENCES = {
    "uf_desconhecida": "Não há unidade da federação “{text}”. Use a sigla: SP, RJ, MG...",
    "registro_ans_invalido": "O registro ANS tem seis dígitos; “{text}” não.",
}
"""Code of a refusal -> its sentence."""
