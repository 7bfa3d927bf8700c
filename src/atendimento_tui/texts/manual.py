"""Texts of the manual page and of shell completion. The commands and options of the page are those of `command.py`."""

NAME = "atendimento"
BOOK = "Manual do atendimento"
SUMMARY = "estação de trabalho de atendimento e suporte, no terminal"
SECTION_NAME = "NOME"
SECTION_USAGE = "SINOPSE"
SECTION_DESCRIPTION = "DESCRIÇÃO"
SECTION_OPTIONS = "OPÇÕES"
SECTION_COMMANDS = "COMANDOS"
COMMAND_WORDS = "COMANDO ..."

DESCRIPTION = (
    "Registra atendimentos com protocolo, leva cada um pelas etapas do seu serviço, conta os prazos no expediente da unidade e "
    "mostra o que vence primeiro. Sem comando, abre a tela; os comandos fazem o mesmo sem tela.",
    "As opções abaixo valem para todos os comandos, antes ou depois do nome deles. O que serve a outros programas sai na saída "
    "padrão; as mensagens saem na saída de erros.",
)

LISTS = (
    (
        "AMBIENTE",
        (
            ("ATENDIMENTO_DATABASE_URL", "o banco em uso, se --banco não diz outro: arquivo ou URL"),
            ("XDG_DATA_HOME, XDG_CONFIG_HOME, XDG_STATE_HOME", "as pastas dos dados, da configuração e do registro"),
            ("TERM, NO_COLOR", "o terminal, e se a tela não usa cores"),
        ),
    ),
    (
        "ARQUIVOS",
        (
            ("~/.local/share/atendimento/atendimento.db", "o banco, se nenhum outro é dito"),
            ("~/.config/atendimento/config.toml", "a configuração: teclas e pasta das cópias"),
            ("~/.local/state/atendimento/log/atendimento.log", "o registro do programa, sem dados pessoais"),
        ),
    ),
    (
        "CÓDIGOS DE SAÍDA",
        (
            ("0", "feito"),
            ("1", "recusado; a mensagem diz por quê, e nada se perdeu"),
            ("2", "uso incorreto, ou não há terminal para a tela"),
            ("130", "interrompido"),
        ),
    ),
    (
        "EXEMPLOS",
        (
            ("atendimento demo", "experimenta o programa, com dados inventados"),
            ("atendimento fila --json", "a fila, para outro programa"),
            ("atendimento explicar PROTOCOLO", "por que o atendimento vence quando vence"),
            ("atendimento completar bash --instalar", "faz a tecla Tab completar comandos e opções"),
        ),
    ),
)
"""The lists at the end of the page: title, and rows of term and explanation."""
