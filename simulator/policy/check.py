"""Whether a profile speaks of rules that exist, and asks of them only what they can give; before a port opens."""

from simulator.policy.rules import RULES
from simulator.policy.words import reads_as_nothing
from simulator.profiles.profile import Profile, Style
from simulator.registry.world import World, WorldError
from simulator.wording import hint


def check_world(world: World) -> World:
    """The same world, whose profile the rules understand.

    Raises:
        WorldError: With every fault and its path.
    """
    if faults := profile_faults(world.profile):
        raise WorldError([(f"profile.{path}", why) for path, why in faults])
    return world


def profile_faults(profile: Profile) -> list[tuple[str, str]]:
    """What the rules cannot make of a profile: every fault with its path in the profile."""
    return [*_of_answers(profile), *_of_words(profile)]


def _of_answers(profile: Profile) -> list[tuple[str, str]]:
    rules = {rule.id: rule for rule in RULES}
    faults = []
    for name, answer in profile.answers.items():
        path = f"answers.{name}"
        if name not in rules:
            faults.append((path, f"there is no rule {name!r}{hint(name, rules)}"))
        elif not rules[name].passes_in_time:
            answers = {path: answer, **{f"{path}.by_prefix.{key}": one for key, one in answer.by_prefix.items()}}
            what = f"refusals of {name} do not end by themselves, so there is nothing to hold a message for"
            faults += [(f"{at}.style", what) for at, one in answers.items() if one.style is Style.HOLD]
    return faults


def _of_words(profile: Profile) -> list[tuple[str, str]]:
    """A word that folds to nothing would be looked for in vain."""
    lists = {
        "filtered_words.words": profile.filtered_words.words,
        "forbidden_matter.gambling_words": profile.forbidden_matter.gambling_words,
    }
    return [
        (f"{path}[{index}]", f"{word!r} holds no letter, digit or sign to look for")
        for path, words in lists.items()
        for index, word in enumerate(words)
        if reads_as_nothing(word)
    ]
