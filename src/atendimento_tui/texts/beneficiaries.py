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

# the record
ITEM_NAMES = {
    "name": "Nome",
    "social_name": "Nome social",
    "cpf": "CPF",
    "cns": "CNS",
    "born_on": "Nascimento",
    "mother": "Nome da mãe",
    "card": "Carteirinha",
    "plan": "Plano",
    "holder": "Titular",
    "relation": "Parentesco",
    "active_until": "Ativo até",
    "phone": "Telefone",
    "other_phones": "Outros telefones",
    "email": "E-mail",
    "other_emails": "Outros e-mails",
    "cep": "CEP",
    "street": "Logradouro",
    "street_number": "Número",
    "complement": "Complemento",
    "district": "Bairro",
    "city": "Cidade",
    "uf": "UF",
    "mail_cep": "CEP (correspondência)",
    "mail_street": "Logradouro (correspondência)",
    "mail_street_number": "Número (correspondência)",
    "mail_complement": "Complemento (correspondência)",
    "mail_district": "Bairro (correspondência)",
    "mail_city": "Cidade (correspondência)",
    "mail_uf": "UF (correspondência)",
}
"""Item of a record -> its name."""

EVENT = {
    "incluido": "cadastrou",
    "alterado": "alterou",
    "atualizado": "atualizou por um atendimento",
    "revelado": "viu os dados completos",
}
"""Kind of an event of a beneficiary -> what somebody did."""

FIELD = {**ITEM_NAMES, "protocolo": "protocolo", "motivo": "motivo"}
"""Field of an event -> its name."""

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
