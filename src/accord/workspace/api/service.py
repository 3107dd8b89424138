"""All operations together, and how each failure is told."""

from __future__ import annotations

from importlib import import_module

from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from accord import __version__
from accord.base.errors import AccordError, InputError, Problem, RefusedError, StateError
from accord.workspace.api import reading
from accord.workspace.api.checking import TokenCheck

api = NinjaAPI(
    title="accord workspace",
    version="1",
    description=f"The partnership's workspace for programs. accord {__version__}.",
    docs_url=None,
    urls_namespace="api",
    auth=TokenCheck(),
)
for others in ("joint_reading", "writing"):  # their operations join the router that reads
    import_module(f"accord.workspace.api.{others}")
api.add_router("/{slug:partnership}", reading.router)

_STATUS = {InputError: 400, RefusedError: 422, StateError: 409}


@api.exception_handler(AccordError)
def foreseen(request: HttpRequest, failure: AccordError) -> HttpResponse:
    """Every foreseen failure, with what to do."""
    return _told(request, _STATUS.get(type(failure), 503), *failure.problems)


@api.exception_handler(ValidationError)
def wrong_input(request: HttpRequest, failure: ValidationError) -> HttpResponse:
    """What was sent is not as described; its values are not repeated."""
    problems = [
        Problem(
            f"{one['msg']}.",
            "See the description of this operation.",
            field=".".join(str(part) for part in one["loc"]),
        )
        for one in failure.errors
    ]
    return _told(request, 422, *problems)


@api.exception_handler(AuthenticationError)
def no_token(request: HttpRequest, _: AuthenticationError) -> HttpResponse:
    """No token, or one that opens nothing."""
    problem = Problem(
        "This token opens nothing: it is missing, wrong, expired or revoked.",
        "Make one on the page of tokens, and send it as “Authorization: Bearer …”.",
    )
    response = _told(request, 401, problem)
    response["WWW-Authenticate"] = "Bearer"
    return response


@api.exception_handler(HttpError)
def refused(request: HttpRequest, failure: HttpError) -> HttpResponse:
    """What the check before every operation refused."""
    remedy = "Wait a minute." if failure.status_code == 429 else "Look at the token's page."
    response = _told(request, failure.status_code, Problem(f"{failure.message}", remedy))
    if failure.status_code == 429:
        response["Retry-After"] = "60"
    return response


@api.exception_handler(Http404)
def nothing_there(request: HttpRequest, _: Http404) -> HttpResponse:
    """There is no such thing, or it is not theirs to see."""
    return _told(request, 404, Problem("There is no such thing that you may see.", "Check the id."))


@api.exception_handler(SuspiciousOperation)
def not_read(request: HttpRequest, _: SuspiciousOperation) -> HttpResponse:
    """A request that is too large or malformed."""
    return _told(request, 400, Problem("This request can't be read.", "Send less, or mend it."))


def _told(request: HttpRequest, status: int, *problems: Problem) -> HttpResponse:
    said = [{"what": one.what, "where": one.where, "remedy": one.remedy} for one in problems]
    return api.create_response(request, {"problems": said}, status=status)
