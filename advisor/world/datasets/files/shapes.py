"""How one JSON value holds rows: an array, splits, columns, classes by key, paragraphs with questions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from advisor.domain.dataset import Finding
from advisor.world.datasets.roles.names import is_known_name, label_weight, names_split
from advisor.world.datasets.text import count, named

KEY_LABEL = "label"
"""Column for a label that no field holds: the key, or the name of the file, that the rows stand under."""

KEY = "key"
"""Column for a key that rows stand under, where they have a label of their own."""

FEW = 20
"""Keys that can be splits without being called so."""

Row = Mapping[str, object]


class Group(NamedTuple):
    """Rows that stand together."""

    items: Iterable[object]
    split: str = ""
    label: str | None = None
    """The key they stand under, where it says what they are."""
    column: str = KEY_LABEL
    """Where that key goes."""


class Shape(NamedTuple):
    """The rows of a JSON value, and how they were found."""

    groups: tuple[Group, ...]
    findings: tuple[Finding, ...] = ()


def shape_of(value: object) -> Shape | None:
    """Return the rows of an array or an object, or None for a single value."""
    if isinstance(value, dict) and _are_splits(value):
        return _splits(value)
    return _part(value)


def _part(value: object) -> Shape | None:
    if isinstance(value, list):
        return _paragraphs(value) or Shape((Group(value),))
    return _object(value) if isinstance(value, dict) else None


def rows_of(group: Group) -> Iterator[object]:
    """Yield the items of a group, each with the label it stands under."""
    for item in group.items:
        yield item if group.label is None else _with_label(item, group.label, group.column)


def plain_row(row: Mapping[str, object]) -> Mapping[str, object]:
    """Return a row with the text of the first answer in place of `{"text": [...], "answer_start": [...]}`."""
    answers = row.get("answers")
    if isinstance(answers, dict) and isinstance(texts := answers.get("text"), list) and "answer_start" in answers:
        return {**row, "answers": texts[0] if texts else ""}
    return row


def _object(value: Mapping[str, object]) -> Shape:
    inner = value.get("data")
    if isinstance(inner, list) and (asked := _paragraphs(inner)):
        return asked
    if (columns := _columns(value)) is not None:
        return Shape((Group(_across(columns)),))
    if by_id := _by_id(value):
        return Shape((Group(by_id),))
    lists = {key: part for key, part in value.items() if isinstance(part, list) and _holds_records(part)}
    if _are_classes(value, lists):
        return _classes(lists or {key: part for key, part in value.items() if isinstance(part, list)})
    if not lists:
        return Shape((Group([value]),))
    if len(lists) > FEW and not all(map(names_split, lists)):
        return _by_key(lists)
    # One list among other keys is a wrapper ("data", "examples"), several are splits.
    return Shape(tuple(Group(part, key if len(lists) > 1 else "") for key, part in lists.items()))


def _are_splits(value: Mapping[str, object]) -> bool:
    return len(value) > 1 and all(names_split(key) and isinstance(part, (list, dict)) for key, part in value.items())


def _splits(value: Mapping[str, object]) -> Shape:
    shapes = {key: _part(part) for key, part in value.items()}
    groups = (group._replace(split=key) for key, shape in shapes.items() if shape is not None for group in shape.groups)
    findings = {finding.what: finding for shape in shapes.values() if shape for finding in shape.findings}
    return Shape(tuple(groups), tuple(findings.values()))


def _are_classes(value: Mapping[str, object], lists: Mapping[str, Sequence[object]]) -> bool:
    """Say whether the keys are labels: nothing in the rows under them is one."""
    if lists:
        pieces = all(_pieces(part[0]) is not None for part in lists.values())
        if pieces:
            return True
        columns = [set(part[0]) if isinstance(part[0], dict) else {"label"} for part in lists.values()]
        has_label = any(label_weight(name) > 0 for names in columns for name in names)
        return len(lists) > 1 and not has_label and len(lists) == len(value)
    texts = all(isinstance(part, list) and part and all(isinstance(t, str) for t in part) for part in value.values())
    return len(value) > 1 and texts and not any(map(is_known_name, value))


def _classes(lists: Mapping[str, Sequence[object]]) -> Shape:
    groups = tuple(Group(part, label=key) for key, part in lists.items())
    finding = Finding(
        severity="notes",
        about="roles",
        what=f"The label is the key the rows stand under, {named(list(lists))}; I call it `{KEY_LABEL}`.",
        consequence="If the keys say something else, name another column as the label.",
    )
    return Shape(groups, (finding,))


def _by_key(lists: Mapping[str, Sequence[object]]) -> Shape:
    """Return rows that stand under too many keys for splits, such as the documents they are from."""
    finding = Finding(
        severity="notes",
        what=f"The rows stand under {count(len(lists), 'key')}, {named(list(lists))}; I keep it as `{KEY}`.",
        consequence="So many are no splits; rows under one key may belong together.",
    )
    return Shape(tuple(Group(part, label=key, column=KEY) for key, part in lists.items()), (finding,))


def _with_label(item: object, label: str, column: str) -> object:
    if isinstance(item, str):
        return {"text": item, column: label}
    if not isinstance(item, dict):
        return item
    pieces = _pieces(item)
    row = item if pieces is None else {"text": pieces, **{k: v for k, v in item.items() if k != "data"}}
    place = next((name for name in (column, KEY) if name not in row), None)
    return row if place is None else {**row, place: label}


def _pieces(item: object) -> str | None:
    """Return the text of `{"data": [{"text": ...}, ...]}`, whose pieces are marked apart, or None."""
    parts = item.get("data") if isinstance(item, dict) else None
    if not isinstance(parts, list) or not all(isinstance(p, dict) and isinstance(p.get("text"), str) for p in parts):
        return None
    return "".join(part["text"] for part in parts)


def _paragraphs(articles: Sequence[object]) -> Shape | None:
    """Return one row a question of articles in the form of SQuAD, or None for anything else."""
    first = articles[0] if articles else None
    if not isinstance(first, dict) or not isinstance(first.get("paragraphs"), list):
        return None
    rows = list(_questions(articles))
    several = sum(len(answers) > 1 for _, answers in rows)
    without = sum(not answers for _, answers in rows)
    findings = [
        Finding(
            severity="notes",
            what="The questions stand in paragraphs; I read one row for each, with its paragraph as `context`.",
            consequence=f"`answers` holds the first answer; {count(several, 'question')} have others too."
            if several
            else "`answers` holds the text of the answer.",
        )
    ]
    if without:
        findings.append(
            Finding(
                severity="warns",
                what=f"{count(without, 'question')} have no answer in the text.",
                consequence="Their answer is empty; tell me if saying so is what the program should learn.",
            )
        )
    return Shape((Group([row for row, _ in rows]),), tuple(findings))


def _questions(articles: Sequence[object]) -> Iterator[tuple[object, Sequence[object]]]:
    for article in articles:
        paragraphs = article.get("paragraphs") if isinstance(article, dict) else None
        if not isinstance(paragraphs, list):
            yield article, ("",)
            continue
        for paragraph in paragraphs:
            questions = paragraph.get("qas") if isinstance(paragraph, dict) else None
            if not isinstance(questions, list):
                yield paragraph, ("",)
                continue
            for question in questions:
                yield _question(paragraph.get("context"), question)


def _question(context: object, question: object) -> tuple[object, Sequence[object]]:
    if not isinstance(question, dict):
        return question, ("",)
    answers = question.get("answers", question.get("answer"))
    listed = answers if isinstance(answers, list) else [answers] if answers else []
    texts = [answer.get("text") if isinstance(answer, dict) else answer for answer in listed]
    row = {"context": context, "question": question.get("question"), "answers": texts[0] if texts else ""}
    return ({**row, "id": question["id"]} if "id" in question else row), texts


def _holds_records(items: Sequence[object]) -> bool:
    return bool(items) and _is_record(items[0])


def _is_record(item: object) -> bool:
    return isinstance(item, dict) or (isinstance(item, list) and len(item) == 2 and isinstance(item[0], str))


def _by_id(value: Mapping[str, object]) -> list[object]:
    """Return the records of `{"q1": {...}, "q2": {...}}`, which share their keys; nothing for another object."""
    records = list(value.values())
    first = records[0] if records else None
    if len(records) < 2 or not isinstance(first, dict) or not first:
        return []
    same = all(isinstance(record, dict) and not first.keys().isdisjoint(record) for record in records)
    return records if same and len(records) > len(first) else []


def _columns(value: Mapping[str, object]) -> dict[str, list[object]] | None:
    """Return the columns of `{"text": [...], "label": [...]}`, or of pandas' `{"text": {"0": ...}}`."""
    if len(value) < 2:
        return None
    columns: dict[str, list[object]] = {}
    indexes = set()
    for key, column in value.items():
        if isinstance(column, dict):
            if not all(name.isdigit() for name in column):
                return None
            indexes.add(tuple(column))
            column = list(column.values())
        # A text of two words is a pair too, but not every text is.
        if not isinstance(column, list) or not column or isinstance(column[0], dict) or all(map(_is_record, column)):
            return None
        columns[key] = column
    same_length = len({len(column) for column in columns.values()}) == 1
    return columns if same_length and len(indexes) <= 1 else None


def _across(columns: Mapping[str, Sequence[object]]) -> list[Row]:
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
