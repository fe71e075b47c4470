"""The level of relations in a time: the index without fading and without what was read of others."""

from relasi.relations.index import FLOOR

# Codes of bodies that the words do not name: no party of a pair that could be followed.
UNNAMED = "['IGO', 'NGO', 'IMG', 'MNC']"
# Stories of pairs with their values as the index counts them.
VALUED = """
    SELECT a, b, d.story_id, d.day, t.score * d.certainty * (1 + log2(d.sources)) AS value
    FROM story_dyads d JOIN types t USING (type)
    WHERE status = 'actual' AND a <> '' AND b <> '' AND day IS NOT NULL AND last_day - day <= 31
"""


def level_of(value: str) -> str:
    """SQL for the level, -10 to 10, of rows with a value (SQL) each; 0 where there is none."""
    return f"coalesce(10 * sum({value}) / (sum(abs({value})) + {FLOOR}), 0)"


def level(cooperation: float, conflict: float) -> float:
    """The level of two sums, both 0 or more: 10 (P - N) / (P + N + K)."""
    return 10 * (cooperation - conflict) / (cooperation + conflict + FLOOR)
