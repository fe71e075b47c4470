"""Pages in, clean and dated articles out, split in sentences."""

from relasi.articles.read import read

__all__ = ["read"]
