"""`/api/v1/profile`: how this operator answers, and what each value stands on."""

from typing import Any, Self

from fastapi import APIRouter
from pydantic import BaseModel, Field

from simulator.operator import Operator
from simulator.profile import Profile
from simulator.profile_listing import settings_of


class SettingForm(BaseModel):
    """One value of the profile."""

    path: str = Field(examples=["hours.mci.open"])
    value: Any
    basis: str = Field(description='A clause, a source, "assumed", "set by this world", or "default".')


class ProfileForm(BaseModel):
    """A profile, value by value."""

    name: str
    title: str
    settings: list[SettingForm]

    @classmethod
    def of(cls, profile: Profile) -> Self:
        """The form of a profile."""
        settings = [SettingForm(**setting._asdict()) for setting in settings_of(profile)]
        return cls(name=profile.name, title=profile.title, settings=settings)


def router(operator: Operator) -> APIRouter:
    """The profile of an operator."""
    routes = APIRouter(prefix="/api/v1/profile", tags=["profile"])

    @routes.get("")
    async def get_profile() -> ProfileForm:
        """Every value of the profile that is in force, with its basis."""
        return ProfileForm.of(operator.registers.profile)

    return routes
