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
    "guarda_anos": "Atendimentos: anos guardados",
    "copias_dias": "Cópias: dias guardados",
    "copias_semanas": "Cópias: semanas guardadas",
    "copias_meses": "Cópias: meses guardados",
    "smtp_servidor": "E-mail: servidor SMTP",
    "smtp_porta": "E-mail: porta",
    "smtp_seguranca": "E-mail: segurança",
    "smtp_login": "E-mail: login",
    "smtp_remetente": "E-mail: remetente",
    "smtp_maquinas": "E-mail: máquinas que enviam",
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
    "guarda_anos": "depois do fim; só então a pessoa se pode anonimizar",
    "copias_dias": "de quantos dias se guarda a última cópia automática",
    "copias_semanas": "de quantas semanas",
    "copias_meses": "de quantos meses",
    "smtp_servidor": "nome ou endereço; em branco, a mesa não envia e-mail",
    "smtp_porta": "587 com starttls, 465 com tls",
    "smtp_seguranca": "starttls, tls ou nenhuma",
    "smtp_login": "a senha não fica aqui: veja docs/messages.md",
    "smtp_remetente": "o endereço de quem envia",
    "smtp_maquinas": "nomes separados por vírgula; em branco, todas",
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
    "keep_years": "anos que um atendimento se guarda",
    "copies_days": "dias de cópias",
    "copies_weeks": "semanas de cópias",
    "copies_months": "meses de cópias",
    "smtp_host": "servidor SMTP",
    "smtp_port": "porta do SMTP",
    "smtp_security": "segurança do SMTP",
    "smtp_login": "login do SMTP",
    "smtp_sender": "remetente",
    "smtp_machines": "máquinas que enviam",
    "external_systems": "outros sistemas",
    "entry": "como se entra",
    "restaurado_em": "restaurado em",
}
"""Field of an event of the unit -> its name."""

EVENT = {
    "alterada": "alterou a unidade",
    "sistemas": "alterou os outros sistemas",
    "entrada": "mudou como se entra",
    "entrada_recusada": "tentou entrar com um login que não há",
    "salto": "saltou números",
    "restaurado": "restaurou uma cópia",
    "movido": "moveu a mesa para este banco",
    "envio_liberado": "liberou o envio de mensagens",
}
"""Kind of an event of the unit -> what somebody did."""

CHANGED = "{label}: {value}"
EMPTY_VALUE = "em branco"
