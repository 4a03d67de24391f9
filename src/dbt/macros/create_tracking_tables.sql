{#
  Creates the tracking tables that models may name, for a project that is built before the first load. The loader, or
  postgres-loader init, extends them; the view etl_freshness is the loader's alone.
#}
{% macro create_tracking_tables(schema='raw') -%}
  {%- set quoted = postgres_loader.sql_name(schema) -%}
  {#- An operation of dbt does not commit by itself. -#}
  {%- set statements -%}
begin;
create schema if not exists {{ quoted }};
create table if not exists {{ quoted }}.etl_load_status (
  id            serial primary key,
  table_name    varchar(255) not null unique,
  last_loaded   timestamp,
  rows_loaded   bigint not null default 0,
  load_status   varchar(50) not null default 'pending',
  _loaded_at    timestamp not null default (now() at time zone 'UTC'),
  _created_at   timestamp not null default (now() at time zone 'UTC'),
  _updated_at   timestamp not null default (now() at time zone 'UTC')
);
create table if not exists {{ quoted }}.etl_table_metrics (
  id              serial primary key,
  pipeline_id     text not null,
  table_name      text not null,
  rows_processed  bigint not null default 0,
  processing_time double precision not null default 0,
  success         boolean not null,
  error           text,
  "timestamp"     timestamp not null default (now() at time zone 'UTC'),
  created_at      timestamp not null default (now() at time zone 'UTC')
);
create table if not exists {{ quoted }}.etl_deleted_row (
  id         bigserial primary key,
  table_name text not null,
  key        jsonb,
  deleted_at timestamptz not null,
  load_id    text not null
);
commit;
  {%- endset -%}
  {%- do run_query(statements) -%}
{%- endmacro %}

{# The name of this macro in older projects. #}
{% macro create_etl_tracking_tables(schema='raw') -%}
  {{ postgres_loader.create_tracking_tables(schema) }}
{%- endmacro %}
