"""Decides how a fleet can fail: its file, its schedule, its machines and its messages."""

from collections.abc import Mapping
from dataclasses import dataclass

from cjm_sheets.errors import InputError, RemoteError, UsageError


@dataclass(frozen=True, slots=True)
class FleetProblem:
    """One thing that is wrong in a fleet file: in which line, of which kind, with which facts."""

    line: int
    kind: str
    facts: Mapping[str, object]


class FleetFileError(InputError):
    """A fleet file asks for something that cannot be; `problems` are all of them, in order."""

    def __init__(self, file: str, problems: tuple[FleetProblem, ...]) -> None:
        super().__init__(file=file, problems=problems)
        self.problems = problems


class NoSuchShardError(UsageError):
    """A fleet is dealt into fewer shards than somebody asked for."""

    def __init__(self, shard: int, most: int) -> None:
        super().__init__(shard=shard, most=most)


class NoSchedulerError(UsageError):
    """The program that should run a fleet is not on this machine."""

    def __init__(self, program: str) -> None:
        super().__init__(program=program)


class SchedulerRefusedError(UsageError):
    """The program that should run a fleet does not take that up."""

    def __init__(self, program: str, reason: str) -> None:
        super().__init__(program=program, reason=reason)


class LocalCopyElsewhereError(UsageError):
    """A worker of a cluster should open a shared copy that each machine keeps for itself."""


class NotSharedStateError(RemoteError):
    """A worker of a cluster does not see the state of the fleet."""

    def __init__(self, worker: str, folder: str) -> None:
        super().__init__(worker=worker, folder=folder)


class NoRedisNamedError(UsageError):
    """A fleet keeps its state in Redis, and the surroundings name no server."""

    def __init__(self, file: str) -> None:
        super().__init__(file=file)


class NoRedisError(RemoteError):
    """The Redis server that keeps the state of a fleet cannot be used."""

    def __init__(self, server: str, reason: str) -> None:
        super().__init__(server=server, reason=reason)


class NoClusterError(RemoteError):
    """The Dask scheduler that was named cannot be used."""

    def __init__(self, scheduler: str, reason: str) -> None:
        super().__init__(scheduler=scheduler, reason=reason)


class NoMailServerNamedError(UsageError):
    """A digest is to be sent, and the surroundings name no mail server."""


class NoSenderError(UsageError):
    """A digest is to be sent, and the surroundings do not say from which address."""


class NobodyToTellError(UsageError):
    """A digest is to be sent, and the fleet file names nobody."""

    def __init__(self, file: str) -> None:
        super().__init__(file=file)


class MailServerError(RemoteError):
    """The mail server cannot be used."""

    def __init__(self, server: str, reason: str) -> None:
        super().__init__(server=server, reason=reason)


class PlainPasswordError(RemoteError):
    """The password would go to the mail server in the open."""

    def __init__(self, server: str) -> None:
        super().__init__(server=server)


class NotDeliveredError(RemoteError):
    """The mail server did not take what was for one address."""

    def __init__(self, address: str, reason: str) -> None:
        super().__init__(address=address, reason=reason)
