"""Walks the whole chain from outside and says what holds and what does not; the same in both runtimes."""
