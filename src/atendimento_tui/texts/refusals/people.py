"""Refusals about people and groups."""

SENTENCES = {
    "sem_pessoa": "Diga quem está agindo: escolha a pessoa na janela, ou use --como NOME.",
    "pessoa_desconhecida": "Não há ninguém chamado “{name}” neste atendimento. Pessoas: {known}.",
    "pessoa_repetida": "Há mais de uma pessoa chamada “{name}”: diga o login ({logins}).",
    "pessoa_sumiu": "Esta pessoa não está mais no cadastro. Nada foi alterado.",
    "papel_desconhecido": "“{typed}” não é um papel. Há: {roles}.",
    "login_de_outro": "O login “{login}” já é de {name}: escolha outro. O que você digitou continua aqui.",
    "login_de_quem_saiu": "O login “{login}” é de {name}, que saiu: reative o cadastro, ou escolha outro login.",
    "ultimo_supervisor": (
        "{name} é a única pessoa da supervisão: sem ela ninguém poderia desfazer isto. Dê antes esse papel a outra "
        "pessoa. Nada foi alterado."
    ),
    "desativar_a_si": "Este é o seu próprio cadastro: confirme que quer sair do atendimento. Nada foi alterado.",
    "cadastro_mudou": "{actor} alterou “{name}” enquanto você olhava. Confira e grave de novo; o que você digitou continua aqui.",
    "ausencia_invertida": "A ausência termina em {last}, antes de começar em {first}.",
    "ausencia_longa": "Uma ausência tem no máximo {most} dias. Para quem não volta, desative a pessoa.",
    "ausencia_repetida": "{name} já está ausente de {first} a {last}: retire essa ausência antes.",
    "ausencia_sem_motivo": "Diga o motivo da ausência: férias, licença, curso.",
    "ausencia_sem_dia": "Diga em que dia a ausência começa.",
    "ausencia_desconhecida": "{name} não tem ausência que comece em {first}.",
    "grupo_desconhecido": "Não há grupo chamado “{name}”.{nearest}",
    "grupo_sumiu": "Este grupo não está mais no cadastro. Nada foi alterado.",
    "grupo_ja_existe": "Já há um grupo “{group}”.",
    "grupo_saiu": "O grupo “{group}” existe e está desativado: reative-o.",
    "grupo_se_chamava": "“{name}” é o nome antigo do grupo “{group}”, pelo qual os serviços ainda o conhecem: escolha outro.",
    "grupo_de_servico": "O grupo “{group}” não pode ser desativado: serviços encaminham a ele ({services}).",
    "grupo_com_atendimentos": "O grupo “{group}” tem {count} atendimento(s) em aberto: diga antes a quem passam.",
    "grupo_sem_destino": "Diga a que grupo ou pessoa passam os atendimentos do grupo.",
    "membro_de_quem_saiu": "“{name}” não entra em “{group}”: um dos dois está desativado.",
    "repassar_a_si": "Escolha outra pessoa ou outro grupo: quem sai não recebe o que deixou.",
    "quem_recebe_saiu": "“{name}” não recebe mais atendimentos: está desativado. Escolha outra pessoa ou outro grupo.",
    "ja_nao_e_de": "{protocol} já não estava com quem saiu.",
    "nome_curto": "“{typed}” é curto demais para o nome de {which}: use ao menos {least} letras.",
    "nome_longo": "O nome de {which} tem {count} letras; cabem no máximo {most}.",
    "nome_vazio": "Diga um nome: {which} está em branco.",
}
"""Code of a refusal -> its sentence."""
