"""Lets Django judge generated apps: imports, checks, migrations, and the tables that they make.

Reads one JSON object from stdin:
  folder: where the app packages are; apps: their labels; zones: USE_TZ;
  databases: alias (an app's label) -> DATABASES entry.
Writes one JSON object: {"version": "5.2.19", "apps": {label: [problem, ...]}}.
A problem is {"step", "level", "id", "message"}; an app without problems has an empty list.
"""

import io
import json
import os
import sys
import traceback


def main() -> None:
    job = json.load(sys.stdin)
    sys.path.insert(0, job["folder"])
    found = {label: compile_app(job["folder"], label) for label in job["apps"]}
    whole = [label for label in job["apps"] if not found[label]]
    broken = broken_apps(job, whole)
    for label, message in broken.items():
        found[label].append(problem("import", "ERROR", "", message))
    judge(job, [label for label in whole if label not in broken], found)


def compile_app(folder: str, label: str) -> list:
    problems = []
    for path, _, names in os.walk(os.path.join(folder, label)):
        for name in names:
            file = os.path.join(path, name)
            if not name.endswith(".py"):
                continue
            with open(file, encoding="utf-8") as source:
                try:
                    compile(source.read(), file, "exec")
                except (SyntaxError, ValueError) as error:
                    problems.append(problem("compile", "ERROR", "", f"{file}: {error}"))
    return problems


def problem(step: str, level: str, id: str, message: str) -> dict:
    return {"step": step, "level": level, "id": id, "message": message}


def set_up(job: dict, labels: list) -> None:
    import django
    from django.conf import settings

    default = next(iter(job["databases"].values()))
    engine = default["ENGINE"]
    settings.configure(
        INSTALLED_APPS=[*(["django.contrib.postgres"] if "postgresql" in engine else []), *labels],
        DATABASES={"default": default} | {label: job["databases"][label] for label in labels},
        USE_TZ=job["zones"],
    )
    django.setup()


def broken_apps(job: dict, labels: list) -> dict:
    """Apps that Django cannot load, found in children so that one broken app breaks nothing else."""
    if not failure_in_child(job, labels):
        return {}
    failures = {label: failure_in_child(job, [label]) for label in labels}
    return {label: failure for label, failure in failures.items() if failure}


def failure_in_child(job: dict, labels: list) -> str:
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        message = ""
        try:
            set_up(job, labels)
        except Exception:
            message = traceback.format_exc(limit=-3)
        os.write(write, message.encode()[-60000:])
        os._exit(0)
    os.close(write)
    with os.fdopen(read, "rb") as answer:
        message = answer.read().decode()
    os.waitpid(child, 0)
    return message


def judge(job: dict, labels: list, found: dict) -> None:
    set_up(job, labels)
    import django
    from django.apps import apps
    from django.core import checks
    from django.core.management import call_command
    from django.db import connections

    for label in labels:
        config = apps.get_app_config(label)
        for message in checks.run_checks(app_configs=[config], databases=[label]):
            level = "ERROR" if message.level >= checks.ERROR else "WARNING"
            found[label].append(problem("check", level, message.id, f"{message.obj}: {message.msg}"))
    for label in labels:
        attempt(found[label], "makemigrations", lambda: call_command("makemigrations", label, verbosity=0))
    for label in labels:
        attempt(found[label], "migrate", lambda: call_command("migrate", label, database=label, verbosity=0))
        connections[label].close()
    for label in labels:
        attempt(found[label], "makemigrations again", lambda: no_changes(call_command, label))
    json.dump({"version": django.get_version(), "apps": found}, sys.stdout)


def no_changes(call_command, label: str) -> None:
    said = io.StringIO()
    try:
        call_command("makemigrations", label, check_changes=True, dry_run=True, stdout=said)
    except SystemExit as error:
        raise RuntimeError(f"models and migrations differ: {said.getvalue()}") from error


def attempt(problems: list, step: str, work) -> None:
    if any(one["level"] == "ERROR" for one in problems):
        return
    try:
        work()
    except Exception:
        problems.append(problem(step, "ERROR", "", traceback.format_exc(limit=-2)))


main()
