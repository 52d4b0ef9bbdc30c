"""What the docs tell people to type, so that tests type it."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
BLOCK = re.compile(r"^ *```(\w+)\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)


def section(page: str, title: str) -> str:
    """A section of a page, which is named by its path in the checkout."""
    return re.split(r"^## ", (ROOT / page).read_text().partition(f"## {title}\n")[2], flags=re.MULTILINE)[0]


def block(page: str, title: str, language: str) -> str:
    """The first block in this language of a section, without its indentation."""
    text = next(text for kind, text in BLOCK.findall(section(page, title)) if kind == language)
    depth = len(text) - len(text.lstrip(" "))
    return "".join(line[depth:] for line in text.splitlines(keepends=True))
