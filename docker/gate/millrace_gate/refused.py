"""A request that the gate does not let through."""


class Refused(Exception):
    """Its text completes the sentence "not let through: …"."""
