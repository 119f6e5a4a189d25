"""What is held for clients who are behind."""

from testgen.api.held import Together


class Reader:
    def __init__(self) -> None:
        self.dropped = False

    def drop(self) -> None:
        self.dropped = True


def test_where_it_is_too_much_the_reader_who_took_nothing_for_the_longest_time_is_dropped() -> None:
    held, slow, quick, new = Together(most=100), Reader(), Reader(), Reader()
    held.add(slow, 40)
    held.add(quick, 40)
    held.taken(slow, 10)  # slow, but after the other one
    held.taken(quick, 10)
    held.add(new, 30)
    assert not (slow.dropped)
    assert not (quick.dropped)
    assert not (new.dropped)
    held.add(new, 30)
    assert (slow.dropped, quick.dropped, new.dropped) == (True, False, False)


def test_what_was_read_or_ended_counts_no_more() -> None:
    held, reader, other = Together(most=100), Reader(), Reader()
    for _ in range(50):
        held.add(reader, 90)
        held.taken(reader, 90)
        held.add(other, 90)
        held.forget(other)
        held.taken(other, 90)
    assert not (reader.dropped)
    assert not (other.dropped)
