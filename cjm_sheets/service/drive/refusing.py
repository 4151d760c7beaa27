"""Decides how the Drive interface says no: the sentence, the reason, and the place it concerns."""

from http import HTTPStatus
from typing import NoReturn

from cjm_sheets.service.refusals import Json, RefusedError


class DriveRefusedError(RefusedError):
    """A refusal with the reason and the place that Drive names beside its sentence."""

    def __init__(
        self,
        message: str,
        reason: str,
        code: HTTPStatus = HTTPStatus.BAD_REQUEST,
        place: tuple[str, str] | None = None,
    ) -> None:
        super().__init__(message, code)
        self._reason = reason
        self._place = place

    def drive_body(self) -> Json:
        """Return the body in the form of the Drive interface."""
        entry = {"message": self.message, "domain": "global", "reason": self._reason}
        if self._place is not None:
            entry |= {"location": self._place[0], "locationType": self._place[1]}
        return {"error": {"code": int(self.code), "message": self.message, "errors": [entry]}}


def refuse_request(message: str) -> NoReturn:
    """Refuse a call that cannot be understood."""
    raise DriveRefusedError(message, "badRequest")


def too_large() -> DriveRefusedError:
    """Return the refusal of a file above the limit."""
    code = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    return DriveRefusedError("The file is larger than 64 MB.", "uploadTooLarge", code)


def missing(what: str, identity: str, parameter: str) -> DriveRefusedError:
    """Return the refusal of an unknown thing."""
    message = f"{what} not found: {identity}."
    return DriveRefusedError(message, "notFound", HTTPStatus.NOT_FOUND, (parameter, "parameter"))


def no_drive(identity: str) -> DriveRefusedError:
    """Return the refusal of a shared drive: there is none."""
    return missing("Shared drive", identity, "driveId")


def invalid_parameter(name: str) -> DriveRefusedError:
    """Return the refusal of a parameter with a value that means nothing."""
    return DriveRefusedError("Invalid Value", "invalid", place=(name, "parameter"))


def out_of_range(name: str, text: str, most: int) -> DriveRefusedError:
    """Return the refusal of a number that a parameter does not take."""
    message = f"Invalid value '{text}'. Values must be within the range: [1, {most}]"
    return DriveRefusedError(message, "invalidParameter", place=(name, "parameter"))


def required_parameter(name: str) -> DriveRefusedError:
    """Return the refusal of a call without a parameter that it needs."""
    message = f"Required parameter: {name}"
    return DriveRefusedError(message, "required", place=(name, "parameter"))


def fields_needed() -> DriveRefusedError:
    """Return the refusal of a method that answers nothing unless it is told what."""
    message = "The 'fields' parameter is required for this method."
    return DriveRefusedError(message, "required", place=("fields", "parameter"))


def bad_fields(name: str) -> DriveRefusedError:
    """Return the refusal of a mask that names what is not there."""
    message = f"Invalid field selection {name}"
    return DriveRefusedError(message, "invalidParameter", place=("fields", "parameter"))


def required_part(what: str, name: str) -> DriveRefusedError:
    """Return the refusal of a body without a field that it needs."""
    message = f"The {what} {name} field is required."
    return DriveRefusedError(message, "required", place=(f"{what}.{name}", "other"))


def bad_part(what: str, name: str) -> DriveRefusedError:
    """Return the refusal of a body with a field that does not go."""
    message = f"The specified {name} is invalid or not applicable for the given {what}."
    return DriveRefusedError(message, "invalid", place=(f"{what}.{name}", "other"))


def refuse_field(name: str, instead: str = "") -> NoReturn:
    """Refuse a body that sets what only the service sets."""
    message = "The resource body includes fields which are not directly writable."
    detail = instead or f"The {name} field is not writable."
    forbid(f"{message} {detail}", "fieldNotWritable")


def forbid(message: str, reason: str) -> NoReturn:
    """Refuse what Drive does not allow."""
    raise DriveRefusedError(message, reason, HTTPStatus.FORBIDDEN)


def not_owner() -> DriveRefusedError:
    """Return the refusal of what only the owner of a file may do."""
    message = "The user does not have sufficient permissions for this file."
    return DriveRefusedError(message, "insufficientFilePermissions", HTTPStatus.FORBIDDEN)


def not_downloadable() -> DriveRefusedError:
    """Return the refusal of the bytes of a file that has none."""
    message = (
        "Only files with binary content can be downloaded. Use Export with Docs Editors files."
    )
    place = ("alt", "parameter")
    return DriveRefusedError(message, "fileNotDownloadable", HTTPStatus.FORBIDDEN, place)
