import io

import pytest
import zstandard

from millrace_clickhouse.stored import reader_jumps, stored


@pytest.mark.parametrize("sizes", [[], [0], [1], [128 << 10], [(128 << 10) + 1, 0, 7], [1 << 20, 3]])
def test_any_zstd_reader_gives_the_parts_back(sizes: list[int]) -> None:
    parts = [bytes(at % 251 for at in range(size)) for size in sizes]
    frame = b"".join(stored(iter(parts)))
    with zstandard.ZstdDecompressor().stream_reader(io.BytesIO(frame)) as reader:
        assert reader.read() == b"".join(parts)


def test_names_of_formats_have_no_case() -> None:
    assert reader_jumps("arrowSTREAM")
    assert not reader_jumps("Arrow")
