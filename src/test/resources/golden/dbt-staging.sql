-- stg_adjustment.sql
-- Written by: postgres-loader dbt --staging. Unless it is edited, --merge replaces it. f0f23ce7
{{ config(
    materialized='incremental',
    incremental_strategy='delete+insert',
    unique_key=['"AdjNum"'],
    on_schema_change='append_new_columns',
    post_hook="{{ postgres_loader.remove_deleted(this, source('raw', 'adjustment'), {'AdjNum': 'bigint'}, '_loaded_at') }}"
) }}

select
    "AdjNum",
    "AdjAmt",
    "AdjDate",
    "SecDateTEdit",
    "_loaded_at"
from {{ source('raw', 'adjustment') }}
where {{ postgres_loader.stamped_since(this, source('raw', 'adjustment'), '_loaded_at') }}

-- stg_fee_s__link_.sql
-- Written by: postgres-loader dbt --staging. Unless it is edited, --merge replaces it. fba24c44
{{ config(
    materialized='incremental',
    incremental_strategy='delete+insert',
    unique_key=['"A b"', '"B""c"'],
    on_schema_change='append_new_columns',
    post_hook="{{ postgres_loader.remove_deleted(this, source('raw', 'fee\\'s \"link\"'), {'A b': 'integer', 'B\"c': 'character varying(20)'}, '_loaded_at', marked=true) }}"
) }}

select
    "A b",
    "B""c",
    "_deleted_at",
    "_loaded_at"
from {{ source('raw', 'fee\'s "link"') }}
where {{ postgres_loader.stamped_since(this, source('raw', 'fee\'s "link"'), '_loaded_at') }}

-- stg_off.sql
-- Written by: postgres-loader dbt --staging. Unless it is edited, --merge replaces it. f1611807
{# The table has no key, so that no row can be found again: the model is a view. #}
{{ config(materialized='view') }}

select
    "yes"
from {{ source('raw', 'off') }}

-- stg_provider.sql
-- Written by: postgres-loader dbt --staging. Unless it is edited, --merge replaces it. da815e28
{# The table has no row stamps (loaded_at_column): the model is a view. #}
{{ config(materialized='view') }}

select
    "ProvNum",
    "_deleted_at"
from {{ source('raw', 'provider') }}
where "_deleted_at" is null
