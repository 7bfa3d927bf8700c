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
    "exportado": "exportou os dados completos",
    "retido": "reteve os dados",
    "liberado": "acabou com a retenção",
    "anonimizado": "anonimizou",
    "motivo": "disse o motivo",
    "importado": "importou boletos",
}
"""Kind of an event of a beneficiary -> what somebody did."""

FIELD = {**ITEM_NAMES, "protocolo": "protocolo", "motivo": "motivo", "retencao": "retenção"}
"""Field of an event -> its name."""

OF_MAIL = " (correspondência)"
ITEM_NOTES = {
    "social_name": "como a pessoa quer ser chamada; é o que aparece",
    "born_on": "dd/mm/aaaa",
    "holder": "CPF ou carteirinha do titular; em branco, a pessoa é titular",
    "active_until": "dd/mm/aaaa; em branco, sem fim previsto",
    "other_phones": "separados por vírgula",
    "other_emails": "separados por vírgula",
}
"""Item -> how it is filled in."""
REGISTERED_ITEMS = ("name", "social_name", "cpf", "born_on", "card", "plan", "phone", "holder", "relation")
"""The items that are asked of a new person; the others can be added later."""
SECTIONS = {
    "identidade": "Identidade",
    "plano": "Plano e titular",
    "contatos": "Contatos",
    "endereco": "Endereço",
    "correspondencia": "Endereço de correspondência",
}
NO_RELATION = "nenhum"
TICKETS_IN_RECORD = 10
WITHOUT_BEFORE = ("protocolo", "motivo")

# the place
PLACE_PLACEHOLDER = "CPF, CNS, carteirinha, telefone ou nome"
COLUMN_NAME = "Nome"
COLUMN_CPF = "CPF"
COLUMN_CARD = "Carteirinha"
COLUMN_PHONE = "Telefone"
COLUMN_PLAN = "Plano"
BEFORE_SEARCH = (
    "Digite parte do CPF, do CNS, da carteirinha, do telefone ou do nome.",
    "↓ vai à lista; na lista, {add} cadastra alguém e {ages} mostra quem chega às idades do plano.",
)
NOBODY = ("Ninguém com esses dados.", "Enter cadastra essa pessoa; Esc limpa a procura.")
NOBODY_SELECTED = "Ninguém está escolhido: procure a pessoa e vá à lista com ↓."
BILLS_TITLE = "Boletos"
FAMILY_TITLE = "Família no plano"
IS_HOLDER = "titular"
TICKETS_TITLE = "Atendimentos ({count})"
NO_TICKETS = "Nenhum ainda."
NO_TICKETS_OF = "{name} ainda não tem atendimentos."
TICKETS_OF = "Atendimentos de {name} ({count})"
CHOOSE_TICKET = "Parte do protocolo, do serviço ou do assunto · Enter abre"
EVENTS_TITLE = "O que mudou"
READING_HINT = "Esc fecha"
CHANGE_WHAT = "Alterar o quê de {name}?"
CHANGE_TITLE = "{part} de {name}"
MASKED_STAYS = "O que aparece com * fica como está se não for mexido."
CHANGED = "O cadastro de {name} está como pedido."
ADDED = "{name} está no cadastro."
REVEAL_TITLE = "Ver os dados completos de {name}"
REVEAL_REASON = "Por quê"
REVEAL_NOTE = "fica no histórico do cadastro, com o seu nome"
REVEALED_TITLE = "Dados completos de {name}"
REVEALED_HINT = "Só enquanto esta janela está aberta · Esc fecha"
AGES_TITLE = "Chegam a uma idade do plano em {days} dias ({count})"
AGES_NOBODY = "Nenhum dependente chega às idades do plano em {days} dias."
AGE = "{age} anos"
AGE_TODAY = "hoje"
AGE_IN = "em {days} d"
AGE_ASIDE = "{age} anos em {day} ({when}) · titular {holder}"

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
