"""Archives that are unpacked."""

import tarfile


def keep_inside(archive: tarfile.TarFile) -> None:
    """Has an archive refuse members that would land outside of the folder it is unpacked into."""
    # Python before 3.11.4 (Debian 12's) knows no filters and ignores this.
    archive.extraction_filter = getattr(tarfile, "tar_filter", None)
