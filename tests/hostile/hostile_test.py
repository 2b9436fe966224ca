#!/usr/bin/env python3
"""Everything that an ill-meaning or broken client may say to the interface, said to a running server.

usage: hostile_test.py http://127.0.0.1:8080

Makes whatever it needs through the interface itself (give the server --sign-ups-per-hour 100000, or its address's share
is used up). Takes about 20 seconds. Knows nothing of the program but GET /v1/openapi.json. Ends with "N passed, N failed".
"""
import sys
import time
import traceback

import kit
import media            # noqa: F401  each of these adds its tests to kit.TESTS
import others           # noqa: F401
import people           # noqa: F401
import shapes_test      # noqa: F401
import shopping         # noqa: F401

SHOWN = 12


def run(market):
    passed = failed = 0
    for t in kit.TESTS:
        started, said = time.time(), None
        try:
            t(market)
        except kit.Failed as e:
            said = str(e)
        except Exception:                              # pylint: disable=broad-except
            said = traceback.format_exc()
        passed, failed = passed + (said is None), failed + (said is not None)
        if said is not None:
            print(f"FAILED {t.__name__} ({time.time() - started:.1f} s)\n    " + said.replace("\n", "\n    "))
    return passed, failed


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    passed, failed = run(kit.Market(kit.Server(sys.argv[1])))
    # Every answer of every test was looked at as well.
    passed, failed = passed + (not kit.BROKEN), failed + bool(kit.BROKEN)
    if kit.BROKEN:
        print(f"FAILED every_answer: {len(kit.BROKEN)} of them, such as\n    " + "\n    ".join(kit.BROKEN[:SHOWN]))
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
