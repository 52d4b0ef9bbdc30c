{# Fails on rows for which `expression` is false or NULL. #}
{% test expression_is_true(model, expression) %}

select *
from {{ model }}
where not ifNull({{ expression }}, false)

{% endtest %}
