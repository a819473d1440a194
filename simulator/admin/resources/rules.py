"""`/api/v1/rules`: what is forbidden, and where that is written."""

from fastapi import APIRouter

from simulator.admin.models import CatalogueForm, RuleForm
from simulator.operator import Operator


def router(operator: Operator) -> APIRouter:
    """The catalogue of an operator."""
    routes = APIRouter(prefix="/api/v1/rules", tags=["rules"])

    @routes.get("")
    async def list_rules() -> CatalogueForm:
        """Every rule in the order in which they judge, and every clause."""
        rules, clauses = operator.catalogue()
        return CatalogueForm(rules=[RuleForm.of(rule) for rule in rules], clauses=list(clauses))

    return routes
