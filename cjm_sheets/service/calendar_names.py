"""Decides how a language calls months and days, in full and short (as CLDR has them)."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True, slots=True)
class CalendarNames:
    """Names from January on, and from Monday on."""

    months: Sequence[str]
    short_months: Sequence[str]
    days: Sequence[str]
    short_days: Sequence[str]


_NAMES = {
    "en": (
        "January February March April May June July August September October November December",
        "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
        "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
        "Mon Tue Wed Thu Fri Sat Sun",
    ),
    "de": (
        "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
        "Jan. Feb. März Apr. Mai Juni Juli Aug. Sept. Okt. Nov. Dez.",
        "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag",
        "Mo. Di. Mi. Do. Fr. Sa. So.",
    ),
    "da": (
        "januar februar marts april maj juni juli august september oktober november december",
        "jan. feb. mar. apr. maj jun. jul. aug. sep. okt. nov. dec.",
        "mandag tirsdag onsdag torsdag fredag lørdag søndag",
        "man. tirs. ons. tors. fre. lør. søn.",
    ),
    "lv": (
        (
            "janvāris februāris marts aprīlis maijs jūnijs jūlijs augusts septembris oktobris"
            " novembris decembris"
        ),
        "janv. febr. marts apr. maijs jūn. jūl. aug. sept. okt. nov. dec.",
        "pirmdiena otrdiena trešdiena ceturtdiena piektdiena sestdiena svētdiena",
        "pirmd. otrd. trešd. ceturtd. piektd. sestd. svētd.",
    ),
    "af": (
        (
            "Januarie Februarie Maart April Mei Junie Julie Augustus September Oktober November"
            " Desember"
        ),
        "Jan. Feb. Mrt. Apr. Mei Jun. Jul. Aug. Sep. Okt. Nov. Des.",
        "Maandag Dinsdag Woensdag Donderdag Vrydag Saterdag Sondag",
        "Ma. Di. Wo. Do. Vr. Sa. So.",
    ),
    "ru": (
        "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
        "янв. февр. мар. апр. мая июн. июл. авг. сент. окт. нояб. дек.",
        "понедельник вторник среда четверг пятница суббота воскресенье",
        "пн вт ср чт пт сб вс",
    ),
    "fr": (
        "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
        "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.",
        "lundi mardi mercredi jeudi vendredi samedi dimanche",
        "lun. mar. mer. jeu. ven. sam. dim.",
    ),
    "es": (
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
        "ene feb mar abr may jun jul ago sept oct nov dic",
        "lunes martes miércoles jueves viernes sábado domingo",
        "lun mar mié jue vie sáb dom",
    ),
    "it": (
        (
            "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre"
            " dicembre"
        ),
        "gen feb mar apr mag giu lug ago set ott nov dic",
        "lunedì martedì mercoledì giovedì venerdì sabato domenica",
        "lun mar mer gio ven sab dom",
    ),
    "nl": (
        "januari februari maart april mei juni juli augustus september oktober november december",
        "jan feb mrt apr mei jun jul aug sep okt nov dec",
        "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
        "ma di wo do vr za zo",
    ),
}


@cache
def calendar_names(language: str) -> CalendarNames:
    """Return the names of a language, English ones where it is unknown."""
    months, short_months, days, short_days = _NAMES.get(language, _NAMES["en"])
    return CalendarNames(months.split(), short_months.split(), days.split(), short_days.split())


@cache
def months_by_name(language: str) -> dict[str, tuple[int, str]]:
    """Return (month, pattern token) by name in folded case, of the language and in English."""
    found: dict[str, tuple[int, str]] = {}
    for names in (calendar_names("en"), calendar_names(language)):
        for token, listed in (("mmm", names.short_months), ("mmmm", names.months)):
            for month, name in enumerate(listed, start=1):
                found[name.casefold().rstrip(".")] = month, token
    return found
