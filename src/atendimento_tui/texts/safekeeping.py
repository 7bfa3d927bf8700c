"""Texts about backup copies."""

MADE = "Cópia de segurança feita e conferida: {path} ({size})."
MADE_DAILY = "Cópia de segurança do dia feita e conferida: {path} ({size})."
MAKING = "Fazendo a cópia de segurança…"
NONE = "Ainda não há cópia de segurança."
RESTORED = "O atendimento foi restaurado em {target}. Atendimentos conferidos com os seus históricos: {tickets}."
RESTORED_ASIDE = "O que estava lá ficou inteiro em {aside}."
RESTORED_JUMP = "{series}: de {before} passou a {after}, para que nenhum número saia duas vezes."
RESTORED_DOUBTFUL = "Em {count} deles o que está gravado não é o que o histórico diz: “atendimento verificar” diz onde. Avise quem cuida do sistema."
RESTORED_LOST = "De {count} anexos o conteúdo não está ao lado da cópia, na pasta anexos-…: “atendimento verificar --anexos” diz quais. Se a pasta estiver noutro lugar, ponha-a ao lado da cópia e restaure de novo."
RECOVERED = "Conteúdos de anexos recuperados: {found}."
RECOVERED_NOT = (
    "Ainda faltam {lost}, que não estão em {folder}. Nada se perdeu do que havia. Tente com outra pasta de cópias."
)
RESTORED_HELD = "Nenhuma mensagem sai dele até que a supervisão libere: “atendimento liberar-envio”."
RELEASED = "O envio de mensagens está liberado."

TITLE = "Cópias de segurança"
HINT = "↑ ↓ rolam · Esc volta"
WHERE = "Pasta das cópias: {folder}"
NO_FOLDER = "Neste computador nenhuma pasta foi escolhida para as cópias deste servidor."
HOW_KEPT = "Uma por dia, sozinha. Ficam as dos últimos {days} dias, de {weeks} semanas e de {months} meses; as pedidas por alguém ficam sempre."
HOW_RESTORED = "Para voltar a uma delas, feche todas as janelas e use “atendimento restaurar CÓPIA” no terminal: com o banco aberto ele não pode ser trocado."

KIND = {"automatica": "do dia", "pedida": "pedida", "migracao": "antes de atualizar", "": "achada na pasta"}
GOOD = "conferida"
DELETED_FILE = "o arquivo não está mais lá"
NOT_RECORDED = "sem registro: é conferida ao restaurar"
UNFINISHED = "em andamento ou interrompida"
FAILED = "falhou: {reason}"
OTHER_MACHINE = "no computador {machine}"
LINE = "{at} · {age} · {kind} · {size} · {state} · {path}"

AGE_MINUTES, AGE_HOURS, AGE_DAYS = "há {count} min", "há {count} h", "há {count} dias"
AGE_NOW = "agora"

HEADER_OLD = "▲ SEM CÓPIA {age}"
HEADER_HELD = "RESTAURADO: NÃO ENVIA"

SCHEDULE = """\
# Faz o que vence e a cópia do dia também quando nenhuma janela está aberta.
# Com o systemd: grave as duas partes nestes arquivos e ligue com
#   systemctl --user enable --now atendimento-varrer.timer

# ~/.config/systemd/user/atendimento-varrer.service
[Unit]
Description=Atendimento: lembretes, prazos e cópia de segurança

[Service]
Type=oneshot
Nice=19
ExecStart={systemd}

# ~/.config/systemd/user/atendimento-varrer.timer
[Unit]
Description=Atendimento: a cada quinze minutos

[Timer]
OnCalendar=*:0/15
Persistent=true

[Install]
WantedBy=timers.target

# Ou, com o cron, esta linha em “crontab -e”:
# {cron}"""


def size(count: int | None) -> str:
    """The size of a file: `812 KB`, `1,4 MB`."""
    if count is None:
        return "—"
    for unit, factor in (("GB", 10**9), ("MB", 10**6)):
        if count >= factor:
            return f"{count / factor:.1f} {unit}".replace(".", ",")
    return f"{-(-count // 1000)} KB"


def age(seconds: float) -> str:
    """How long ago: `agora`, `há 5 min`, `há 3 h`, `há 2 dias`."""
    minutes = int(seconds) // 60
    if minutes < 1:
        return AGE_NOW
    if minutes < 60:
        return AGE_MINUTES.format(count=minutes)
    if minutes < 48 * 60:
        return AGE_HOURS.format(count=minutes // 60)
    return AGE_DAYS.format(count=minutes // (24 * 60))
