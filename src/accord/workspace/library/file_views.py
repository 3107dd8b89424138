"""Documents, and the files of tools: brought, checked, and read by those who may see them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from django import forms
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import content_disposition_header

from accord.base.errors import InputError
from accord.workspace.editing.form_page import FormPage, answer_form
from accord.workspace.editing.sharing import share
from accord.workspace.library.forms import DocumentForm, FileForm
from accord.workspace.library.kinds import FILE_KINDS
from accord.workspace.library.models import Document, Upload, VersionFile
from accord.workspace.library.uploads import Owner, keep, pieces_of
from accord.workspace.permissions.pages import Asked, page
from accord.workspace.permissions.rules import find
from accord.workspace.screening.forms import record_overlooked
from accord.workspace.strands.models import Version, Work
from accord.workspace.trail.writing import record


@page(see="library.write", do="library.write")
def new_document(request: Asked) -> HttpResponse:
    """Bring a document."""
    actor = request.actor
    form = DocumentForm(request.POST or None, request.FILES or None, actor=actor)
    if form.is_bound and form.is_valid() and (made := kept_of(request, form, _document(form))):
        record("brought a document", made, by=actor.name, chain=actor.partnership.pk,
               file=made.upload.hash)  # fmt: skip
        return redirect(_documents(actor.partnership.pk))
    back = _documents(actor.partnership.pk)
    return answer_form(request, form, FormPage("Bring a document", "Bring it", back, "Library"))


@page(see="library.see")
def document_file(request: Asked, pk: int) -> StreamingHttpResponse:
    """The file of a document."""
    return as_download(find(request.actor, "library.see", Document, pk).upload)


@page(do="library.share")
def share_document(request: Asked, pk: int) -> HttpResponse:
    """Let more people see a document."""
    found = find(request.actor, "library.share", Document, pk)
    back = _documents(found.partnership_id)
    return share(request, found, FormPage("Share a document", "Share", back, "Library"))


@page(see="work.write", do="work.write")
def bring_version(request: Asked, pk: int, part: int) -> HttpResponse:
    """Bring the file of a version. A version has one file: another one is another version."""
    work = find(request.actor, "work.write", Work, pk)
    version = _version(work, part)
    back = reverse("work", args=[work.partnership_id, work.pk])
    if VersionFile.objects.filter(version=version).exists():
        raise InputError.because(
            f"“{version}” has its file already.", "Add a version, and bring the file for that."
        )
    form = FileForm(request.POST or None, request.FILES or None)
    if form.is_bound and form.is_valid() and (made := kept_of(request, form, _file_of(version))):
        by, chain = request.actor.name, work.partnership_id
        record("brought a tool's file", made, by=by, chain=chain, file=made.upload.hash)
        record_overlooked(form, made, by=by, chain=chain)
        return redirect(back)
    return answer_form(request, form, FormPage(str(version), "Bring it", back, work.title))


@page(see="work.see")
def version_file(request: Asked, pk: int, part: int) -> StreamingHttpResponse:
    """The file of a version."""
    work = find(request.actor, "work.see", Work, pk)
    kept = VersionFile.objects.filter(version=_version(work, part)).first()
    if kept is None:
        raise Http404
    return as_download(kept.upload)


def _document(form: DocumentForm) -> Callable[[Upload], Document]:
    """How the document of a form is made of its file."""
    told = form.cleaned_data
    texts = {"title": told["title"], "about": told["about"]}
    return lambda upload: form.make(Document, texts | {"upload": upload})


def _file_of(version: Version) -> Callable[[Upload], VersionFile]:
    return lambda upload: VersionFile.objects.create(version=version, upload=upload)


def kept_of(request: Asked, form: forms.Form, of: Callable[[Upload], Owner]) -> Owner | None:
    """What is made of a form's file, checked and kept; nothing where it was refused, which the form
    says."""
    file = form.cleaned_data["file"]
    assert isinstance(file, TemporaryUploadedFile)
    try:
        return keep(
            Path(file.temporary_file_path()),
            str(file.name),
            partnership=request.actor.partnership,
            by=request.actor.writer(),
            of=of,
        )
    except InputError as error:
        for problem in error.problems:
            form.add_error("file", f"{problem.what} {problem.remedy}")
        return None


def as_download(upload: Upload) -> StreamingHttpResponse:
    """Always as a download: nothing that somebody brought is ever shown as a page."""
    response = StreamingHttpResponse(pieces_of(upload), content_type=FILE_KINDS[upload.kind].mime)
    response["Content-Length"] = str(upload.size)
    response["Content-Disposition"] = str(content_disposition_header(True, upload.name))
    return response


def _version(work: Work, part: int) -> Version:
    version = work.product_versions.filter(pk=part).first()
    if version is None:
        raise Http404
    return version


def _documents(partnership: str) -> str:
    return f"{reverse('library', args=[partnership])}#documents"
