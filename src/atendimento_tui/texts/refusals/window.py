"""Refusals about the window as a whole."""

SENTENCES = {
    "defeito": (
        "Algo deu errado no programa; o que já estava gravado continua gravado. "
        "Os detalhes estão em {path}. Repita o que fazia ou avise quem cuida do sistema."
    ),
    "abrindo": "Um instante: o atendimento ainda está abrindo.",
}
"""Code of a refusal -> its sentence."""
