"""Names in Markdown, as they are."""

import re


def code(name: str) -> str:
    """In the font of code, also in a row of a table."""
    shown = visible(name).replace("|", "\\|")
    fence = "`" * (1 + max(map(len, re.findall("`+", shown)), default=0))
    space = " " if len(fence) > 1 or shown != shown.strip() else ""
    return f"{fence}{space}{shown}{space}{fence}"


def visible(name: str) -> str:
    """With escapes in the place of characters that can't be seen."""
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in name)
