{# A value of type `real` as the decimal number that was written: 8.29, not the
   nearest binary fraction, whose last digit a conversion would cut off. #}
{% macro exact_decimal(column, digits) -%}
    toDecimal64(toString(round({{ column }}, {{ digits }})), {{ digits }})
{%- endmacro %}
