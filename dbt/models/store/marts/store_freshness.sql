{{ config(order_by='raw_table') }}

{{ freshness_of([
    source('raw_store', 'customers'),
    source('raw_store', 'products'),
    source('raw_store', 'orders'),
    source('raw_store', 'order_items'),
]) }}
