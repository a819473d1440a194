"""`/api/v1/rules`: what is forbidden, and where that is written."""

from fastapi import APIRouter

from simulator.admin.models import CatalogueForm, RuleForm
from simulator.center.operator import Operator
from simulator.policy.clauses import load_clauses
from simulator.policy.rules import RULES


def router(_operator: Operator) -> APIRouter:
    """The catalogue, which every operator has in common."""
    routes = APIRouter(prefix="/api/v1/rules", tags=["rules"])

    @routes.get("")
    async def list_rules() -> CatalogueForm:
        """Every rule in the order in which they judge, and every clause."""
        return CatalogueForm(rules=[RuleForm.of(rule) for rule in RULES], clauses=list(load_clauses().values()))

    return routes
