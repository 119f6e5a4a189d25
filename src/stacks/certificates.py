"""The company's certificates: read from the file that the configuration names, and looked at before they go anywhere."""

import re
import ssl
from pathlib import Path

from stacks.config import ConfigRefusedError, StackConfig

ROOT = Path(__file__).resolve().parents[2]
MOST_BYTES = 8_000  # they travel in the user data of instances, which EC2 limits to 16 KB, with the boot script


def extra_ca(config: StackConfig) -> str | None:
    """The text of `proxy.extra_ca`; None if there is none.

    Raises:
        ConfigRefusedError: no such file, no certificates, too many, or a private key among them.
    """
    name = config.proxy.extra_ca if config.proxy else None
    if not name:
        return None
    key = f"testgen:proxy.extra_ca: {name}"
    try:
        text = (ROOT / name).read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigRefusedError(
            f"{key} cannot be read ({error}): name a PEM file, from the repository's root"
        ) from None
    if "PRIVATE KEY" in text:
        raise ConfigRefusedError(f"{key} holds a private key: name a file with certificates alone")
    found = "\n".join(re.findall(r"-----BEGIN CERTIFICATE-----.+?-----END CERTIFICATE-----", text, re.DOTALL))
    try:
        ssl.create_default_context(cadata=found or None).load_verify_locations(cadata=found)
    except (ssl.SSLError, ValueError):
        raise ConfigRefusedError(f"{key} holds no certificate in PEM form: export the proxy's own as Base64") from None
    if len(found) > MOST_BYTES:
        raise ConfigRefusedError(
            f"{key} has {len(found)} characters of certificates, and {MOST_BYTES} fit: leave only those that the proxy signs with"
        )
    return found + "\n"
