"""Databases and Redis for the tests; a test that needs a server that does not answer is skipped with a reason."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg2
import pytest

#: Where the tests look for PostgreSQL: any database on a server where they may create others.
POSTGRES = os.environ.get("TEST_POSTGRES_URL", "postgresql://postgres@127.0.0.1:5432/postgres")


@contextmanager
def postgres_database() -> Iterator[str]:
    """The address of a new, empty PostgreSQL database that is dropped afterwards."""
    try:
        server = psycopg2.connect(POSTGRES, connect_timeout=3)
    except psycopg2.OperationalError:
        pytest.skip("no PostgreSQL server answers (TEST_POSTGRES_URL)")
    server.autocommit = True
    name = f"faqbot_test_{uuid.uuid4().hex[:12]}"
    with server.cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}"')
    try:
        yield POSTGRES.rsplit("/", 1)[0] + f"/{name}"
    finally:
        with server.cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
        server.close()
