"""Settings: who wins, and every mistake named at once."""

from pathlib import Path

import pytest

from millrace_local.problem import BAD_CONFIGURATION, Problem
from millrace_local.settings import load_settings, read_env_file


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / ".env.example").write_text("# ports\nPOSTGRES_PORT=5432\nWEBHOOK_PORT=5001\nPOSTGRES_USER=shop\n")
    return tmp_path


def test_the_file_wins_over_defaults_and_the_environment_over_the_file(root: Path) -> None:
    (root / ".env").write_text("POSTGRES_PORT=6000\nPOSTGRES_USER='bob'\n")
    settings = load_settings(root, {"POSTGRES_PORT": "7000", "UNRELATED": "x"})
    assert settings == {"POSTGRES_PORT": "7000", "WEBHOOK_PORT": "5001", "POSTGRES_USER": "bob"}


def test_settings_of_further_pipelines_are_kept(root: Path) -> None:
    (root / ".env").write_text("SHOP_PASSWORD=a=b\n")
    assert load_settings(root, {})["SHOP_PASSWORD"] == "a=b"


def test_all_mistakes_are_named_at_once(root: Path) -> None:
    (root / ".env").write_text("POSTGRES_PROT=1\nnonsense\nWEBHOOK_PORT=http\n")
    with pytest.raises(Problem) as caught:
        load_settings(root, {})
    sentence = caught.value.sentence
    assert caught.value.exit_code == BAD_CONFIGURATION
    assert "POSTGRES_PROT; did you mean POSTGRES_PORT?" in sentence
    assert ".env:2" in sentence
    assert "WEBHOOK_PORT=http is not a port" in sentence


def test_a_port_given_twice_is_refused(root: Path) -> None:
    with pytest.raises(Problem, match="WEBHOOK_PORT and POSTGRES_PORT are both 5432"):
        load_settings(root, {"WEBHOOK_PORT": "5432"})


def test_the_line_of_a_mistake_never_shows_a_value(tmp_path: Path) -> None:
    path = tmp_path / ".env"
    path.write_text("MY KEY=secret\n")
    _, problems = read_env_file(path)
    assert problems == [".env:1: not KEY=VALUE: MY KEY"]


@pytest.mark.parametrize(
    ("text", "value"), [("a b", "a b"), ('"a # b"', "a # b"), ("a # b", "a"), ("#x", "#x"), ("", ""), ("'", "'")]
)
def test_quotes_and_comments(tmp_path: Path, text: str, value: str) -> None:
    path = tmp_path / ".env"
    path.write_text(f"KEY={text}\n")
    assert read_env_file(path)[0] == {"KEY": value}
