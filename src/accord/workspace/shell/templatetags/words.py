"""Days and moments in plain words, the marks of the reports, and links that keep the view."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext

from accord.base.periods import SchoolYear
from accord.base.words import count_words, day_words, number_words
from accord.reports.page import read_part

register = template.Library()


@register.filter
def day(value: date | datetime | None) -> str:
    """``November 21, 2026``; a moment counts for the day that it is here."""
    if isinstance(value, datetime):
        value = timezone.localtime(value).date()
    if value and get_language() == "es":
        return date_format(value, r"j \d\e F \d\e Y")
    return day_words(value) if value else ""


@register.filter
def short_day(value: date | datetime | None) -> str:
    """``Nov 21``, with the year where it is another one than this."""
    if isinstance(value, datetime):
        value = timezone.localtime(value).date()
    if value is None:
        return ""
    text = f"{value:%b} {value.day}"
    return text if value.year == timezone.localdate().year else f"{text}, {value.year}"


@register.filter
def at_time(value: datetime) -> str:
    """``9:30 am``."""
    local = timezone.localtime(value)
    return f"{local.hour % 12 or 12}:{local.minute:02d} {'am' if local.hour < 12 else 'pm'}"


@register.filter
def school_year(period: str) -> str:
    """``2023–24``."""
    return SchoolYear.parse(period).shown


@register.filter
def counted(count: int, words: str) -> str:
    """``two actions``: `words` is the word for one and for many, with a comma between."""
    one, many = words.split(",")
    return count_words(count, one, many)


@register.filter
def number(value: Decimal | int) -> str:
    """``1,234.5``."""
    return number_words(Decimal(value))


@register.filter
def readers(audience: str) -> str:
    """Whom figures are for, after a preposition: ``partners``, ``the public``."""
    return "the public" if audience == "public" else audience


@register.filter
def spoken(value: str) -> str:
    """A value that may be a range in words, ``−75 to −70``, in the reader's language."""
    low, to, high = value.partition(" to ")
    return gettext("%(low)s to %(high)s") % {"low": low, "high": high} if to else value


@register.filter
def dollars(value: Decimal | int | None) -> str:
    """``$12,500``; cents only where there are any."""
    if value is None:
        return ""
    amount = Decimal(value)
    return f"${amount:,.0f}" if amount == amount.to_integral_value() else f"${amount:,.2f}"


@register.simple_tag
def shapes() -> SafeString:
    """The shapes that marks refer to, drawn once a page."""
    return mark_safe(read_part("shapes.html"))
