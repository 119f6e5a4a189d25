"""The service as it is, but for the review: what a draft costs without it.

python -m bench.unreviewed PORT        serves until it is ended; reads its settings as `testgen serve` does
"""

import sys

from testgen import pipeline
from testgen.cli import main
from testgen.domain.procedure import Procedure


async def _unreviewed(_: object, procedure: Procedure) -> Procedure:
    return procedure.model_copy(update={"readiness": "ready"})


if __name__ == "__main__":
    pipeline._reviewed = _unreviewed
    sys.argv = ["testgen", "serve", "--port", sys.argv[1]]
    main()
