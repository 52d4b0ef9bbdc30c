"""A task that has the order API make an order."""

import os
from collections.abc import Mapping
from typing import Any

import httpx
from airflow.sdk import BaseOperator
from airflow.sdk.exceptions import AirflowException, AirflowFailException

URL, TOKEN = "ORDER_API_URL", "ORDER_API_TOKEN"
PATIENCE = 20.0  # seconds


class Order(BaseOperator):
    """Asks for one order and shows it in the task's log; it is the task's XCom, too."""

    ui_color = "#dcfce7"

    def execute(self, context: Mapping[str, Any]) -> dict[str, Any]:
        """The order as the API answers it.

        Raises AirflowFailException when the address is not set, AirflowException for any other failure.
        """
        url, token = os.environ.get(URL), os.environ.get(TOKEN)
        if not url:
            raise AirflowFailException(f"{URL} must name the order API's address, but is not set.")
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        try:
            # Not trust_env: a proxy for the outside world must not see calls to our own services.
            with httpx.Client(base_url=url, timeout=PATIENCE, trust_env=False) as client:
                answer = client.post("/generate_order", headers=headers)
        except httpx.TransportError as error:
            raise AirflowException(f"The order API at {url} can't be reached: {error}. Is it running?") from None
        if answer.is_error:
            raise AirflowException(f"The order API answered {answer.status_code}: {refusal(answer)}")
        order: dict[str, Any] = answer.json()
        self.log.info("%s", order)
        return order


def refusal(answer: httpx.Response) -> str:
    """What the body of a problem says."""
    try:
        problem = answer.json()
        return f"{problem['detail']} {problem.get('hint', '')}".strip()
    except (ValueError, KeyError, TypeError):
        return answer.text[:200]
