"""Texts of the settings of the unit."""

LABEL = {
    "nome": "Nome da unidade",
    "registro_ans": "Registro ANS",
    "telefones": "Telefones",
    "email": "E-mail",
    "endereco": "Endereço",
    "comprovante_topo": "Comprovante, no topo",
    "comprovante_rodape": "Comprovante, no rodapé",
    "idades_dependentes": "Idades dos dependentes",
    "bloqueio_minutos": "Bloqueio da tela (minutos)",
    "anexo_mib": "Anexos: maior tamanho (MiB)",
    "copias_dias": "Cópias: dias guardados",
    "copias_semanas": "Cópias: semanas guardadas",
    "copias_meses": "Cópias: meses guardados",
}
"""Key of a setting -> its label."""

NOTE = {
    "registro_ans": "seis dígitos, ou em branco",
    "telefones": "com DDD, separados por vírgula",
    "endereco": "uma linha",
    "comprovante_topo": "uma linha, abaixo do nome da unidade",
    "comprovante_rodape": "uma linha, no fim do comprovante",
    "idades_dependentes": "as que o plano confere, como em: 18, 21, 24",
    "bloqueio_minutos": "sem tecla, até a tela pedir a senha; 0 nunca bloqueia",
    "anexo_mib": "de cada arquivo",
    "copias_dias": "de quantos dias se guarda a última cópia automática",
    "copias_semanas": "de quantas semanas",
    "copias_meses": "de quantos meses",
}
"""Key of a setting -> how it is filled in."""

COLUMN = {
    "name": "nome",
    "ans_registration": "registro ANS",
    "phones": "telefones",
    "email": "e-mail",
    "address": "endereço",
    "slip_header": "topo do comprovante",
    "slip_footer": "rodapé do comprovante",
    "dependent_ages": "idades dos dependentes",
    "lock_minutes": "minutos até bloquear",
    "attachment_mib": "maior tamanho de um anexo",
    "copies_days": "dias de cópias",
    "copies_weeks": "semanas de cópias",
    "copies_months": "meses de cópias",
    "entry": "como se entra",
    "restaurado_em": "restaurado em",
}
"""Field of an event of the unit -> its name."""

EVENT = {
    "alterada": "alterou a unidade",
    "entrada": "mudou como se entra",
    "entrada_recusada": "tentou entrar com um login que não há",
    "salto": "saltou números",
    "restaurado": "restaurou uma cópia",
    "envio_liberado": "liberou o envio de mensagens",
}
"""Kind of an event of the unit -> what somebody did."""

CHANGED = "{label}: {value}"
EMPTY_VALUE = "em branco"
