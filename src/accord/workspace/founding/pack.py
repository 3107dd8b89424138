"""The replication pack: what another pair of districts needs to found a partnership like this one.

Nothing in it belongs to the districts that it was made from; the charter says what to fill in.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml

from accord.base.documents import check_document, parse_yaml
from accord.base.words import day_words
from accord.charter.document import memorandum, write_word
from accord.charter.model import Charter
from accord.charter.replicating import blank_charter
from accord.charter.sign import SignedCharter
from accord.indicators.catalogue import Catalogue
from accord.indicators.definition import Definition
from accord.workspace.founding.conditions import Conditions, load_conditions

CHARTER_FILE = "charter.yaml"


def pack_bytes(charter: Charter, known: Catalogue, today: date) -> bytes:
    """The pack as a zip file."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in _files(charter, known, today):
            archive.writestr(name, content)
    return made.getvalue()


def _files(charter: Charter, known: Catalogue, today: date) -> Iterator[tuple[str, bytes]]:
    text = blank_charter(charter, today)
    value, source = parse_yaml(text.encode(), CHARTER_FILE)
    blank = check_document(value, source, Charter)
    used = [known.definition(entry.definition) for entry in blank.indicators]
    yield "README.md", _readme(used, today).encode()
    yield "conditions.md", _conditions(load_conditions()).encode()
    yield CHARTER_FILE, text.encode()
    yield "memorandum.docx", _word(SignedCharter(blank, source, None), known)
    for definition in used:
        yield f"definitions/{definition.reference}.yaml", _written(definition).encode()


def _word(blank: SignedCharter, known: Catalogue) -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "memorandum.docx"
        write_word(memorandum(blank, known), path)
        return path.read_bytes()


def _written(definition: Definition) -> str:
    plain = definition.written.model_dump(
        mode="json", by_alias=True, exclude_none=True, exclude_defaults=True
    )
    return str(yaml.safe_dump(plain, sort_keys=False, allow_unicode=True, width=96))


def _conditions(known: Conditions) -> str:
    lines = [
        "# Conditions for success",
        "",
        f"As of {day_words(known.dated)}. Each district answers by itself first: yes, not yet, or "
        "we don’t know, and why. Then lay the answers side by side and begin where they differ. "
        "There is no score.",
    ]
    for condition in known.conditions:
        source = known.source_of(condition)
        told = "" if condition.verified else "; told of it, not held against its wording"
        lines += [
            "",
            f"## {condition.asks}",
            "",
            condition.why,
            "",
            f"Source: {source.title}, {source.by}, {source.year}, {source.address}{told}",
        ]
    return "\n".join(lines) + "\n"


def _readme(used: list[Definition], today: date) -> str:
    listed = "\n".join(
        f"- {one.title}: {one.question} (`{one.reference}`, `{one.hash}`)" for one in used
    )
    return _README.format(day=day_words(today), listed=listed)


_README = """\
# Found a learning partnership

Made on {day} from a charter that is in force between other districts. Their names, keys, posts, \
plans, targets and figures are not in here.

| file | what it is |
|---|---|
| `conditions.md` | what should be in place first; each district answers by itself |
| `charter.yaml` | the charter to fill in: goals, strategies, strands, indicators, what may leave a \
district |
| `memorandum.docx` | the same as a document to talk about; it is printed anew once it is filled in |
| `definitions/` | what each indicator means, to read and to argue about; accord ships with the same |

## How to go on
You need accord on one computer; whoever gave you this can say where it is had.

1. **Look at what is public.** `accord start --public` sets what the state publishes about both \
districts side by side and writes an exploration letter for two superintendents to sign.
2. **Answer the conditions,** each district by itself, then side by side.
3. **Fill in the charter.** Open `charter.yaml` in any text editor. `accord charter check \
charter.yaml` lists every place that is left, with its line, until nothing is.
4. **Set targets** once you have seen your own figures. A charter is valid without any; it only \
follows its indicators then.
5. **Each district makes its key:** `accord keys new KEYFILE`, then `accord charter key \
charter.yaml --district CODE --key KEYFILE`.
6. **Let the boards read it:** `accord charter print charter.yaml` and `accord charter note \
charter.yaml`.
7. **Sign it:** `accord charter sign charter.yaml --key KEYFILE`, each district at its own place. \
It is in force when every party has signed the same wording.

## The indicators
{listed}
"""
