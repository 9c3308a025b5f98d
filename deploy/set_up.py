"""Sets everything up on a machine that has only python3 and make: a private uv, Python 3.10, the environment.

Run by the Makefile with whatever `python3` the machine has (3.6 or later), so this file keeps to plain,
old Python and to the standard library. Every failure ends in one clear line that says what to do.
"""

import os
import shutil
import subprocess
import sys

PROJECT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
TOOLS = os.path.join(PROJECT, ".tools")
ENVIRONMENT = os.path.join(PROJECT, ".venv")
STAMP = os.path.join(ENVIRONMENT, ".set_up_from")
#: The private uv; `uv.lock` was made with it.
UV = "uv==0.13.9"
WANTED = (3, 10)


class CannotSetUp(Exception):
    """What is missing, and what the operator can do about it."""


def main():
    """Bring the environment in line with `uv.lock`; does nothing when it already is."""
    if is_up_to_date():
        return
    uv = private_uv()
    python = find_python(uv)
    say("Installing the locked environment (about 2 GB; a minute or two) ...")
    environment = dict(os.environ, UV_PROJECT_ENVIRONMENT=ENVIRONMENT, UV_PYTHON_PREFERENCE="only-system")
    if python is None:
        say("No Python 3.10 on this machine: asking uv to fetch one ...")
        environment["UV_PYTHON_PREFERENCE"] = "managed"
        python = "3.10"
    # Compiled once here: where Python may not write byte code, every start would compile all of it again.
    command = [uv, "sync", "--locked", "--compile-bytecode", "--python", python]
    if subprocess.call(command, cwd=PROJECT, env=environment) != 0:
        raise CannotSetUp(
            "the environment could not be installed. Is the package registry reachable? If Python 3.10 is what is "
            "missing, install it (for example with pyenv: `pyenv install 3.10`) or set PYTHON310 to its path."
        )
    with open(STAMP, "w") as file:
        file.write(wanted_state())


def is_up_to_date():
    """Whether the environment was set up from the present lock file and still runs."""
    try:
        with open(STAMP) as file:
            same = file.read() == wanted_state()
    except (IOError, OSError):
        return False
    return same and runs(os.path.join(ENVIRONMENT, "bin", "python"))


def wanted_state():
    """What the environment depends on: the lock file and the project's own description."""
    parts = []
    for name in ("uv.lock", "pyproject.toml"):
        with open(os.path.join(PROJECT, name)) as file:
            parts.append(file.read())
    return "\n".join(parts)


def private_uv():
    """The path of a uv of our own version under .tools; installed there when missing."""
    folder = os.path.join(TOOLS, "uv")
    program = os.path.join(folder, "bin", "uv")
    if uv_version(program) == UV.split("==")[1]:
        return program
    say("Installing a private uv ...")
    shutil.rmtree(folder, ignore_errors=True)
    attempts = (
        [
            [sys.executable, "-m", "venv", folder],
            [os.path.join(folder, "bin", "python"), "-m", "pip", "install", "-q", UV],
        ],
        [[sys.executable, "-m", "pip", "install", "-q", "--prefix", folder, "--ignore-installed", UV]],
    )
    for commands in attempts:
        if all(call(command) for command in commands):
            found = find_program(folder, "uv")
            if found and uv_version(found):
                return found
        shutil.rmtree(folder, ignore_errors=True)
    raise CannotSetUp(
        "this python3 (%s) can install no packages. Install its venv or pip module "
        "(on Debian and Ubuntu: `apt-get install python3-venv`) and run make again." % sys.executable
    )


def find_program(folder, name):
    """The first executable of that name under a folder (installers differ in where they put it)."""
    for place, _, files in os.walk(folder):
        if name in files and os.access(os.path.join(place, name), os.X_OK):
            return os.path.join(place, name)
    return None


def uv_version(program):
    """The version that a uv says of itself, or None when it does not run."""
    said = output([program, "--version"])
    return said.split()[1] if said and len(said.split()) > 1 else None


def find_python(uv):
    """A Python 3.10 that really runs: the one of PYTHON310, on the path, under pyenv, or known to uv; else None."""
    named = os.environ.get("PYTHON310")
    if named:
        if runs(named):
            return named
        raise CannotSetUp("PYTHON310 is set to %s, which is no Python 3.10 that runs." % named)
    candidates = [shutil.which("python3.10"), sys.executable]
    root = os.environ.get("PYENV_ROOT") or os.path.expanduser("~/.pyenv")
    versions = os.path.join(root, "versions")
    if os.path.isdir(versions):
        for name in sorted(os.listdir(versions), reverse=True):
            if name.startswith("3.10."):
                candidates.append(os.path.join(versions, name, "bin", "python"))
    candidates.append((output([uv, "python", "find", "3.10"]) or "").strip() or None)
    for candidate in candidates:
        if candidate and runs(candidate):
            return candidate
    return None


def runs(python):
    """Whether this program starts and is Python 3.10 (a pyenv shim without a version does not start)."""
    said = output([python, "-c", "import sys; print('%d.%d' % sys.version_info[:2])"])
    return said is not None and said.strip() == "%d.%d" % WANTED


def output(command):
    """What a command prints, or None when it cannot be run or fails."""
    try:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        said = process.communicate()[0]
    except (IOError, OSError):
        return None
    return said.decode("utf-8", "replace") if process.returncode == 0 else None


def call(command):
    """Run a command quietly; whether it succeeded."""
    try:
        return subprocess.call(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) == 0
    except (IOError, OSError):
        return False


def say(text):
    sys.stderr.write(text + "\n")


if __name__ == "__main__":
    try:
        main()
    except CannotSetUp as error:
        say("Cannot set up: %s" % error)
        sys.exit(1)
