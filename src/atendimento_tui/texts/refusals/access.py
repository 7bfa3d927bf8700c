"""Refusals of what a role forbids."""

SENTENCES = {
    "papel_nao_pode": "O papel {role} não pode {permission}. Quem pode: {roles}. Nada foi alterado.",
    "papel_so_do_grupo": (
        "O papel {role} só pode {permission} que são seus ou dos seus grupos, e o {protocol} não é. "
        "Peça a quem o tem que o encaminhe ao seu grupo. Nada foi alterado."
    ),
    "outra_pessoa": "Esta janela agora é de outra pessoa. Repita, se ainda quiser. Nada foi alterado.",
    "grupo_so_membros": "O grupo “{name}” é de um serviço sigiloso: só quem é dele muda quem faz parte. Nada foi alterado.",
    "acesso_de_membro": (
        "{name} é do grupo sigiloso {groups}: só quem é do grupo, ou a administração, muda o login ou dá uma senha. "
        "A administração pode; o grupo é avisado. Nada foi alterado."
    ),
    "servico_sigiloso": "Só quem é do grupo deste serviço abre um atendimento nele. Nada foi alterado.",
    "sigilo_so_membros": (
        "O atendimento {protocol} é sigiloso: só fica com o grupo dele ou com quem é do grupo. Nada foi alterado."
    ),
    "sigilo_continua": (
        "O serviço “{key}” é sigiloso, do grupo “{group}”, e continua assim em todas as versões. "
        'Escreva sigilo = "{group}" no arquivo. Nada foi alterado.'
    ),
    "sem_acesso": "Você não atende nesta mesa. Peça à supervisão que confira o seu acesso. Nada foi alterado.",
}
"""Code of a refusal -> its sentence."""
