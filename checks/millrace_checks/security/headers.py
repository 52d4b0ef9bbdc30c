"""What a page's headers tell a browser."""

from millrace_checks.finding import Finding
from millrace_checks.security.asking import ask
from millrace_checks.security.door import door


def framed(name: str, port: str, path: str) -> Finding:
    """Holds when the page may not be put into one of another site, nor taken for what it is not."""
    headers = ask(port, "GET", path).headers
    alone = "frame-ancestors" in headers.get("content-security-policy", "") or "x-frame-options" in headers
    exact = headers.get("x-content-type-options") == "nosniff"
    lacks = [what for what, there in (("a frame policy", alone), ("nosniff", exact)) if not there]
    words = f"lacks {' and '.join(lacks)}" if lacks else "no foreign frames, no guessing of types"
    return door(f"{name}, headers of {path}", not lacks, words, "Update Millrace: pages of other sites may show it")


def readable_elsewhere(name: str, port: str, path: str) -> Finding:
    """Holds when a page of another site may not read the answer."""
    answer = ask(port, "GET", path, {"Origin": "https://elsewhere.example"})
    allowed = answer.headers.get("access-control-allow-origin")
    words = f"allowed: {allowed}" if allowed else "may not read the answer"
    return door(f"{name}, a page of another site", allowed is None, words, "Allow fewer origins in its settings")
