"""Uploaded files, kept in the state folder."""

from __future__ import annotations

import re
import threading
from collections.abc import Mapping
from pathlib import Path

from advisor.practice.disk import read_json, write_bytes, write_json
from advisor.practice.wire import ApiError, JsonObject, new_id, timestamp

PURPOSES = frozenset(("assistants", "batch", "evals", "fine-tune", "fine-tune-results", "user_data", "vision"))

_BOUNDARY = re.compile(r'boundary="?([^";,]+)"?', re.IGNORECASE)
_PARAMETER = re.compile(rb'(\w+)="((?:\\.|[^"\\])*)"')


class FileStore:
    """Files by id; each is a description and its bytes on disk."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        folder.mkdir(parents=True, exist_ok=True)
        known = [read_json(path) for path in folder.glob("file-*.json")]
        self._files: dict[str, JsonObject] = {
            file["id"]: file for file in known if file and self._content_path(file["id"]).exists()
        }

    def _content_path(self, file_id: str) -> Path:
        return self._folder / f"{file_id}.content"

    def add(self, content: bytes, filename: str, purpose: str) -> JsonObject:
        """Keep `content` and return its description."""
        file: JsonObject = {
            "id": new_id("file"),
            "object": "file",
            "bytes": len(content),
            "created_at": timestamp(),
            "filename": filename,
            "purpose": purpose,
            "status": "processed",
            "expires_at": None,
            "status_details": None,
        }
        write_bytes(self._content_path(file["id"]), content)
        write_json(self._folder / f"{file['id']}.json", file)
        with self._lock:
            self._files[file["id"]] = file
        return file

    def get(self, file_id: str) -> JsonObject:
        """Return the description of a file; a 404 if there is none."""
        with self._lock:
            file = self._files.get(file_id)
        if file is None:
            raise ApiError(404, f"No such File object: {file_id}", param="id")
        return file

    def content(self, file_id: str) -> bytes:
        """Return the bytes of a file; a 404 if there is none."""
        self.get(file_id)
        try:
            return self._content_path(file_id).read_bytes()
        except FileNotFoundError:
            raise ApiError(404, f"No such File object: {file_id}", param="id") from None

    def delete(self, file_id: str) -> JsonObject:
        """Forget a file; a 404 if there is none."""
        self.get(file_id)
        with self._lock:
            self._files.pop(file_id, None)
        self._content_path(file_id).unlink(missing_ok=True)
        (self._folder / f"{file_id}.json").unlink(missing_ok=True)
        return {"id": file_id, "object": "file", "deleted": True}

    def all(self, purpose: str | None = None) -> list[JsonObject]:
        """Return the descriptions of all files, newest first."""
        with self._lock:
            files = list(self._files.values())
        wanted = [file for file in files if purpose in (None, file["purpose"])]
        return sorted(wanted, key=lambda file: int(file["created_at"]), reverse=True)


def read_upload(headers: Mapping[str, str], body: bytes) -> tuple[bytes, str, str]:
    """Return content, file name and purpose of a multipart upload.

    Raises:
        ApiError: 400 if the body is not multipart, or has no file or no known purpose.
    """
    content_type = headers.get("content-type", "")
    boundary = _BOUNDARY.search(content_type)
    if "multipart/form-data" not in content_type.lower() or boundary is None:
        raise ApiError(400, "Upload a file as multipart/form-data with the fields `file` and `purpose`.")
    parts = _parts(body, boundary.group(1).strip().encode())
    if "file" not in parts:
        raise ApiError(400, "'file' is a required property", param="file")
    content, filename = parts["file"]
    purpose = parts.get("purpose", (b"", ""))[0].decode(errors="replace")
    if purpose not in PURPOSES:
        raise ApiError(400, f"'{purpose}' is not one of {sorted(PURPOSES)} - 'purpose'", param="purpose")
    return content, filename or "upload", purpose


def _parts(body: bytes, boundary: bytes) -> dict[str, tuple[bytes, str]]:
    """Return content and file name by field name."""
    found: dict[str, tuple[bytes, str]] = {}
    for part in (b"\r\n" + body).split(b"\r\n--" + boundary)[1:]:
        head, separator, content = part.partition(b"\r\n\r\n")
        if not separator or part.startswith(b"--"):
            continue
        disposition = next(
            (line for line in head.split(b"\r\n") if line.lower().startswith(b"content-disposition:")), b""
        )
        parameters = {key.decode(): value.decode(errors="replace") for key, value in _PARAMETER.findall(disposition)}
        if "name" in parameters:
            found[parameters["name"]] = (content, parameters.get("filename", ""))
    return found
