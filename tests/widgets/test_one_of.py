"""What typed letters choose in a choice between words."""

from textual import events

from atendimento_tui.widgets.one_of import OneOf

RESULT = ("devida", "indevida", "indevida em parte")
CHANNELS = ("balcão", "e-mail", "telefone", "e-mail do médico")


def typed(words: tuple[str, ...], *texts: str, value: str = "") -> str:
    """The word that is chosen after these texts, with a pause between them."""
    one_of, at = OneOf({word: word for word in words}, value), 100.0
    for text in texts:
        for letter in text:
            event = events.Key(letter, letter)
            event.time = at
            one_of.on_key(event)
            at += 0.9
        at += 0.2
    return one_of.value


def test_letters_without_a_pause_are_one_word_and_others_begin_a_new_one() -> None:
    cases = [
        (RESULT, ("indevida",), "indevida"),
        (RESULT, ("INDEVIDA",), "indevida"),
        (RESULT, ("indevida em parte",), "indevida em parte"),
        (tuple(reversed(RESULT)), ("indevida",), "indevida"),
        (RESULT, ("indevidamente",), "indevida"),
        (RESULT, ("ii",), "indevida em parte"),
        (RESULT, ("iii",), "indevida"),
        (RESULT, ("i", "i"), "indevida em parte"),
        (RESULT, ("i", "indevida"), "indevida"),
        (RESULT, ("in", "d"), "devida"),
        (CHANNELS, ("telefone",), "telefone"),
        (CHANNELS, ("e-mail",), "e-mail"),
        (CHANNELS, ("e-mail do me",), "e-mail do médico"),
        (CHANNELS, ("te", "e"), "e-mail do médico"),
        (CHANNELS, ("x",), ""),
        (("sim", "não"), ("sn",), "não"),
        (("sim", "não"), ("sin",), "sim"),
        (("sim", "não"), ("nao",), "não"),
    ]
    wrong = [(texts, got, want) for words, texts, want in cases if (got := typed(words, *texts)) != want]
    assert wrong == []
