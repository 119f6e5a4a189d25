"""The tasks that answer: how many there are, how much each takes on, and when more are started."""

from dataclasses import dataclass

SCALE_OUT_S = 360.0  # an instance boots, the images come, the model loads


@dataclass(frozen=True)
class Fleet:
    """At least `tasks` and at most `most` tasks. Each works on `places` procedures at a time and queues `queue_limit` more.

    `queued_per_task` and `requests_per_task` (per minute) are the scaling targets, as the stacks set them; None means that there is no
    such policy. As in Application Auto Scaling's target tracking, three minutes above a target add tasks, fifteen minutes well below it
    remove them, and the policy for requests only adds tasks.
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
