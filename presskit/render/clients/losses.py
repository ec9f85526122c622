"""The considered table: where want of support costs the reader the content, and what to do instead.

Whatever is not in it is grace: square corners, no shadow, the light colours at night. A mail loses
nothing by it and may use it.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Loss:
    """What readers miss, in words that follow a colon, and the way that works everywhere."""

    why: str
    remedy: str


_AS_PNG = "Save the picture as PNG or JPEG."
_LINK_TO_IT = "Show a picture of it, and link to the page where it is."
_CELLS = "Set what stands side by side into the cells of a table (role=“presentation”)."
_FORM = "Link to a page that has the form."
_NO_PICTURE = "its place stays empty"
_NOT_USABLE = "its fields are missing or lead nowhere"

LOSSES: dict[str, Loss] = {
    # Content that is not there
    "html-video": Loss("the film is missing, and nothing stands in its place", _LINK_TO_IT),
    "html-audio": Loss("the recording is missing, and nothing stands in its place", _LINK_TO_IT),
    "html-object": Loss("it is missing, and nothing stands in its place", _LINK_TO_IT),
    "html-svg": Loss("the drawing is missing", "Save the drawing as PNG; carry it as a picture."),
    "html-meter": Loss("its value cannot be seen", "Write the number into the text."),
    "html-progress": Loss("its value cannot be seen", "Write the number into the text."),
    "html-marquee": Loss("its words stand still or are gone", "Write them as plain text."),
    "html-dialog": Loss("what is in it shows where it should not", "Write it into the text."),
    "html-popover": Loss("what is in it shows where it should not", "Write it into the text."),
    "amp": Loss("the whole mail stays empty", "Write HTML for mail; AMP needs a part of its own."),
    **{
        name: Loss("it is taken out of the mail", _LINK_TO_IT)
        for name in ("applet", "canvas", "embed", "frame", "frameset", "iframe", "math", "script")
    },
    # Forms
    "html-form": Loss(_NOT_USABLE, _FORM),
    "html-select": Loss(_NOT_USABLE, _FORM),
    "html-textarea": Loss(_NOT_USABLE, _FORM),
    "html-button-submit": Loss(_NOT_USABLE, "Make it a link that looks like a button."),
    "html-button-reset": Loss(_NOT_USABLE, _FORM),
    **{
        f"html-input-{kind}": Loss(_NOT_USABLE, _FORM)
        for kind in ("checkbox", "radio", "reset", "submit", "text")
    },
    # Pictures in files that are not shown
    **{
        f"image-{kind}": Loss(_NO_PICTURE, _AS_PNG)
        for kind in ("avif", "hdr", "heif", "mp4", "svg", "tiff", "webp")
    },
    "image-base64": Loss(_NO_PICTURE, "Name its file; presskit makes it a part of the mail."),
    # Styles without which things lie over one another, fall apart, or cannot be read
    "css-position": Loss("the text runs over or out of its place", _CELLS),
    "css-display-flex": Loss("what should stand side by side falls apart", _CELLS),
    "css-display-grid": Loss("what should stand side by side falls apart", _CELLS),
    "css-background-image": Loss(
        "light text stands on a light ground",
        "Give the same element a background-color on which its text can be read.",
    ),
    "css-pseudo-element-before": Loss("its words are missing", "Write them into the page."),
    "css-pseudo-element-after": Loss("its words are missing", "Write them into the page."),
}
# Grounds that some programs leave out lose the text on them just as pictures do.
for _ground in (
    *("linear-gradient", "radial-gradient", "conic-gradient", "rgba", "modern-color"),
    *("variables", "function-light-dark"),
):
    LOSSES[f"css-{_ground}"] = LOSSES["css-background-image"]
