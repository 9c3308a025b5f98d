"""The agendas that the bench measures on."""

from __future__ import annotations

from bench.agenda_figures import NOW, made_activities


def test_the_made_agenda_is_the_same_in_every_run_and_as_varied_as_a_real_one() -> None:
    made = made_activities(2000)

    assert made == made_activities(2000)
    assert len({one.id for one in made}) == 2000
    assert 150 < len({tuple(one.titles.items()) for one in made}) <= 200
    assert {language for one in made for language in one.languages} == {"fr", "nl", "en"}
    assert all(one.start < one.end for one in made)
    assert any(one.end < NOW for one in made)
    assert sum(one.start > NOW for one in made) > 1500
