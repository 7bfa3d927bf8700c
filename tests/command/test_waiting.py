"""Commands of the waiting list: who waits, what was offered, what is answered."""

import json
from pathlib import Path
from typing import Any

from tests.command.conftest import Call
from tests.command.test_agenda import BORN, agenda, book, booked, on, slots, supplied

__all__ = ["agenda", "on", "supplied"]


def listed(agenda: Call) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(agenda("agenda", "espera", "listar", "--json").out)
    return found


def waits(agenda: Call, folder: Path, name: str, cpf: str, *more: str) -> str:
    """Somebody who waits; the protocol."""
    file, file_map = folder / "outra.csv", folder / "outro.toml"
    file.write_text(f"nome;cpf;nascimento\n{name};{cpf};{BORN}\n", "utf-8")
    file_map.write_text('[colunas]\nnome = "nome"\ncpf = "cpf"\nnascimento = "nascimento"\n', "utf-8")
    assert agenda("importar", "beneficiarios", str(file), "--mapa", str(file_map)).code == 0
    about = ("--beneficiario", cpf, "--nascimento", BORN, "--campo", "motivo=Dor", "--especialidade", "Cardiologia")
    result = agenda("agenda", "espera", "incluir", *about, "--json", *more)
    assert result.code == 0, result.err
    found: dict[str, str] = json.loads(result.out)
    return found["protocolo"]


def test_who_waits_is_offered_refuses_and_accepts(agenda: Call, tmp_path: Path) -> None:
    assert agenda("agenda", "espera", "listar").err == "Ninguém espera por vaga.\n"
    slot = slots(agenda, "--especialidade", "cardio")[0]["codigo"]
    taken = booked(book(agenda, slot, "--json"))["protocolo"]
    rui = waits(agenda, tmp_path, "Rui [b]Reis", "111.444.777-35", "--cidade", "santos", "--ate", "31/12/2030")
    lia = waits(agenda, tmp_path, "Lia Prado", "987.654.321-00")
    again = agenda("agenda", "espera", "incluir", lia, "--profissional", "bia")
    assert again.err == "Na lista de espera: Cardiologia · Bia Rocha · qualquer cidade · qualquer dia.\n"
    assert agenda("agenda", "cancelar", taken, "--motivo", "Viajou").code == 0
    first, second = listed(agenda)
    assert (first["nome"], first["cidade"], first["ate"], first["oferta"]["codigo"]) == (
        "Rui [b]Reis",
        "Santos",
        "2030-12-31",
        slot,
    )
    assert second["oferta"] is None
    lines = agenda("agenda", "espera", "listar").out.splitlines()
    assert lines[0].startswith("1º  ")
    assert lines[1].startswith("    oferecida: Cardiologia com Bia Rocha, ")
    assert agenda("agenda", "espera", "aceitar", lia, "--campo", "aviso=lida").code != 0
    assert agenda("agenda", "espera", "recusar", rui, "--motivo", "Trabalha", "--sair").code == 0
    done = agenda("agenda", "espera", "aceitar", lia, "--campo", "aviso=lida", "--json")
    assert booked(done)["canal"] == "lista de espera"
    assert listed(agenda) == []
    assert agenda("agenda", "espera", "sair", lia).code != 0
    assert agenda("agenda", "espera", "oferecer").err == "Vagas oferecidas a quem espera: 0.\n"


def test_a_free_slot_is_offered_by_its_code(agenda: Call, tmp_path: Path) -> None:
    slot = slots(agenda, "--especialidade", "cardio")[0]["codigo"]
    assert agenda("agenda", "espera", "oferecer", slot).err == "Ninguém que espera pode ficar com essa vaga.\n"
    rui = waits(agenda, tmp_path, "Rui Reis", "111.444.777-35")
    assert json.loads(agenda("agenda", "espera", "oferecer", slot, "--json").out) == {"ofertas": 1}
    assert listed(agenda)[0]["oferta"]["codigo"] == slot
    assert agenda("agenda", "espera", "sair", rui).err == "Saiu da lista de espera.\n"
    assert slots(agenda, "--especialidade", "cardio")[0]["codigo"] == slot
    assert "“vaga”" in agenda("agenda", "espera", "oferecer", "vaga").err
