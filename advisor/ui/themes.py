"""Colours for those who need more contrast than Textual's own themes give."""

from __future__ import annotations

from textual.theme import Theme

DARK, LIGHT, CONTRAST = "textual-dark", "textual-light", "high-contrast"

HIGH_CONTRAST = Theme(
    name=CONTRAST,
    primary="#00d7ff",
    secondary="#ffd700",
    accent="#ffd700",
    warning="#ffaf00",
    error="#ff5f5f",
    success="#5fff5f",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#1c1c1c",
    boost="#262626",
    text_alpha=1.0,
    variables={
        "text-muted": "#e4e4e4",
        "foreground-muted": "#e4e4e4",
        "block-cursor-background": "#ffd700",
        "block-cursor-foreground": "#000000",
        "block-cursor-blurred-background": "#004f6e",
        "footer-key-foreground": "#ffd700",
    },
)
