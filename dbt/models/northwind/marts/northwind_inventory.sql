with

products as (

    select * from {{ ref('stg_northwind_products') }}

),

categories as (

    select * from {{ ref('stg_northwind_categories') }}

),

suppliers as (

    select * from {{ ref('stg_northwind_suppliers') }}

),

joined as (

    select
        products.product_id as product_id,
        products.product_name as product_name,
        categories.category_name as category_name,
        suppliers.supplier_name as supplier_name,
        products.units_in_stock as units_in_stock,
        products.units_on_order as units_on_order,
        products.reorder_level as reorder_level,
        products.unit_price * products.units_in_stock as stock_value,
        multiIf(
            products.is_discontinued, 'discontinued',
            products.units_in_stock = 0, 'out of stock',
            products.units_in_stock + products.units_on_order
            <= products.reorder_level, 'to reorder',
            'in stock'
        ) as stock_state

    from products
    left join categories on products.category_id = categories.category_id
    left join suppliers on products.supplier_id = suppliers.supplier_id

)

select * from joined
