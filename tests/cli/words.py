"""What the scripts here share: a demo village, commands that are meant to fail, and playing all tests of a script."""
import inspect
import os
import pathlib
import subprocess
import sys
import traceback

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "journeys"))
import stage  # noqa: E402

# Only what was said counts: no display, no data directory and no texts of whoever runs the tests.
os.environ.pop("DISPLAY", None)
os.environ.pop("NUANZHAN_DATA", None)


def refused(code, *arguments, says=(), typed=None, environment=None):
    """A command that leaves with `code` and says each of these on stderr; gives what it printed there."""
    if typed is None:
        done = stage.run(*arguments, check=False, environment=environment)
    else:
        done = subprocess.run([str(stage.PROGRAM), *map(str, arguments)], input=typed, capture_output=True, text=True, timeout=120)
    told = f"nuanzhan {' '.join(map(str, arguments))} left with {done.returncode}:\n{done.stdout}{done.stderr}"
    assert done.returncode == code, told
    for words in [says] if isinstance(says, str) else says:
        assert words in done.stderr, f"not said: {words}\n{told}"
    return done.stderr


def play(names):
    """Every test_* of a script, those that ask for a village with a fresh copy each; leaves with 1 if one failed."""
    failed = 0
    for name, test in list(names.items()):
        if not name.startswith("test_"):
            continue
        village = stage.Village() if inspect.signature(test).parameters else None
        try:
            test(*[village] if village else [])
            print("passed ", name)
        except Exception:  # the others are played too
            failed += 1
            print("FAILED ", name)
            traceback.print_exc()
        finally:
            if village:
                village.close()
    sys.exit(1 if failed else 0)
