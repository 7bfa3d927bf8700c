"""How long attendances take."""

PROCESS_TIME = "Levou"
BESIDE = "{taken} (costuma levar {usual})"
HEADER = ("serviço", "canal", "mediana", "atendimentos", "tempo típico")
NO_CHANNEL = "sem canal"
