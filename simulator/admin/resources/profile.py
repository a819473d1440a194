"""`/api/v1/profile`: how this operator answers, what each value stands on, and which were changed in this run.

A value is changed by the changes `set-profile-value` and `restore-profile-value`.
"""

from typing import Any, Self

from fastapi import APIRouter
from pydantic import BaseModel, Field

from simulator.center.operator import Operator
from simulator.profiles.profile import Profile
from simulator.profiles.profile_listing import settings_of, value_at


class SettingForm(BaseModel):
    """One value of the profile."""

    path: str = Field(examples=["hours.mci.open"])
    value: Any
    basis: str = Field(
        description='A clause, a source, "assumed", "set by this world", "changed in this run", or "default".'
    )


class ProfileForm(BaseModel):
    """A profile, value by value."""

    name: str
    title: str
    settings: list[SettingForm]

    @classmethod
    def of(cls, profile: Profile, **more: Any) -> Self:
        """The form of a profile; `more` are the fields of a form that says more."""
        settings = [SettingForm(**setting._asdict()) for setting in settings_of(profile)]
        return cls(name=profile.name, title=profile.title, settings=settings, **more)


class ChangedSetting(BaseModel):
    """A value that was changed in this run: one of `settings`, or a table of them."""

    path: str
    value: Any
    was: Any = Field(description="What the world says; null where it says nothing.")


class PresentProfile(ProfileForm):
    """The profile that is in force."""

    changed: list[ChangedSetting] = Field(description="In the order in which they were set.")


def router(operator: Operator) -> APIRouter:
    """The profile of an operator."""
    routes = APIRouter(prefix="/api/v1/profile", tags=["profile"])

    @routes.get("")
    async def get_profile() -> PresentProfile:
        """Every value of the profile that is in force, with its basis, and those that were changed in this run."""
        registers = operator.registers
        changed = [
            ChangedSetting(path=path, value=value, was=value_at(registers.first_profile, path))
            for path, value in registers.profile_values.items()
        ]
        return PresentProfile.of(registers.profile, changed=changed)

    return routes
