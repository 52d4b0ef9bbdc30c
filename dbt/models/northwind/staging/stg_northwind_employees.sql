with

source as (

    select * from {{ source('raw_northwind', 'employees') }}

),

renamed as (

    select
        employee_id,
        concat(first_name, ' ', last_name) as employee_name,
        title,
        reports_to as manager_id

    from source

)

select * from renamed
