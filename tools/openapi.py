"""Writes docs/openapi.json from the routes of the service."""

import json

from testgen.api.app import create_app
from testgen.bootstrap import Application
from testgen.settings import Settings
from tools.page import write_or_check

if __name__ == "__main__":
    made = create_app(Application(Settings())).openapi()
    write_or_check("openapi.json", json.dumps(made, ensure_ascii=False, indent=1) + "\n")
