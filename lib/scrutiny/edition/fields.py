"""A file of ``params/`` to the fields of its model: read with care, all faults in one message."""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from scrutiny.errors import RequestError, near

LARGEST_YML = 64 * 1024

Model = TypeVar("Model", bound=BaseModel)


class _UniqueKeys(yaml.SafeLoader):
    """A loader that refuses a field written twice, and anchors, which can grow without bound."""

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError("anchors and aliases are not used here")
        return super().compose_node(parent, index)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict:
        names = [key.value for key, _ in node.value]
        repeated = sorted({name for name in names if names.count(name) > 1})
        if repeated:
            raise yaml.YAMLError(f"written twice: {', '.join(repeated)}")
        return super().construct_mapping(node, deep)


def checked(path: Path, called: str, model: type[Model], fault: type[RequestError]) -> Model:
    """Return the fields of a YAML file as its model; ``called`` is the file's name in messages.

    Raises ``fault``, in one message, for all that is wrong with them.
    """
    if path.stat().st_size > LARGEST_YML:
        raise fault(f"{called}: larger than {LARGEST_YML} bytes")
    try:
        fields = yaml.load(path.read_text("utf-8"), Loader=_UniqueKeys)  # noqa: S506 (a SafeLoader)
    except (yaml.YAMLError, ValueError, RecursionError) as error:  # a day, number or depth too far
        raise fault(f"{called}: not YAML: {' '.join(str(error).split())}") from error
    if not isinstance(fields, dict):
        raise fault(f"{called}: expected fields like 'title: ...', one a line")
    try:
        return model(**{str(key): value for key, value in fields.items()})
    except ValidationError as error:
        raise fault(f"{called}: {_faults(error, model)}") from error


def _faults(error: ValidationError, model: type[BaseModel]) -> str:
    """Return every fault in one line: unknown fields first, then missing, then wrong ones."""
    unknown, missing, wrong = [], [], []
    for fault in error.errors():
        name = ".".join(str(part) for part in fault["loc"])
        if fault["type"] == "extra_forbidden":
            unknown.append(f"unknown field {name!r}{near(name, model.model_fields)}")
        elif fault["type"] == "missing":
            missing.append(f"missing field {name!r}")
        else:
            said = fault["msg"].removeprefix("Value error, ")
            given = repr(fault["input"])
            wrong.append(f"{name}: {said}" + ("" if given in said else f" (got {given})"))
    return "; ".join([*unknown, *missing, *wrong])
