"""docs/rules.md and docs/profiles.md are what the rules, the tables and the profiles say."""

from simulator.policy.clauses import load_clauses
from simulator.policy.rules import RULES
from simulator.profiles.profile import Profile
from simulator.profiles.profile_file import shipped_profiles
from tools import profiles_page, rules_page
from tools.parameters import fields_read, parameters


def test_the_page_of_rules_is_what_the_code_says() -> None:
    assert rules_page.PAGE.read_text("utf-8") == rules_page.page(), "run python -m tools.rules_page"


def test_the_page_of_profiles_is_what_the_files_say() -> None:
    assert profiles_page.PAGE.read_text("utf-8") == profiles_page.page(), "run python -m tools.profiles_page"


def test_every_rule_clause_and_profile_is_on_the_pages() -> None:
    rules, profiles = rules_page.page(), profiles_page.page()
    assert [rule.id for rule in RULES if f"\n## {rule.id}\n" not in rules] == []
    assert [name for name in load_clauses() if f"\n**{name}** · " not in rules] == []
    assert [name for name in shipped_profiles() if f"\n## {name}\n" not in profiles] == []


def test_the_parameters_of_a_rule_are_found_in_its_source() -> None:
    by_id = {rule.id: rule for rule in RULES}
    assert fields_read(by_id["promotion-outside-hours"]) == ["hours"]
    assert [(one.path, one.type, one.default) for one in parameters(by_id["promotion-outside-hours"])] == [
        ("hours", "dict[MobileOperator, Window]", "{}"),
        ("hours.<name>.open", "datetime.time", "required"),
        ("hours.<name>.close", "datetime.time", "required"),
    ]
    [action] = parameters(by_id["service-advertising"])
    assert (action.path, action.default) == ("service_advertising.action", '"refuse"')
    assert set(fields_read(by_id["service-advertising"])) <= set(Profile.model_fields)
