"""Who acts, told in front of an English action: "As Mia, …"."""

import re

# What begins like a name and is none: "As soon as the page opens, …", "As expected, …".
LEAD = re.compile(
    r"As (?!(?:soon|long|far|before|expected|usual|above|described|shown|needed|required|per|in|if|of)\b)[^,\n]{1,60},\s+",
    re.IGNORECASE,
)


def without_actor(action: str) -> str:
    """The action alone."""
    found = LEAD.match(action)
    return action[found.end() :] if found else action
