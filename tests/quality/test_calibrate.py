"""Confidence is fitted to how often events are right."""

import numpy as np
import pytest

from quality import calibrate


def test_what_is_believed_too_much_is_believed_less() -> None:
    p = np.linspace(0.55, 0.99, 400)
    right = (np.arange(400) % 2).astype(float)  # half of them, whatever was believed
    right[300:] = 1.0
    scale, shift = calibrate.fit(p, right)
    q = 1 / (1 + (p / (1 - p)) ** -scale * np.exp(-shift))
    assert scale > 0 and calibrate.error(q, right) < calibrate.error(p, right)


def test_certainty_does_not_break_the_fit() -> None:
    p = np.array([1.0, 1.0, 0.9, 0.6, 0.5, 0.0])
    scale, shift = calibrate.fit(p, np.array([1.0, 1.0, 1.0, 0.0, 1.0, 0.0]))
    assert np.isfinite([scale, shift]).all()


def test_belief_that_runs_against_the_truth_is_refused() -> None:
    with pytest.raises(ValueError, match="less often"):
        calibrate.fit(np.array([0.9, 0.8, 0.2, 0.1]), np.array([0.0, 0.0, 1.0, 1.0]))


def test_bins_hold_every_event_once() -> None:
    p, y = np.linspace(0, 1, 23), np.ones(23)
    assert sum(n for *_, n in calibrate.bins(p, y)) == 23 and all(share == 1 for _, share, _ in calibrate.bins(p, y))
