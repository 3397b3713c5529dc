"""`python -m tiaowen`."""

from tiaowen.cli import main

if __name__ == "__main__":
    main()
