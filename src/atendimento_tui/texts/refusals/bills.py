"""Refusals about bank bills."""

SENTENCES = {
    "campo_invalido_boleto": "“{field}” não é um boleto: {problem}.",
}
