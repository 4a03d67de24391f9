"""Airflow DAGs for PostgresLoader and dbt. Copy this file into Airflow's folder of DAGs and keep what fits.

nightly      Airflow runs the loader: load, compare, wait until it is complete, dbt build.
after_round  A loader runs all the time (`run`): wait by HTTP until the tables are loaded, then publish the asset.
on_asset     dbt build whenever the asset was updated, by after_round or by the route asset-event.

Written for Airflow 3 with the providers docker and http. All settings are environment variables of the workers:

POSTGRES_LOADER_IMAGE    the loader's image (default: postgres-loader)
POSTGRES_LOADER_CONFIG   directory with tables.yml and application.properties, on the Docker host
POSTGRES_LOADER_SECRETS  directory with the files source_password and target_password, on the Docker host
POSTGRES_LOADER_NETWORK  Docker network in which both databases answer (default: bridge)
SOURCE_URL, SOURCE_USER, TARGET_URL, TARGET_USER  as for the loader
DBT_IMAGE                an image with dbt-postgres and your project
The connection `postgres_loader` (HTTP) is the management port of a running loader, such as http://loader:9876.
"""

from __future__ import annotations

import os
from datetime import datetime, timedelta, timezone

from airflow.providers.docker.operators.docker import DockerOperator
from airflow.providers.http.sensors.http import HttpSensor
from airflow.sdk import Asset, dag, task
from docker.types import Mount

RAW = Asset("postgres_loader_raw", uri="postgres-loader://raw")
"""Schema raw, after a round: loaded up to a time. Deletes, and edits that no cursor shows, come with comparisons."""

START = datetime(2026, 1, 1, tzinfo=timezone.utc)


def loader(task_id: str, *arguments: str, retries: int = 0) -> DockerOperator:
    """One run of the loader's container. Its exit code is the task's: 0 is success, any other fails the task."""
    config = os.environ.get("POSTGRES_LOADER_CONFIG", "/etc/postgres-loader")
    secrets = os.environ.get("POSTGRES_LOADER_SECRETS", "/etc/postgres-loader/secrets")
    passed = {name: os.environ[name] for name in os.environ if name.startswith(("SOURCE_", "TARGET_", "LOADER_"))}
    return DockerOperator(
        task_id=task_id,
        image=os.environ.get("POSTGRES_LOADER_IMAGE", "postgres-loader"),
        command=list(arguments),
        environment={
            **passed,
            "SOURCE_PASSWORD_FILE": "/run/secrets/source_password",
            "TARGET_PASSWORD_FILE": "/run/secrets/target_password",
        },
        mounts=[
            Mount(target="/app/config", source=config, type="bind", read_only=True),
            Mount(target="/run/secrets", source=secrets, type="bind", read_only=True),
        ],
        mount_tmp_dir=False,
        network_mode=os.environ.get("POSTGRES_LOADER_NETWORK", "bridge"),
        mem_limit="512m",
        auto_remove="force",
        retries=retries,
        retry_delay=timedelta(minutes=5),
    )


def dbt(task_id: str, *arguments: str) -> DockerOperator:
    """One run of dbt in an image of your own."""
    return DockerOperator(
        task_id=task_id,
        image=os.environ.get("DBT_IMAGE", "dbt"),
        command=["dbt", *arguments],
        mount_tmp_dir=False,
        network_mode=os.environ.get("POSTGRES_LOADER_NETWORK", "bridge"),
        auto_remove="force",
    )


@dag(schedule="0 3 * * *", start_date=START, catchup=False, max_active_runs=1, tags=["postgres-loader"])
def nightly():
    """once, then wait, then dbt build. A table that failed stops the night before dbt reads half of it."""
    # Loads what has changed. Exit code 1: a table failed, or rows are dead letters.
    load = loader("load", "once", retries=2)
    # Loads what came meanwhile, compares and repairs; then the tables are complete. now is the source's clock.
    complete = loader(
        "complete",
        "wait",
        "--complete-up-to",
        "now",
        "--no-dead-letters",
        "--load",
        "--timeout",
        "2h",
    )
    load >> complete >> dbt("build", "build")


@dag(schedule="0 * * * *", start_date=START, catchup=False, max_active_runs=1, tags=["postgres-loader"])
def after_round():
    """Waits for a loader that runs all the time. The sensor takes no slot of a worker between two requests."""
    loaded = HttpSensor(
        task_id="loaded",
        http_conn_id="postgres_loader",
        endpoint="observe/complete",
        # A fixed time: `now` would be another time at each request. It is by Airflow's clock: keep that in step with the
        # source's.
        request_params={"loaded-up-to": "{{ dag_run.start_date.isoformat() }}", "no-dead-letters": "true"},
        # 503: not yet, or it cannot hold. Other codes, such as 400 for a wrong parameter, fail the task at once.
        response_error_codes_allowlist=["404", "503"],
        response_check=lambda response: response.status_code == 200,
        mode="reschedule",
        poke_interval=30,
        timeout=timedelta(minutes=50).total_seconds(),
    )

    @task(outlets=[RAW])
    def publish():
        """Updates the asset, which starts on_asset."""

    loaded >> publish()


@dag(schedule=[RAW], start_date=START, catchup=False, max_active_runs=1, tags=["postgres-loader"])
def on_asset():
    """Builds the models whenever schema raw was updated."""
    dbt("freshness", "source", "freshness") >> dbt("build", "build")


nightly()
after_round()
on_asset()
