"""Runs a file of DAGs with stubs of Airflow in place of Airflow: prints the tasks of each DAG in their order, and lets its
sensors ask a real HTTP server. Arguments: the file, the address of the server."""

import datetime
import runpy
import sys
import types
import urllib.error
import urllib.parse
import urllib.request

server = sys.argv[2]
current = []


class Task:
    def __init__(self, task_id, **arguments):
        known = {"image", "command", "environment", "mounts", "mount_tmp_dir", "network_mode", "mem_limit",
                 "auto_remove", "retries", "retry_delay", "outlets"}
        assert set(arguments) <= known, set(arguments) - known
        self.task_id, self.arguments = task_id, arguments
        current.append(self)

    def __rshift__(self, other):
        print(f"  {self.task_id} >> {other.task_id}")
        return other


class HttpSensor(Task):
    def __init__(self, task_id, *, http_conn_id, endpoint, request_params, response_error_codes_allowlist,
                 response_check, mode, poke_interval, timeout):
        super().__init__(task_id)
        query = {key: value.replace("{{ dag_run.start_date.isoformat() }}", "2026-01-01T00:00:00+00:00")
                 for key, value in request_params.items()}
        assert mode == "reschedule" and poke_interval > 0 and timeout > poke_interval
        for attempt in range(3):
            try:
                response = urllib.request.urlopen(f"{server}/{endpoint}?{urllib.parse.urlencode(query)}")
                response.status_code = response.status
                holds = response_check(response)
            except urllib.error.HTTPError as error:
                assert str(error.code) in response_error_codes_allowlist, error.code
                holds = False
            print(f"  {task_id} {endpoint} {'holds' if holds else 'not yet'}")
            if holds:
                return


class Asset:
    def __init__(self, name, uri):
        self.name = name


def dag(**arguments):
    assert set(arguments) <= {"schedule", "start_date", "catchup", "max_active_runs", "tags"}
    assert arguments["start_date"] < datetime.datetime.now(datetime.timezone.utc)

    def decorator(function):
        def build():
            schedule = arguments["schedule"]
            print(function.__name__, schedule if isinstance(schedule, str) else [asset.name for asset in schedule])
            current.clear()
            function()
            for created in current:
                if "command" in created.arguments:
                    print(f"  {created.task_id}: {' '.join(created.arguments['command'])}")
                for outlet in created.arguments.get("outlets", []):
                    print(f"  {created.task_id} updates {outlet.name}")
        return build
    return decorator


def task(**arguments):
    return lambda function: lambda: Task(function.__name__, **arguments)


def module(name, **members):
    sys.modules[name] = types.ModuleType(name)
    sys.modules[name].__dict__.update(members)


for package in ("airflow", "airflow.providers", "airflow.providers.docker", "airflow.providers.docker.operators",
                "airflow.providers.http", "airflow.providers.http.sensors", "docker"):
    module(package)
module("airflow.providers.docker.operators.docker", DockerOperator=Task)
module("airflow.providers.http.sensors.http", HttpSensor=HttpSensor)
module("airflow.sdk", Asset=Asset, dag=dag, task=task)
module("docker.types", Mount=lambda target, source, type, read_only: None)
runpy.run_path(sys.argv[1])
