"""`accord charter`: begin, check, sign, compare and print the memorandum of understanding."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from accord.base.canonical import short_hash
from accord.base.errors import InputError
from accord.base.files import machine_errors, whole_file
from accord.base.signing import load_private_key, public_text
from accord.charter.checks import check_charter
from accord.charter.diff import diff_charters
from accord.charter.document import memorandum, note, write_pdf, write_web, write_word
from accord.charter.drafts import EXAMPLES, example, fill_keys
from accord.charter.read import read_charter
from accord.charter.sign import SignedCharter, read_signed, sign_charter
from accord.cli.console import JsonOption, home_relative, print_json, say, show_table
from accord.indicators.catalogue import load_catalogue
from accord.reports.fonts import FONTS

app = typer.Typer(
    no_args_is_help=True,
    help="""Begin, check, sign, compare and print a charter: the partnership's memorandum of
    understanding as data. It is in force when every party has signed the same wording.""",
)

CharterFile = Annotated[Path, typer.Argument(metavar="CHARTER", help="The charter, a YAML file.")]


@app.command("draft", no_args_is_help=True)
def draft(
    name: Annotated[str, typer.Argument(help=f"One of {', '.join(EXAMPLES)}.")],
    to: Annotated[Path, typer.Argument(metavar="CHARTER", help="Where to write it.")],
) -> None:
    """Write a worked example to begin from, every key still pending."""
    if name not in EXAMPLES:
        raise InputError.because(
            "There is no example of this name.", f"Use one of {', '.join(EXAMPLES)}.", field="name"
        )
    if to.exists():
        raise InputError.because(
            "There is a file here already.", "Choose another name; nothing was changed.", file=to
        )
    with whole_file(to) as path:
        path.write_text(example(name), encoding="utf-8")
    say(f"Written: {home_relative(to)}")
    say("Next: accord keys new KEYFILE, then accord charter key")


@app.command("key", no_args_is_help=True)
def key(
    path: CharterFile,
    district: Annotated[str, typer.Option(help="The id of the party whose key it is.")],
    key: Annotated[
        str, typer.Option(help="Its private key's file, or its public key as text (ed25519:…).")
    ],
) -> None:
    """Put a party's public key in the place of “pending”. Comments and order stay."""
    public = key if key.startswith("ed25519:") else public_text(load_private_key(Path(key)))
    with machine_errors(path):
        text = path.read_bytes()
    filled = fill_keys(_decoded(text, path), {district: public}, str(path))
    with whole_file(path) as place:
        place.write_text(filled, encoding="utf-8")
    say(f"{district} has the key {public}")


@app.command("check", no_args_is_help=True)
def check(path: CharterFile, json: JsonOption = False) -> None:
    """Check that a charter's parts fit one another and the catalogue; say who has signed."""
    signed = read_signed(path)
    check_charter(signed.charter, signed.source, load_catalogue())
    _show(signed, json, "every part fits")


@app.command("sign", no_args_is_help=True)
def sign(
    path: CharterFile,
    key: Annotated[Path, typer.Option(help="Your district's private key.")],
    previous: Annotated[
        Path | None, typer.Option(help="The charter that this one amends, if it amends one.")
    ] = None,
    json: JsonOption = False,
) -> None:
    """Put your district's signature beside the charter.

    What is signed is the meaning, not the spelling: a comment may change later, a word may not.

    Example: accord charter sign charter.yaml --key keys/cedar-valley.pem
    """
    amended = read_signed(previous) if previous is not None else None
    signed = sign_charter(path, load_private_key(key), load_catalogue(), amended)
    _show(signed, json, signed.state)


@app.command("diff", no_args_is_help=True)
def diff(
    old: Annotated[Path, typer.Argument(help="The charter as it was.")],
    new: Annotated[Path, typer.Argument(help="The charter as it is to be.")],
    json: JsonOption = False,
) -> None:
    """List every change of meaning between two charters, in plain words."""
    changes = diff_charters(read_charter(old)[0], read_charter(new)[0])
    if json:
        print_json([change.sentence for change in changes])
        return
    for change in changes:
        say(change.sentence)
    say(f"{len(changes)} changes of meaning." if changes else "They mean the same.")


@app.command("print", no_args_is_help=True)
def print_(
    path: CharterFile,
    to: Annotated[
        Path | None, typer.Option(help="A .pdf or .docx file; both beside the charter if left out.")
    ] = None,
) -> None:
    """Print the charter as a memorandum that a board can adopt: PDF and Word."""
    signed = read_signed(path)
    catalogue = load_catalogue()
    check_charter(signed.charter, signed.source, catalogue)
    document = memorandum(signed, catalogue)
    targets = [to] if to is not None else [path.with_suffix(".pdf"), path.with_suffix(".docx")]
    for target in targets:
        if target.suffix == ".pdf":
            write_pdf(document, target, fonts=FONTS)
        elif target.suffix == ".docx":
            write_word(document, target)
        else:
            raise InputError.because(
                "A memorandum is printed as .pdf or .docx.", "Choose one of the two.", file=target
            )
        say(f"Written: {home_relative(target)}")


@app.command("note", no_args_is_help=True)
def note_(
    path: CharterFile,
    to: Annotated[
        Path | None,
        typer.Option(help="A .pdf, .html or .docx file; .pdf and .html beside it if left out."),
    ] = None,
) -> None:
    """Write the one-page note for parents and boards: what leaves a district, what never does.

    Example: accord charter note charter.yaml --to note.pdf
    """
    signed = read_signed(path)
    catalogue = load_catalogue()
    check_charter(signed.charter, signed.source, catalogue)
    document = note(signed, catalogue)
    beside = path.with_name(f"{path.stem}-note")
    for target in [to] if to else [beside.with_suffix(".pdf"), beside.with_suffix(".html")]:
        match target.suffix:
            case ".pdf":
                write_pdf(document, target, fonts=FONTS)
            case ".html":
                write_web(document, target)
            case ".docx":
                write_word(document, target)
            case _:
                raise InputError.because(
                    "A note is written as .pdf, .html or .docx.",
                    "Choose one of the three.",
                    file=target,
                )
        say(f"Written: {home_relative(target)}")


def _show(signed: SignedCharter, as_json: bool, done: str) -> None:
    charter = signed.charter
    if as_json:
        print_json(
            {
                "charter": charter.hash,
                "partnership": charter.partnership.id,
                "in_force": signed.in_force,
                "signed": [party.id for party in signed.signed_parties],
                "missing": [party.id for party in signed.missing_parties],
            }
        )
        return
    show_table(
        f"{charter.partnership.name} · {done}",
        ["", ""],
        [
            ("charter", short_hash(charter.hash)),
            ("parties", ", ".join(party.name for party in charter.parties)),
            ("indicators", len(charter.indicators)),
            ("targets", len(charter.targets)),
            ("signatures", signed.state),
        ],
    )


def _decoded(text: bytes, path: Path) -> str:
    try:
        return text.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError.because(
            "The file is not UTF-8 text.", "Save it as UTF-8.", file=path
        ) from None
