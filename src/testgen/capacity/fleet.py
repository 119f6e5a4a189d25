"""The tasks that answer: how many, how much each takes on, and when there are more of them."""

from dataclasses import dataclass

SCALE_OUT_S = 360.0  # an instance boots, the images come, the model loads


@dataclass(frozen=True)
class Fleet:
    """`tasks` at the least and `most` at most. Each works on `places` procedures at a time and lets `queue_limit` wait.

    `queued_per_task` and `requests_per_task` (a minute) are targets of the scaling, as the stacks set them; None: no such policy. As
    with Application Auto Scaling's target tracking, three minutes over a target add tasks, fifteen well under it take them away, and
    requests only add.
    """

    tasks: int
    most: int | None = None
    places: int = 2
    queue_limit: int = 8
    queued_per_task: float | None = None
    requests_per_task: float | None = None
    scale_out_s: float = SCALE_OUT_S
    scale_out_cooldown_s: float = 300.0
    scale_in_cooldown_s: float = 900.0
