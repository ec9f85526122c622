"""Make presskit/render/clients/caniemail.json anew from the npm package ``caniemail``.

    npm pack caniemail@1.0.5 && tar xzf caniemail-1.0.5.tgz
    python docs/clients/extract.py package presskit/render/clients/caniemail.json

Kept are the mail programs that the readers of German press offices have, and of each feature
what the newest tested version of each can do: ``n`` not at all, ``a`` in part.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

# Families of caniemail, and for each platform the name that a message shows.
CLIENTS = {
    "outlook": {
        "windows": "Outlook for Windows",
        "outlook-com": "Outlook.com and new Outlook",
        "macos": "Outlook for Mac",
        "ios": "Outlook for iOS",
        "android": "Outlook for Android",
    },
    "gmail": {
        "desktop-webmail": "Gmail",
        "ios": "Gmail for iOS",
        "android": "Gmail for Android",
    },
    "apple-mail": {"macos": "Apple Mail", "ios": "Apple Mail for iOS"},
    "gmx": {"desktop-webmail": "GMX", "ios": "GMX for iOS", "android": "GMX for Android"},
    "web-de": {
        "desktop-webmail": "web.de",
        "ios": "web.de for iOS",
        "android": "web.de for Android",
    },
    "t-online-de": {"desktop-webmail": "T-Online"},
    "ionos-1and1": {"desktop-webmail": "IONOS", "android": "IONOS for Android"},
    "thunderbird": {"macos": "Thunderbird", "windows": "Thunderbird"},
    "samsung-email": {"android": "Samsung Email"},
}


def main(package: Path, target: Path) -> None:
    """Read the package's data and write the extract."""
    data = json.loads((package / "data/caniemail.json").read_text(encoding="utf-8"))
    about = json.loads((package / "package.json").read_text(encoding="utf-8"))
    licence = (package / "LICENSE").read_text(encoding="utf-8")
    extract = {
        "source": f"https://www.caniemail.com, by way of npm {about['name']} {about['version']}",
        "date": data["last_update_date"][:10],
        "licence": about["license"],
        "copyright": [line for line in licence.splitlines() if line.startswith("Copyright")],
        "features": {each["slug"]: _feature(each) for each in data["data"]},
    }
    text = json.dumps(extract, ensure_ascii=False, indent=1, sort_keys=True)
    target.write_text(text + "\n", encoding="utf-8", newline="\n")


def _feature(feature: dict[str, Any]) -> dict[str, Any]:
    support: dict[str, list[str]] = {"n": [], "a": []}
    for family, platforms in CLIENTS.items():
        for platform, name in platforms.items():
            versions = feature["stats"].get(family, {}).get(platform, {})
            verdict = list(versions.values())[-1].strip()[:1] if versions else "u"
            if verdict in support and name not in support[verdict]:
                support[verdict].append(name)
    return {"title": feature["title"], "tested": feature["last_test_date"], **support}


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
