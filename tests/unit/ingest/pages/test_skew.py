"""A crooked or speckled page is told by its ink and put right."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw

from ingest.pages.skew import Grey, dark, skew_of, straightened, threshold, without_specks


def ruled(width: int = 1600, height: int = 2000) -> Image.Image:
    """Lines of short black bars on white, as print looks from afar."""
    page = Image.new("L", (width, height), 255)
    draw = ImageDraw.Draw(page)
    for top in range(200, height - 200, 60):
        for left in range(150, width - 200, 90):
            draw.rectangle((left, top, left + 60, top + 25), fill=20)
    return page


def grey(image: Image.Image) -> Grey:
    return np.array(image, np.uint8)


def speckled(seed: int, share: float) -> Grey:
    page = grey(ruled())
    page[np.random.default_rng(seed).random(page.shape) < share] = 0
    return page


@pytest.mark.parametrize("angle", [-5.0, -2.0, 0.0, 0.7, 2.0, 5.5])
def test_the_angle_of_a_turned_page_is_found(angle: float) -> None:
    turned = ruled().rotate(angle, Image.Resampling.BICUBIC, fillcolor=255)
    assert skew_of(dark(grey(turned))) == pytest.approx(-angle, abs=0.1)
    assert skew_of(dark(straightened(grey(turned)))) == pytest.approx(0.0, abs=0.1)


def test_a_straight_page_and_an_empty_one_stay_as_they_are() -> None:
    straight = grey(ruled())
    assert straightened(straight) is straight
    assert skew_of(np.zeros((500, 400), np.bool_)) == 0.0
    assert skew_of(np.zeros((2, 2), np.bool_)) == 0.0


def test_the_threshold_lies_between_ink_and_paper() -> None:
    page = np.full((40, 40), 230, np.uint8)
    page[:10] = 60
    assert 60 < threshold(page) <= 230
    assert int(dark(page).sum()) == 400


def test_specks_go_and_clean_print_is_not_touched() -> None:
    clean = grey(ruled())
    assert without_specks(clean) is clean
    noisy = speckled(3, 0.02)
    extra = int(dark(noisy).sum()) - int(dark(clean).sum())
    assert extra > 40_000
    assert int(dark(without_specks(noisy)).sum()) - int(dark(clean).sum()) < extra * 0.05
