{# Fails on values below `minimum` or above `maximum` (both inclusive, SQL
   expressions, either may be left out). NULL is left to `not_null`. #}
{% test accepted_range(model, column_name, minimum=none, maximum=none) %}

select {{ column_name }}
from {{ model }}
where
    false
    {% if minimum is not none %}or {{ column_name }} < {{ minimum }}{% endif %}
    {% if maximum is not none %}or {{ column_name }} > {{ maximum }}{% endif %}

{% endtest %}
