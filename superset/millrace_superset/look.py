"""Millrace's colours and brand in Superset."""

from typing import Any

PRIMARY = "#0e7490"

COLOR_SCHEMES: list[dict[str, Any]] = [
    {
        "id": "millrace",
        "label": "Millrace",
        "description": "Water, grain and brick",
        "isDefault": True,
        "colors": [
            PRIMARY,
            "#f59e0b",
            "#4f46e5",
            "#10b981",
            "#e11d48",
            "#7c3aed",
            "#0ea5e9",
            "#84cc16",
            "#d97706",
            "#64748b",
        ],
    }
]


def theme(logo: str, algorithm: str) -> dict[str, Any]:
    """Superset's theme with our logo (an address or a data: URI); algorithm: default or dark."""
    return {
        "token": {
            "brandAppName": "Millrace",
            "brandLogoAlt": "Millrace",
            "brandLogoUrl": logo,
            "brandLogoHref": "/",
            "brandLogoMargin": "14px 0",
            "brandLogoHeight": "28px",
            "brandIconMaxWidth": 160,
            "brandSpinnerUrl": None,
            "brandSpinnerSvg": None,
            "colorPrimary": PRIMARY,
            "colorLink": PRIMARY,
            "colorError": "#e11d48",
            "colorWarning": "#f59e0b",
            "colorSuccess": "#10b981",
            "colorInfo": "#0ea5e9",
            "fontUrls": [],
            "fontFamily": "Inter, Helvetica, Arial, sans-serif",
            "fontFamilyCode": "'IBM Plex Mono', 'Courier New', monospace",
            "transitionTiming": 0.3,
            "fontSizeXS": "8",
            "fontSizeXXL": "28",
            "fontWeightNormal": "400",
            "fontWeightLight": "300",
            "fontWeightStrong": "500",
            "fontWeightBold": "700",
            "colorEditorSelection": "#5c4d1a" if algorithm == "dark" else "#fff5cf",
        },
        "algorithm": algorithm,
    }
