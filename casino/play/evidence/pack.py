"""Filling a pack: documents, raw bytes, the sealed rows with their seals, and the page that explains them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Final

from django.template.loader import render_to_string

from casino.calls.models import ProviderCall
from casino.play.evidence import standalone_evidence_verifier
from casino.play.evidence.archive import Archive, json_bytes
from casino.play.evidence.documents import (
    Document,
    call_document,
    leg_document,
    page_context,
    round_document,
    step_document,
)
from casino.play.selectors.investigation import Investigation
from casino.play.selectors.round_steps import round_steps
from wallet.sealing import standalone_verifier
from wallet.sealing.canonical import Json
from wallet.sealing.keys import SealKey
from wallet.selectors.proof import SealProof, block_lines

SEAL_FORMAT: Final = "casino seal export v1"


@dataclass(frozen=True, slots=True)
class Keys:
    """The key that signs the manifest, when the house has one here, and every public key it has sealed with."""

    signing: SealKey | None
    public: Mapping[str, bytes]


def pack_write(target: IO[bytes], found: Investigation, proof: SealProof, keys: Keys) -> str:
    """Write the whole pack of a round; returns the manifest's SHA-256. Needs a transaction: blocks are streamed."""
    archive = Archive(target)
    steps = [step_document(step) for step in round_steps(found)]
    archive.add("round.json", json_bytes(round_document(found)))
    archive.add("steps.json", json_bytes(list(steps)))
    archive.add("legs.json", json_bytes([leg_document(story.leg) for story in found.stories]))
    calls = _calls(archive, found)
    archive.add("calls.json", json_bytes(list(calls)))
    _answers(archive, proof)
    _proof(archive, proof, keys)
    told = _proof_told(proof)
    page = render_to_string("play/evidence.html", page_context(found, steps, calls, told))
    archive.add("index.html", page.encode())
    for script in (standalone_evidence_verifier(), standalone_verifier()):
        archive.add(Path(script).name, Path(script).read_bytes())
    about: dict[str, Json] = {
        "round": {
            "provider": found.round.provider.code,
            "reference": found.round.reference,
            "player": found.round.player.public_id,
        },
        "left_out": [*found.cut, *proof.left_out],
    }
    return archive.finish(about, keys.signing)


def _calls(archive: Archive, found: Investigation) -> list[Document]:
    logged = [*([found.exchange] if found.exchange is not None else []), *found.calls]
    return [_call(archive, number, call) for number, call in enumerate(logged, start=1)]


def _call(archive: Archive, number: int, call: ProviderCall) -> Document:
    files = {"request": f"calls/{number:04d}-request.txt", "answer": f"calls/{number:04d}-answer.txt"}
    archive.add(files["request"], bytes(call.body))
    archive.add(files["answer"], bytes(call.answer))
    return call_document(call, files)


def _answers(archive: Archive, proof: SealProof) -> None:
    """Recorded answers and transactions exactly as they are sealed, and the answers' bytes beside them."""
    by_kind: dict[str, list[Any]] = {"answer": [], "transaction": []}
    for row in proof.rows:
        by_kind[row.kind].append(row.fields())
    for number, answer in enumerate(by_kind["answer"], start=1):
        path = f"answers/{number:04d}.txt"
        archive.add(path, bytes.fromhex(answer["body"] or ""))
        answer["body_file"] = path
    archive.add("answers.json", json_bytes(by_kind["answer"]))
    archive.add("transactions.json", json_bytes(by_kind["transaction"]))


def _proof(archive: Archive, proof: SealProof, keys: Keys) -> None:
    archive.add("proof/rows.jsonl", b"".join(row.line + b"\n" for row in proof.rows))
    archive.add("proof/seals.json", json_bytes({"format": SEAL_FORMAT, "seals": list(proof.seals)}))
    for seal in proof.blocks:
        archive.add(f"proof/blocks/{seal.number:09d}.jsonl", _with_newlines(block_lines(seal)))
    public = "".join(f"{key.hex()}\n" for key in keys.public.values())
    archive.add("proof/public-keys.txt", public.encode())


def _with_newlines(lines: Iterator[bytes]) -> Iterator[bytes]:
    for line in lines:
        yield line
        yield b"\n"


def _proof_told(proof: SealProof) -> Document:
    waiting: Sequence[object] = [row for row in proof.rows if row.order not in proof.covered]
    return {
        "rows": len(proof.rows),
        "waiting": len(waiting),
        "seals": list[Json](sorted(set(proof.covered.values()))),
        "blocks": [seal.number for seal in proof.blocks],
        "left_out": list(proof.left_out),
    }
