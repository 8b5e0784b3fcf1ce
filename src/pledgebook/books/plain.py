"""Columns of which every value is of the plainest form: read whole, without a look at each value.

Nearly every id, quote and amount of a book is of such a form. Where one of a column is not, the
answer is None, and each value is read by its reader.
"""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal

import pyarrow as pa
import pyarrow.compute as pc

from pledgebook.books.block import MARK, any_of
from pledgebook.kinds import Field
from pledgebook.schema import DECIMALS

# as values.ID_FORM, in the dialect of Arrow
_ID = r"^[A-Za-z0-9][A-Za-z0-9_.:-]{0,119}$"

# "75,833,135 CAD", "1.5M USD": part of what values.amounts calls common
_MONEY = (
    r"^(?:(?P<whole>[0-9]{1,9})(?:\.(?P<part>[0-9]{1,2}))?(?P<scale>K|M|bn)?"
    r"|(?P<grouped>[1-9][0-9]{0,2}(?:,[0-9]{3}){1,4})) (?P<currency>[A-Z]{3})$"
)
_POWERS = {"": 0, "K": 3, "M": 6, "bn": 9}


def plain_column(field: Field, raw: pa.Array) -> pa.Array | None:
    """A column of ids, references or words, as the database takes it."""
    match field.type:
        case "id" | "ref" if not field.many:
            return raw if _holds(pc.match_substring_regex(raw, _ID)) else None
        case "ref":
            ids = _single(raw)
            if ids is None or not _holds(pc.match_substring_regex(ids, _ID)):
                return None
            return _each_in_a_list(ids)
        case "text" | "words" if not field.many:
            is_trimmed = pc.equal(pc.utf8_trim_whitespace(raw), raw)
            is_else = pc.or_(pc.equal(raw, ""), pc.starts_with(raw, MARK))
            return raw if _holds(pc.and_not(is_trimmed, is_else)) else None
        case _:
            return None


def plain_money(raw: pa.Array, currencies: Collection[str]) -> dict[str, pa.Array] | None:
    """The columns of an amount: its figure, its currency, its slack and its comparator.

    As `values.read_money` reads each of them: the slack is half of the last digit written.
    """
    parts = pc.extract_regex(raw, _MONEY)
    if parts.null_count > raw.null_count:
        return None
    names = ("whole", "part", "scale", "grouped", "currency")
    whole, part, scale, grouped, currency = (pc.struct_field(parts, name) for name in names)
    if not set(currency.unique().drop_null().to_pylist()) <= set(currencies):
        return None
    whole = pc.if_else(pc.equal(grouped, ""), whole, pc.replace_substring(grouped, ",", ""))
    powers = pa.array(_POWERS.values(), pa.int32())
    power = powers.take(pc.index_in(scale, value_set=pa.array(_POWERS)))
    power = pc.subtract(power, pc.utf8_length(part))
    is_fraction = pc.less(power, 0)
    zeros = pc.binary_repeat(
        pc.if_else(pc.is_null(power), None, "0"), pc.max_element_wise(power, 0)
    )
    figure = pc.binary_join_element_wise(whole, pc.if_else(is_fraction, ".", ""), part, zeros, "")
    slacks = [Decimal(10) ** power / 2 for power in range(-2, 10)]
    return {
        "amount": figure.cast(DECIMALS),
        "currency": currency,
        "amount_slack": pa.array(slacks, DECIMALS).take(pc.add(power, 2)),
        "amount_comparator": pc.if_else(pc.is_null(currency), pa.scalar(None, pa.string()), "="),
    }


def _holds(truths: pa.Array) -> bool:
    """Whether a column is true wherever it says anything."""
    return pc.all(truths).as_py() is not False


def _single(raw: pa.Array) -> pa.Array | None:
    """The ids of a column of lists in which each is alone; None where one is not."""
    is_list = pc.fill_null(pc.starts_with(raw, f"{MARK}l"), False)
    bare = pc.if_else(is_list, pc.binary_replace_slice(raw, 0, 2, ""), raw)
    # an empty list, a second id in a list, or another value
    is_more = pc.or_(pc.equal(bare, ""), pc.match_substring(bare, MARK))
    return None if any_of(is_more) else bare


def _each_in_a_list(ids: pa.Array) -> pa.Array:
    ends = pc.cumulative_sum(pc.cast(pc.is_valid(ids), pa.int32()))
    starts = pa.concat_arrays([pa.array([0], pa.int32()), ends])
    return pa.ListArray.from_arrays(starts, ids.drop_null(), mask=pc.is_null(ids))
