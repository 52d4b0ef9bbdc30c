"""NOTICE: whose work the product is made of."""

from collections.abc import Iterator, Mapping, Sequence

from millrace_supply.component import Component

HEAD = """Millrace
Copyright the Millrace authors. Licensed under the Apache License, Version 2.0: see LICENSE.

Millrace installs, or its images contain, the work of others that is listed here, part by part, with the licenses that
its authors named. The text of each comes with it: in the .dist-info folder of a Python package, in META-INF of a Java
library, in /usr/share/doc of an image. Made by supply/run.sh bom.
"""
UNKNOWN = "license: see its own files"


def notice(parts: Mapping[str, Sequence[Component]]) -> str:
    """The whole text."""
    return "\n".join([HEAD, *(line for name in sorted(parts) for line in section(name, parts[name]))])


def section(part: str, components: Sequence[Component]) -> Iterator[str]:
    """A line a component."""
    yield f"{part}\n"
    for each in components:
        yield f"  {each.full_name} {each.version}: {', '.join(each.licenses) or UNKNOWN}"
    yield ""
