"""A service with a field of each type, and the forms of an answer of each type."""

from typing import NamedTuple


class AnswerForms(NamedTuple):
    """An answer of a type in its forms.

    Attributes:
        typed: At intake.
        kept: In the database.
        again: In the dialog of an action that asks it again.
        shown: On the screen, in the history, in messages.
        exported: For other programs.
    """

    typed: str
    kept: str
    again: str
    shown: str
    exported: str


EVERY_TYPE = {
    "texto": AnswerForms("uma linha", "uma linha", "uma linha", "uma linha", "uma linha"),
    "texto_longo": AnswerForms("uma\noutra", "uma\noutra", "uma\noutra", "uma\noutra", "uma\noutra"),
    "numero": AnswerForms("1.234,5", "1234.5", "1234,5", "1.234,5", "1234.5"),
    "data": AnswerForms("1/2/2026", "2026-02-01", "01/02/2026", "01/02/2026", "2026-02-01"),
    "hora": AnswerForms("9h05", "09:05", "09:05", "09:05", "09:05"),
    "cpf": AnswerForms("52998224725", "52998224725", "***.982.247-**", "***.982.247-**", "***.982.247-**"),
    "cnpj": AnswerForms(
        "12abc34501de35", "12ABC34501DE35", "12.ABC.345/01DE-35", "12.ABC.345/01DE-35", "12ABC34501DE35"
    ),
    "cns": AnswerForms(
        "898 0000 0004 3208", "898000000043208", "*** **** **** 3208", "*** **** **** 3208", "*** **** **** 3208"
    ),
    "telefone": AnswerForms(
        "11 3333-4444 r. 205",
        "+551133334444;ext=205",
        "(11) ****-4444 ramal 205",
        "(11) ****-4444 ramal 205",
        "(11) ****-4444 ramal 205",
    ),
    "email": AnswerForms("ana@EXEMPLO.com", "ana@exemplo.com", "ana@exemplo.com", "ana@exemplo.com", "ana@exemplo.com"),
    "dinheiro": AnswerForms("R$ 150,50", "15050", "150,50", "R$ 150,50", "15050"),
    "competencia": AnswerForms("2/2026", "2026-02", "02/2026", "02/2026", "2026-02"),
    "procedimento": AnswerForms("1.01.01.01-2", "10101012", "10101012", "10101012", "10101012"),
    "escolha": AnswerForms("PRODUCAO", "produção", "produção", "produção", "produção"),
    "sim_nao": AnswerForms("n", "nao", "nao", "não", "nao"),
    "pessoa": AnswerForms("Ana  Lima", "Ana Lima", "Ana Lima", "Ana Lima", "Ana Lima"),
    "cep": AnswerForms("01310 100", "01310100", "01310-100", "01310-100", "01310100"),
    "uf": AnswerForms("sp", "SP", "SP", "SP", "SP"),
    "carteirinha": AnswerForms("0012.3456-78", "0012345678", "****5678", "****5678", "****5678"),
    "cadastro": AnswerForms("11 98765-4321", "+5511987654321", "(11) *****-4321", "(11) *****-4321", "(11) *****-4321"),
    "vaga": AnswerForms(
        "1.2.3@2026-10-20T10:00-03:00",
        "1.2.3@2026-10-20T10:00-03:00",
        "1.2.3@2026-10-20T10:00-03:00",
        "20/10/2026 10:00",
        "1.2.3@2026-10-20T10:00-03:00",
    ),
    "boleto": AnswerForms(
        "99991234596789012345767890123457510000000012345",
        "99995100000000123451234567890123456789012345",
        "99991.23459 67890.123457 67890.123457 5 10000000012345",
        "99991.23459 67890.123457 67890.123457 5 10000000012345",
        "99995100000000123451234567890123456789012345",
    ),
    "numero_boleto": AnswerForms("FAT-2026/118", "FAT-2026/118", "FAT-2026/118", "FAT-2026/118", "FAT-2026/118"),
    "conselho": AnswerForms("crm-sp 123.456", "CRM/SP 123456", "CRM/SP 123456", "CRM/SP 123456", "CRM/SP 123456"),
    "protocolo": AnswerForms(
        "20260302000001", "20260302000001", "20260302.000001", "20260302.000001", "20260302000001"
    ),
}

_FIELDS = "\n".join(
    f'[[campos]]\nchave = "c_{kind}"\nrotulo = "Campo {kind}"\ntipo = "{kind}"'
    + ('\nopcoes = ["produção", "homologação"]' if kind == "escolha" else "")
    + ('\natualiza = "telefone"' if kind == "cadastro" else "")
    for kind in EVERY_TYPE
)
_ASKS = ", ".join(f'"c_{kind}"' for kind in EVERY_TYPE)
_BODY = "\n".join(f"{kind}: {{c_{kind}}}" for kind in EVERY_TYPE)

EVERY_TYPE_PROCESS = f"""
chave = "tudo"
nome = "Tudo"
{_FIELDS}
[mensagens.tudo]
assunto = "{{c_dinheiro}} em {{c_data}}, {{c_texto_longo}}"
texto = '''
{_BODY}
'''
[[etapas]]
chave = "um"
nome = "Um"
[[etapas.acoes]]
chave = "rever"
rotulo = "Rever"
tecla = "v"
pede = [{_ASKS}]
texto = "nenhum"
faz = {{ mensagem = "tudo" }}
[[etapas.acoes]]
chave = "fim"
rotulo = "Fim"
tecla = "x"
faz = {{ ir = "fim" }}
[[etapas]]
chave = "fim"
nome = "Fim"
estado = "concluido"
"""
