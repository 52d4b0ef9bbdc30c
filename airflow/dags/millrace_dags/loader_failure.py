"""What a loader that failed means for its task."""

from airflow.sdk.exceptions import AirflowException, AirflowFailException

from millrace_dags.closing_words import ClosingWords

BAD_CONFIGURATION = 2  # the loader's exit code
# Codes of failures after which trying again would not help either; a full refresh, which mends some, is for people to
# decide.
PERMANENT = (
    "value-refused",
    "snapshot-lost",
    "source-emptied",
    "source-replaced",
    "target-changed",
    "shape-changed",
)
# What to do about a failure in Airflow, of which the loader knows nothing.
IN_AIRFLOW = {"snapshot-lost": "Clear hold_snapshot together with all load tasks."}


def loader_failure(words: ClosingWords, exit_code: int) -> AirflowException:
    """The task's error: AirflowFailException when there is to be no other try."""
    is_final = exit_code == BAD_CONFIGURATION or words.code() in PERMANENT
    text = " ".join(filter(None, (words.text(), IN_AIRFLOW.get(words.code()))))
    return (AirflowFailException if is_final else AirflowException)(text)
