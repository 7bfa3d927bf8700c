"""Texts of the beneficiaries: the search, the identity, the registration."""

# the search
SEARCH_PLACEHOLDER = "CPF, carteirinha, nome ou telefone"
FOUND_NOBODY = "Ninguém com esses dados. Enter cadastra:"
FOUND_NOBODY_HERE = "Ninguém com esses dados. ↓ e Enter cadastram:"
REGISTER = "Cadastrar beneficiário…"
FOUND_CARD = "carteirinha {card}"
IDENTITY = "{name} · CPF {cpf}"
IDENTITY_ASK = {
    "born_on": "Pergunte a data de nascimento, sem dizê-la. Resposta: {answer}",
    "card": "Pergunte o número da carteirinha, sem dizê-lo. Termina em {answer}",
    "phone": "Pergunte o telefone do cadastro, sem dizê-lo. Termina em {answer}",
    "cpf": "Pergunte o CPF, sem dizê-lo. No meio: {answer}",
}
"""Items that identify a person, the most reliable first."""
IDENTITY_HINT = "Enter: confere, é a pessoa · Esc: não é"
CONFIRMED = "✓ identidade confirmada: {name}"
UNKNOWN = "não informado"

# the registration
REGISTER_TITLE = "Cadastrar beneficiário"
REGISTER_HINT = "Enter avança · Ctrl+S grava · Esc volta, nada se perde"
REGISTER_FIELDS = {
    "name": "Nome *",
    "cpf": "CPF",
    "born_on": "Nascimento",
    "card": "Carteirinha",
    "phone": "Telefone",
    "plan": "Plano",
}
REGISTER_PLACEHOLDERS = {
    "name": "nome e sobrenome",
    "cpf": "000.000.000-00",
    "born_on": "dd/mm/aaaa",
    "card": "número impresso na carteirinha",
    "phone": "(00) 00000-0000",
    "plan": "nome do plano",
}
