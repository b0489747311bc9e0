"""Image files and PDF pages as grey pictures of a known resolution, within the pixel limit."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from ingest import errors
from ingest.formats.picture import parse_picture
from ingest.intake import JPEG, PDF, PNG, TIFF
from ingest.pages import image as page_image
from ingest.pages.image import frame_count, open_picture
from tests.scan_pages import white_png
from tests.unit.ingest.pdf_files import pdf_file, prose


def picture(image: Image.Image, form: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, form, **options)
    return buffer.getvalue()


def half_black(mode: str, size: tuple[int, int] = (600, 800)) -> Image.Image:
    """The left half black, the right half white."""
    image = Image.new("L", size, 255)
    image.paste(0, (0, 0, size[0] // 2, size[1]))
    return image.convert(mode)


def halves(page: page_image.PageImage) -> tuple[int, int]:
    width = page.grey.shape[1]
    return int(page.grey[:, : width // 3].mean()), int(page.grey[:, -width // 3 :].mean())


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "RGBA", "LA", "I;16"])
def test_pictures_of_every_depth_become_grey(mode: str) -> None:
    if mode == "I;16":
        wide = np.asarray(half_black("L"), np.uint16) * 257
        image = Image.fromarray(wide)
    else:
        image = half_black(mode)
    page = page_image.page_image(picture(image, "PNG", dpi=(300, 300)), PNG, 1)
    assert halves(page) == (0, 255)
    assert (page.grey.shape, page.dpi) == ((800, 600), 300.0)


def test_paper_shows_through_where_a_picture_is_transparent() -> None:
    clear = Image.new("RGBA", (300, 400), (0, 0, 0, 0))
    page = page_image.page_image(picture(clear, "PNG", dpi=(300, 300)), PNG, 1)
    assert int(page.grey.min()) == 255


def test_the_pages_of_a_tiff_come_in_order() -> None:
    shades = [Image.new("L", (300, 400), shade) for shade in (0, 100, 200)]
    data = picture(shades[0], "TIFF", save_all=True, append_images=shades[1:], dpi=(300, 300))
    with open_picture(data) as opened:
        assert frame_count(opened) == 3
    means = [round(page_image.page_image(data, TIFF, n).grey.mean()) for n in (1, 2, 3)]
    assert means == [0, 100, 200]
    first = parse_picture(data)
    assert (first.page_count, first.scans, first.blocks) == (3, (1, 2, 3), ())


def test_a_fax_of_unequal_resolution_is_stretched_to_its_shape() -> None:
    data = picture(half_black("1", (1728, 1100)), "TIFF", dpi=(204, 98), compression="group4")
    page = page_image.page_image(data, TIFF, 1)
    height, width = page.grey.shape
    assert (width, height) == (round(1728 * 300 / 204), round(1100 * 300 / 98))


def test_a_photo_held_sideways_is_turned_by_its_own_note() -> None:
    upright = half_black("RGB", (600, 800))
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned clockwise by a quarter
    data = picture(upright.rotate(90, expand=True), "JPEG", exif=exif, dpi=(300, 300), quality=95)
    page = page_image.page_image(data, JPEG, 1)
    left, right = halves(page)
    assert page.grey.shape == (800, 600)
    assert left < 5 and right > 250


def test_without_a_resolution_the_page_is_taken_for_a4() -> None:
    page = page_image.page_image(picture(half_black("L", (1240, 1754)), "PNG"), PNG, 1)
    assert page.grey.shape[1] == pytest.approx(8.27 * 300, abs=2)


def test_more_pixels_than_allowed_are_refused_before_they_are_unpacked() -> None:
    flood = white_png(30_000, 30_000)
    assert len(flood) < 200_000
    with pytest.raises(errors.TooLarge, match="50 Millionen"):
        parse_picture(flood)
    with pytest.raises(errors.PageTooLarge):
        page_image.page_image(flood, PNG, 1)


def test_a_pdf_page_is_drawn_at_300_dpi_and_a_plan_as_fine_as_the_limit_lets(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    data = pdf_file([prose(700, "Ein Satz.")])
    page = page_image.page_image(data, PDF, 1)
    assert page.grey.shape == pytest.approx((3508, 2480), abs=1)
    assert page.dpi == 300.0
    monkeypatch.setattr(page_image, "MAX_PIXELS", 2_000_000)
    coarse = page_image.page_image(data, PDF, 1)
    assert 1_950_000 < coarse.grey.size <= 2_010_000
    monkeypatch.setattr(page_image, "MAX_PIXELS", 500_000)
    with pytest.raises(errors.PageTooLarge):
        page_image.page_image(data, PDF, 1)


@pytest.mark.parametrize("form", ["PNG", "JPEG", "TIFF"])
def test_a_cut_or_broken_picture_is_damaged(form: str, tmp_path: Path) -> None:
    whole = picture(half_black("L"), form)
    media_type = {"PNG": PNG, "JPEG": JPEG, "TIFF": TIFF}[form]
    for share in (0.02, 0.3, 0.6, 0.95):
        cut = whole[: max(12, int(len(whole) * share))]
        try:
            page_image.page_image(cut, media_type, 1)
        except errors.FileRefused as refusal:
            assert refusal.code == "damaged"
    with pytest.raises(errors.Damaged):
        parse_picture(whole[:12])
