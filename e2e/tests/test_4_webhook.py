"""dbt over HTTP."""

import json

from product import Product


def test_the_webhook_runs_dbt_and_tells_model_by_model(product: Product) -> None:
    status, body = product.answer("WEBHOOK_PORT", "/webhook/manual", b'{"pipeline": "ecommerce"}')
    assert status == 200, body
    models = {model["name"]: model["status"] for model in json.loads(body)["models"]}
    assert models["fact_sales"] == "success"
