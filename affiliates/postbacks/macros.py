"""The macros of postback templates as a registry: name, the names that other systems use, the field, and its class."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Kind = Literal["text", "number", "money", "moment"]
# "none": about nobody. "pseudonym": tells players apart without telling who they are. "personal": who somebody is.
Privacy = Literal["none", "pseudonym", "personal"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Macro:
    """`field` is the event's field; `about` is the sentence that staff and affiliates read."""

    name: str
    field: str
    about: str
    kind: Kind = "text"
    privacy: Privacy = "none"
    aliases: tuple[str, ...] = ()


_SUBS: Final = tuple(
    Macro(
        name=f"sub{n}",
        field=f"sub{n}",
        about=f"Sub-id {n} of the link, as the affiliate wrote it.",
        aliases=(f"sub_id{n}", f"aff_param{n}", f"param{n}", f"data{n}", f"afp{n}"),
    )
    for n in range(1, 11)
)

MACROS: Final[tuple[Macro, ...]] = (
    Macro(
        name="click_id",
        field="external_click_id",
        about="The affiliate's own click id, as his link brought it.",
        aliases=(
            "aff_click_id",
            "clickid",
            "cid",
            "afp",
            "extid",
            "trackingtoken",
            "stag",
            "btag",
            "token",
            "cxd",
            "aff_sub",
        ),
    ),
    Macro(name="our_click_id", field="click_id", about="Our id of the click.", aliases=("server_click_id",)),
    *_SUBS,
    Macro(
        name="event",
        field="goal",
        about="The event in the words of the affiliate's goal mapping.",
        aliases=("goal", "et", "type", "actioncode", "event_name"),
    ),
    Macro(name="status", field="status_word", about="approved, pending or reversed, in the affiliate's own words."),
    Macro(
        name="event_id",
        field="event_id",
        about="One id for one business fact; the same when it is sent again.",
        aliases=("transaction_id", "transactionid", "txid", "action_id", "orderid", "registration_id", "tid"),
    ),
    Macro(name="revision", field="revision", about="1, and higher whenever the fact changed.", kind="number"),
    Macro(
        name="sequence",
        field="sequence",
        about="Counts everything sent to this affiliate, without a gap.",
        kind="number",
    ),
    Macro(
        name="amount",
        field="amount",
        about="The amount by the template's mode: deposit, commission, or zero.",
        kind="money",
        aliases=("payout", "sum", "totalcost", "fixedcost", "revenue"),
    ),
    Macro(name="currency", field="currency", about="The amount's currency, ISO 4217.", aliases=("currency_code",)),
    Macro(
        name="time",
        field="occurred_at",
        about="When it happened, UTC.",
        kind="moment",
        aliases=("timestamp", "datetime"),
    ),
    Macro(name="unixtime", field="occurred_unix", about="When it happened, seconds since 1970.", kind="number"),
    Macro(
        name="player",
        field="player_ref",
        about="The player's pseudonym with this affiliate.",
        privacy="pseudonym",
        aliases=("player_id", "customer_id", "customerid", "user_id", "visitorid"),
    ),
    Macro(
        name="country", field="country", about="The player's country, ISO 3166.", privacy="pseudonym", aliases=("geo",)
    ),
    Macro(name="brand", field="brand", about="The brand's code.", aliases=("product", "productid")),
    Macro(
        name="campaign",
        field="campaign",
        about="The campaign's code.",
        aliases=("campaign_id", "campaignid", "offer_id"),
    ),
    Macro(name="link", field="link", about="The link's code.", aliases=("link_id", "deep_link")),
    Macro(
        name="creative", field="creative", about="The creative's code.", aliases=("creative_id", "bannerid", "media_id")
    ),
    Macro(
        name="affiliate",
        field="affiliate",
        about="The affiliate's code.",
        aliases=("affiliate_id", "affiliateid", "affid"),
    ),
    Macro(name="email", field="email", about="The player's e-mail address.", privacy="personal", aliases=("mail",)),
    Macro(
        name="username",
        field="username",
        about="The player's name.",
        privacy="personal",
        aliases=("display_name", "name", "first_name", "last_name", "phone"),
    ),
    Macro(
        name="ip", field="ip", about="The player's address on the network.", privacy="personal", aliases=("ip_address",)
    ),
)

BY_NAME: Final[dict[str, Macro]] = {}
for _macro in MACROS:
    for _name in (_macro.name, *_macro.aliases):
        if BY_NAME.setdefault(_name, _macro) is not _macro:
            raise ValueError(f"the macro {_name!r} is defined twice")


def macro_of(name: str) -> Macro | None:
    """The macro of a name or alias, whatever its case; None where there is none."""
    return BY_NAME.get(name.lower())
