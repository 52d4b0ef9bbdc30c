"""Settings: who wins, and every mistake named at once."""

from pathlib import Path

import pytest

from millrace_local.problem import BAD_CONFIGURATION, Problem
from millrace_local.settings import load_settings


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


def test_a_second_server_is_no_misspelling_and_may_have_the_same_port(root: Path) -> None:
    """Two sources may well listen on 5432 of two machines."""
    (root / "pipelines").mkdir()
    (root / "pipelines/shop.yml").write_text("pipeline: shop\nsource: {env: POSTGRES2, schema: public}\n")
    (root / ".env").write_text("POSTGRES2_PORT=5432\nPOSTGRES2_USER=bob\nSHOP_PORT=5432\n")
    assert load_settings(root, {})["POSTGRES2_PORT"] == "5432"
    (root / "pipelines/shop.yml").unlink()
    with pytest.raises(Problem, match="did you mean POSTGRES_USER"):
        load_settings(root, {})


@pytest.mark.parametrize(("password", "words"), [("", "is empty"), ("a\nb", "control character")])
def test_a_password_is_something_that_can_be_typed(root: Path, password: str, words: str) -> None:
    (root / ".env.example").write_text("POSTGRES_PASSWORD=x\n")
    (root / ".env").write_text("POSTGRES_PASSWORD=\n")
    with pytest.raises(Problem, match=words):
        load_settings(root, {"POSTGRES_PASSWORD": password})
