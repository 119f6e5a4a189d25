"""What finished work holds for readers who are behind."""

from testgen.api.unread import Unread


class Reader:
    def __init__(self) -> None:
        self.dropped = False

    def drop(self) -> None:
        self.dropped = True


def test_where_it_is_too_much_the_reader_who_took_nothing_for_the_longest_time_is_dropped() -> None:
    unread, slow, quick, new = Unread(most=100), Reader(), Reader(), Reader()
    unread.add(slow, 40)
    unread.add(quick, 40)
    unread.read(slow, 10)  # slow, but after the other one
    unread.read(quick, 10)
    unread.add(new, 30)
    assert not (slow.dropped)
    assert not (quick.dropped)
    assert not (new.dropped)
    unread.add(new, 30)
    assert (slow.dropped, quick.dropped, new.dropped) == (True, False, False)


def test_what_was_read_or_ended_counts_no_more() -> None:
    unread, reader, other = Unread(most=100), Reader(), Reader()
    for _ in range(50):
        unread.add(reader, 90)
        unread.read(reader, 90)
        unread.add(other, 90)
        unread.forget(other)
        unread.read(other, 90)
    assert not (reader.dropped)
    assert not (other.dropped)
