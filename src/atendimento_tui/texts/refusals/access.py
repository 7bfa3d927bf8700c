"""Refusals of what a role forbids."""

SENTENCES = {
    "papel_nao_pode": "O papel {role} não pode {permission}. Quem pode: {roles}. Nada foi alterado.",
    "papel_so_do_grupo": (
        "O papel {role} só pode {permission} que são seus ou dos seus grupos, e o {protocol} não é. "
        "Peça a quem o tem que o encaminhe ao seu grupo. Nada foi alterado."
    ),
    "outra_pessoa": "Esta janela agora é de outra pessoa. Repita, se ainda quiser. Nada foi alterado.",
    "sem_acesso": "Você não atende nesta mesa. Peça à supervisão que confira o seu acesso. Nada foi alterado.",
}
"""Code of a refusal -> its sentence."""
