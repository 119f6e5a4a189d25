"""What a file holds as plain data, before its entries are made."""

from dataclasses import dataclass, field

from testgen.interchange.found import Left, Objects, Skipped, Told


@dataclass
class Raw:
    """The objects of a file, and what its reader noted beside them."""

    objects: Objects
    format_name: str
    left: tuple[str, ...] = ()
    skipped: list[Skipped] = field(default_factory=list)
    text: str = ""  # of a file that was written by hand
    by_hand: bool = False  # a person wrote the fields: what is wrong in them is refused, never skipped
    told: tuple[str, ...] = ()  # what a person should know about the reading

    def take_out_skipped(self) -> None:
        """Leaves nothing but cases and procedures among the objects."""
        self.skipped += [entry for entry in self.objects if isinstance(entry, Skipped)]
        left = [entry.name for entry in self.objects if isinstance(entry, Left) and not isinstance(entry, Told)]
        self.left = tuple(dict.fromkeys([*self.left, *left]))
        self.told = tuple(dict.fromkeys(entry.name for entry in self.objects if isinstance(entry, Told)))
        self.objects = [entry for entry in self.objects if not isinstance(entry, Skipped | Left)]
