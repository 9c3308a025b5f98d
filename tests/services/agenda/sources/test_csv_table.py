"""Tables as CSV: how spreadsheets save them, what people write into cells, and rows that cannot be taken."""

from __future__ import annotations

import pytest

from bot.services.agenda.sources.csv_table import read_csv
from bot.services.agenda.sources.reading import Reading, SourceBroken
from tests.services.agenda.builders import moment
from tests.services.agenda.sources.material import material, reasons, starts

FRENCH = "Titre;Date;Début;Fin\nMétier à découvrir;03/12/2026;14h;16h30\n"


def read(text: str | bytes, name: str = "agenda.csv", **defaults: object) -> Reading:
    return read_csv(material(text, "csv", name, **defaults))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "windows-1252", "utf-16"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_separators_and_encodings_are_recognised(encoding: str, separator: str) -> None:
    reading = read(FRENCH.replace(";", separator).encode(encoding))

    assert reading.rejected == reading.remarks == ()
    assert [one.titles for one in reading.activities] == [{"fr": "Métier à découvrir"}]
    assert (reading.activities[0].start, reading.activities[0].end) == (
        moment("2026-12-03 14:00"),
        moment("2026-12-03 16:30"),
    )


@pytest.mark.parametrize(
    "headings",
    ["Titre;Date;Heure de début;Heure de fin", "Titel;Datum;Beginuur;Einduur", "Title;Date;Start time;End time"],
)
def test_headings_in_three_languages(headings: str) -> None:
    assert starts(read(f"{headings}\nCV;03/12/2026;14:00;16:00\n")) == ["2026-12-03 14:00"]


def test_a_note_of_the_spreadsheet_and_empty_lines_before_the_headings_are_passed_over() -> None:
    assert starts(read("sep=;\n\n;;;\n" + FRENCH)) == ["2026-12-03 14:00"]


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("14:00", "14:00"),
        ("14h", "14:00"),
        ("14 h 30", "14:30"),
        ("14u30", "14:30"),
        ("14 u.", None),
        ("9.15", "09:15"),
        ("2 pm", "14:00"),
        ("12:30 am", "00:30"),
        ("14:00:00", "14:00"),
        ("25:00", None),
        ("midi", None),
    ],
)
def test_hours_as_people_write_them(written: str, read_as: str | None) -> None:
    reading = read(f"Titre;Date;Début\nCV;03/12/2026;{written}\n")

    assert starts(reading) == ([f"2026-12-03 {read_as}"] if read_as else [])
    assert [one.line for one in reading.rejected] == ([] if read_as else [2])


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("3/12/2026", "2026-12-03"),
        ("03-12-2026", "2026-12-03"),
        ("3.12.26", "2026-12-03"),
        ("2026-12-03", "2026-12-03"),
        ("29/02/2027", None),
        ("31/02/2026", None),
        ("12/31/2026", None),
        ("demain", None),
    ],
)
def test_days_as_people_write_them(written: str, read_as: str | None) -> None:
    reading = read(f"Titre;Date\nCV;{written}\n")

    assert [f"{one.start:%Y-%m-%d}" for one in reading.activities] == ([read_as] if read_as else [])
    assert all(one.is_all_day for one in reading.activities)


def test_bad_rows_are_told_by_file_line_and_reason_and_the_good_ones_stay() -> None:
    reading = read(
        "Id;Titre;Date;Début;Fin;Places\n"
        "a;CV;31/02/2026;14:00;16:00;10\n"
        'b;"Deux\nlignes";03/12/2026;14:00;16:00;10\n'
        "c;CV;03/12/2026;16:00;14:00;10\n"
        "d;;03/12/2026;14:00;16:00;10\n"
        "e;CV;;14:00;16:00;10\n"
        "f;CV;03/12/2026;14:00;16:00;10;de trop\n"
        "g;CV;04/12/2026;14:00;16:00;beaucoup\n"
        "g;CV;04/12/2026;14:00;16:00;10\n"
    )

    assert [one.uid for one in reading.activities] == ["b", "g"]
    assert reading.activities[0].titles == {"fr": "Deux lignes"}
    assert [(one.line, one.uid) for one in reading.rejected] == [
        (2, "a"),
        (5, "c"),
        (6, "d"),
        (7, "e"),
        (8, "f"),
        (10, "g"),
    ]
    assert str(reading.rejected[0]) == "https://example.org/agenda.csv:2: '31/02/2026' is no day that exists"
    assert "is not after the start" in reading.rejected[1].reason
    assert "as on line 9" in reading.rejected[-1].reason
    assert [(remark.line, remark.reason) for remark in reading.remarks] == [
        (9, "'beaucoup' is no whole number in the column capacity; left out")
    ]


def test_an_evening_may_end_after_midnight_and_an_activity_may_last_days() -> None:
    reading = read(
        "Titre;Date;Début;Fin;Date de fin\n"
        "Nuit des métiers;03/12/2026;22:00;01:00;\n"
        "Stage;07/12/2026;09:00;16:00;11/12/2026\n"
        "Salon;14/12/2026;;;16/12/2026\n"
        "Envers;14/12/2026;;;10/12/2026\n"
    )

    assert [f"{one.end:%d/%m %H:%M}" for one in reading.activities] == ["04/12 01:00", "11/12 16:00", "17/12 00:00"]
    assert [line for line, _ in reasons(reading)] == [5]


def test_repetitions_weekly_fortnightly_and_monthly_until_a_day_or_open() -> None:
    rows = {
        "chaque semaine;31/12/2026": ["03/12", "10/12", "17/12", "24/12", "31/12"],
        "om de twee weken;01/01/2027": ["03/12", "17/12", "31/12"],
        "monthly;01/03/2027": ["03/12", "07/01", "04/02"],
    }
    for cells, expected in rows.items():
        reading = read(f"Titre;Date;Début;Fin;Répétition;Jusqu'au\nCV;03/12/2026;14:00;16:00;{cells}\n")
        assert [f"{one.start:%d/%m}" for one in reading.activities] == expected
        assert {f"{one.start:%H:%M}" for one in reading.activities} == {"14:00"}
        assert len({one.id for one in reading.activities}) == len(expected)

    open_ended = read("Titre;Date;Début;Fin;Répétition\nCV;02/01/2020;14:00;16:00;wekelijks\n")
    assert starts(open_ended)[0] == "2026-09-24 14:00"
    assert starts(open_ended)[-1] == "2027-12-23 14:00"
    fifth = read("Titre;Date;Répétition\nCV;30/11/2026;chaque mois\n")
    assert starts(fifth)[:3] == ["2026-11-30 00:00", "2026-12-28 00:00", "2027-01-25 00:00"]
    assert reasons(read("Titre;Date;Répétition\nCV;30/11/2026;parfois\n"))[0][0] == 2


def test_everything_that_a_table_can_tell() -> None:
    reading = read(
        "Titre FR;Titel NL;Description FR;Date;Début;Langues;Forme;Lien;Thème;Public;Organisateurs;Places;"
        "Places libres;Inscription;Statut;Couleur\n"
        '"<i>CV</i> & vidéo";Cv en video;"Apportez ""tout"".";03/12/2026;14:00 - 16:00;nl / fr;en ligne;'
        "https://whereby.com/x;emploi;Étudiants, 18-24, martiens;Actiris, VDAB Brussel;12;3;"
        "javascript:alert(1);annulé;bleu\n"
    )

    (one,) = reading.activities
    assert one.titles == {"fr": "CV & vidéo", "nl": "Cv en video"}
    assert one.descriptions == {"fr": 'Apportez "tout".'}
    assert (one.start, one.end) == (moment("2026-12-03 14:00"), moment("2026-12-03 16:00"))
    assert one.languages == ("nl", "fr")
    assert (one.mode, one.platform, one.link) == ("online", "Whereby", "https://whereby.com/x")
    assert (one.theme, one.audience) == ("employment", ("students", "neets"))
    assert one.organisers == ("Actiris", "VDAB Brussel")
    assert (one.capacity, one.places_left, one.registration_url) == (12, 3, None)
    assert one.status == "cancelled"
    assert [remark.line for remark in reading.remarks] == [1, 2, 2]
    assert "Couleur" in reading.remarks[0].reason


def test_one_id_on_several_days_is_one_activity_on_several_dates() -> None:
    reading = read("Id;Titre;Date;Début\na;CV;03/12/2026;14:00\na;CV;04/12/2026;14:00\na;CV;03/12/2026;18:00\n")

    assert {one.uid for one in reading.activities} == {"a"}
    assert len({one.id for one in reading.activities}) == 3


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("", 1, "no headings"),
        ("\n\nNom;Prénom\nA;B\n", 3, "no headings"),
        ('Titre;Date\nCV;03/12/2026\n"CV;04/12/2026\nCV;05/12/2026\n', 3, "not well-formed"),
        ("Titre;Date\n\x00\x01\x02binary", 2, "no text file"),
    ],
)
def test_what_is_no_table_is_refused_with_its_line(text: str, line: int, reason: str) -> None:
    with pytest.raises(SourceBroken, match=rf"agenda.csv:{line}: .*{reason}"):
        read(text)
