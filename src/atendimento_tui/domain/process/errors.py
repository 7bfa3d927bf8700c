"""The error of a process file."""


class ProcessError(ValueError):
    """A process that is not valid.

    Attributes:
        place: The place in the file, such as `etapas.n2.acoes.encaminhar.faz.ir`; empty for the whole file.
        code: The kind of error; `texts.refusals` has its sentence.
        values: The values of the sentence, such as the nearest known word.
    """

    def __init__(self, place: str, code: str, **values: object) -> None:
        super().__init__(place, code, values)
        self.place = place
        self.code = code
        self.values = values
