"""What the server says when it can't answer: one shape for programs, one page for people."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response


class RequestError(Exception):
    """A request that is answered with an error; the texts are for the user."""

    def __init__(self, status: int, where: str, what: str, remedy: str, wait: int | None = None):
        super().__init__(what)
        self.status, self.where, self.what, self.remedy = status, where, what, remedy
        self.wait = wait
        """Seconds after which to try again."""


def busy(wait: int = 2) -> RequestError:
    """What is answered where there is no room."""
    return RequestError(
        503, "server", "too much is waiting already.", "Try again in a moment.", wait=wait
    )


def as_json(fault: RequestError) -> Response:
    """The one error shape of the API."""
    value = {"error": {"where": fault.where, "what": fault.what, "remedy": fault.remedy}}
    headers = {"Retry-After": str(fault.wait)} if fault.wait else None
    return JSONResponse(value, fault.status, headers=headers)


def is_api(request: Request) -> bool:
    """Whether an address is for programs."""
    return str(request.scope["path"]).startswith(("/api/", "/openapi", "/healthz"))


def wants_json(request: Request) -> bool:
    """Whether a program asked, or a page's script."""
    return request.headers.get("accept") == "application/json" or is_api(request)
