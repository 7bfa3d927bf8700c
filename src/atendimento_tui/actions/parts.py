"""The actions of parts that several places have: a list, a dialog. The settings file cannot change their keys."""

from atendimento_tui.actions.action import Action

LIST, DIALOG = "lista", "dialogo"
"""The names of the parts, where places have theirs."""

ACTIONS = (
    # A list. The rows are pairs of opposite directions, because the help shows them in pairs.
    *(
        Action(f"lista.{name}", title, title, keys=keys, where=(LIST,), calls=calls, args=args, fixed=True)
        for name, title, keys, calls, args in (
            ("acima", "linha acima", ("up", "k"), "move", (-1,)),
            ("abaixo", "linha abaixo", ("down", "j"), "move", (1,)),
            ("pagina_acima", "página acima", ("pageup",), "page", (-1,)),
            ("pagina_abaixo", "página abaixo", ("pagedown",), "page", (1,)),
            ("primeira", "primeira linha", ("home",), "first", ()),
            ("ultima", "última linha", ("end", "G"), "last", ()),
            ("abrir", "abre a linha", ("enter",), "select", ()),
        )
    ),
    # Dialogs.
    *(
        Action(f"{name}", title, title, keys=keys, where=(DIALOG,), calls=calls, fixed=True, priority=priority)
        for name, title, keys, calls, priority in (
            ("dialogo.ajuda", "mostra como se preenche", ("f1",), "help", False),
            ("dialogo.gravar", "grava", ("ctrl+s",), "save", True),
            ("dialogo.voltar", "volta; o que foi digitado fica guardado", ("escape",), "back", False),
            ("acao.confirmar", "confirma uma ação que não pede nada", ("enter",), "save", False),
            ("letras.voltar", "volta sem escolher", ("escape",), "dismiss", False),
            ("escolha.voltar", "volta sem escolher", ("escape",), "back", False),
            ("escolha.ajuda", "mostra as teclas da lista", ("f1",), "help", False),
            ("diagnostico.salvar", "salva o diagnóstico em um arquivo", ("s",), "save", False),
            ("diagnostico.copiar", "copia o diagnóstico", ("c",), "copy", False),
            ("link.entregue", "registra que foi entregue", ("enter",), "given", False),
            ("link.copiar", "copia o link", ("c",), "copy", False),
            ("link.voltar", "volta sem registrar", ("escape",), "back", False),
            ("leitura.voltar", "fecha o que se lê", ("escape", "q"), "dismiss", False),
            ("entrada.entrar", "confirma a senha", ("ctrl+s",), "enter", True),
            ("entrada.voltar", "volta; na entrada, sai do programa", ("escape",), "back", False),
            ("primeira.criar", "cria o banco, na primeira vez", ("ctrl+s",), "make", True),
            ("primeira.sair", "sai sem criar nada, na primeira vez", ("escape",), "leave", False),
        )
    ),
)
