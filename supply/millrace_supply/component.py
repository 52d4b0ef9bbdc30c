"""Something that others made and the product uses."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

# How a package address (purl) names what OSV calls an ecosystem.
ECOSYSTEMS = {"pypi": "PyPI", "maven": "Maven"}


@dataclass(frozen=True, order=True)
class Component:
    """kind: pypi, maven or docker; group: Java's, else ""; licenses: SPDX expressions or names, as the author says."""

    kind: str
    group: str
    name: str
    version: str
    licenses: tuple[str, ...] = ()
    sha256: str = ""

    @property
    def full_name(self) -> str:
        """As its registry and OSV name it."""
        return f"{self.group}:{self.name}" if self.group else self.name

    @property
    def purl(self) -> str:
        """The package address."""
        path = "/".join(quote(part, safe=".") for part in (self.group, *self.name.split("/")) if part)
        return f"pkg:{self.kind}/{path}@{quote(self.version, safe='.')}"

    def described(self) -> dict[str, Any]:
        """As CycloneDX has it."""
        kind = "container" if self.kind == "docker" else "library"
        found: dict[str, Any] = {"type": kind, "bom-ref": self.purl}
        if self.group:
            found["group"] = self.group
        found |= {"name": self.name, "version": self.version, "purl": self.purl}
        if self.sha256:
            found["hashes"] = [{"alg": "SHA-256", "content": self.sha256}]
        if self.licenses:
            found["licenses"] = [{"license": {"name": name}} for name in self.licenses]
        return found


def component(described: Mapping[str, Any]) -> Component:
    """What a CycloneDX document says of one."""
    kind = described["purl"].removeprefix("pkg:").partition("/")[0]
    licenses = tuple(name for each in described.get("licenses", ()) if (name := license_name(each)))
    hashes = {each["alg"]: each["content"] for each in described.get("hashes", ())}
    group, name, version = described.get("group", ""), described["name"], described["version"]
    return Component(kind, group, name, version, licenses, hashes.get("SHA-256", ""))


def license_name(described: Mapping[str, Any]) -> str:
    """An expression, an SPDX id or a name."""
    given = described.get("license", {})
    return described.get("expression") or given.get("id") or given.get("name") or ""
