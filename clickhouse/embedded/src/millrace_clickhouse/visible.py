"""Texts of others, as they may stand in a line of a log, a terminal or a header."""


def visible(text: str, kept: str = "") -> str:
    """The text with escapes in place of control characters, all but those `kept`, and of bytes that are no text."""
    if text.isprintable():
        return text
    return "".join(one if one.isprintable() or one in kept else _escaped(one) for one in text)


def _escaped(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")
