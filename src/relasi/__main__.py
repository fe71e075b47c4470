"""`python -m relasi` is the same as `relasi`."""

from relasi.views.cli import main

main()
