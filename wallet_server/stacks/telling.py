"""Stacks and skills as JSON: the contract's section 4."""

from __future__ import annotations

from typing import Any

from msgspec.structs import asdict

from wallet_server.stacks.model import Stack, State
from wallet_server.stacks.skills import Skill


def summary(stack: Stack) -> dict[str, Any]:
    """What a list says of a stack: of its parts, how many stand how."""
    count = {state.value: stack.count(state) for state in State}
    about = {"id": stack.id, "name": stack.name, "origin": stack.origin}
    return {**about, "parts": len(stack.parts), **count}


def stack_object(stack: Stack) -> dict[str, Any]:
    """Everything about it."""
    nodes = [_node_object(asdict(node)) for node in stack.nodes]
    links = [asdict(link) for link in stack.links]
    return {**summary(stack), "top": stack.top, "nodes": nodes, "links": links}


def skill_object(skill: Skill) -> dict[str, Any]:
    """Everything about it."""
    badges = [_node_object(asdict(badge)) for badge in skill.badges]
    return {"name": skill.name, "url": skill.url, "earned": skill.earned, "badges": badges}


def _node_object(members: dict[str, Any]) -> dict[str, Any]:
    """The wallet's pages of badges as the ids of their credentials."""
    page = members.pop("page")
    if "near" in members:
        near = [{"name": name, "credential": _id(at)} for name, at in members["near"]]
        members["near"] = near
    return {**members, "credential": None if page is None else _id(page)}


def _id(page: str) -> str:
    return page.rpartition("/")[2]
