"""What `/settings` shows: pure functions from settings to a view.

Owns the looks, and which control stands where. What a control changes is settings_changes.py's.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import discord
from discord import ui

from bot.discord.escape import escape, plain
from bot.discord.limits import CHOICE_MAX_UNITS, CHOICES_MAX, cut, units
from bot.discord.panels.control import Control, button, control_id, layout
from bot.discord.panels.settings_changes import EACH_READERS_OWN, PLACES, What
from bot.policy import retention_days
from bot.state import GuildSettings
from bot.state.guild_settings import CHANNELS_MAX
from bot.translations import LANGUAGES, Say

PANEL = "settings"
RETENTION_DAYS = (1, 7, 30, 90, 365)
_NAMES_MAX_UNITS = 600
_ANSWERING = [
    discord.ChannelType.text,
    discord.ChannelType.news,
    discord.ChannelType.forum,
    discord.ChannelType.voice,
    discord.ChannelType.stage_voice,
]


@dataclass(frozen=True, slots=True)
class Choices:
    """What there is to choose from.

    Attributes:
        channel_ids: The server's channels.
        role_ids: The server's roles.
        at_most_days: How long the installation keeps anything.
    """

    channel_ids: Collection[int]
    role_ids: Collection[int]
    at_most_days: int


def settings_view(settings: GuildSettings, choices: Choices, say: Say) -> ui.LayoutView:
    """Return all settings of a server with their controls: 32 components of the 40 that a message may have."""
    return layout(
        f"## {say('Settings of this server')}\n-# {say('Every change holds at once.')}",
        _channels_text(settings, choices, say),
        [_channels(settings, choices, say)],
        f"**{say('Maintainers')}**\n{say('Members with this role may see refused questions and feedback.')}",
        [_role(settings, choices, say)],
        _sources(settings.sources_included, What.INCLUDED, say("Only these sources"), say("all"), say),
        _sources(settings.sources_excluded, What.EXCLUDED, say("Never these sources"), say("none"), say),
        f"**{say('Language')}**",
        [_language(settings, say)],
        f"**{say('Answers to messages')}**",
        [_place(settings, say)],
        f"**{say('How long questions and answers are kept')}**",
        [_retention(settings, choices, say)],
        _switch(What.PRIVATE, say("Answer commands in private by default"), settings.private_by_default, say),
        _switch(What.USER_IDS, say("Keep who asked"), settings.keeps_user_ids, say),
        ui.Section(
            f"**{say('Cooldowns')}**\n{_cooldowns_text(settings, say)}",
            accessory=button(PANEL, What.COOLDOWNS, say("Change")),
        ),
    )


def sources_view(
    settings: GuildSettings, publishers: Collection[str], what: What, page: int, say: Say
) -> ui.LayoutView:
    """Return one page of the sources, those that are chosen ticked.

    Args:
        settings: Of the server.
        publishers: Those in the index.
        what: INCLUDED or EXCLUDED.
        page: Which page, from 0; the last one where there are fewer.
        say: Speaks to the reader.
    """
    is_included = what is What.INCLUDED
    chosen = settings.sources_included if is_included else settings.sources_excluded
    # Those that left the index are still offered where they are chosen, so that they can be let go.
    names = sorted(filter(_is_offerable, chosen.union(publishers)), key=lambda name: (name.casefold(), name))
    n_pages = max(1, -(-len(names) // CHOICES_MAX))
    page = min(page, n_pages - 1)
    offered = names[page * CHOICES_MAX : (page + 1) * CHOICES_MAX]
    title = say("Only these sources") if is_included else say("Never these sources")
    rule = (
        say("Answers quote only what you choose here; where nothing is chosen, every source counts.")
        if is_included
        else say("Answers never quote what you choose here, also where it is among the only ones.")
    )
    return layout(
        f"## {title}\n{rule}",
        _names(chosen, say("all") if is_included else say("none")),
        [_sources_menu(offered, chosen, what, page, say)] if offered else say("No source is known yet."),
        [
            button(PANEL, what, say("Back"), str(max(page - 1, 0)), disabled=page == 0),
            # One id may stand in a message only once.
            button(PANEL, f"{what}_next", say("Next"), str(page + 1), disabled=page + 1 >= n_pages),
            button(PANEL, f"{what}_clear", say("Choose none"), disabled=not chosen),
            button(PANEL, What.SHOW, say("All settings")),
        ],
    )


def _channels_text(settings: GuildSettings, choices: Choices, say: Say) -> str:
    text = f"**{say('Channels')}**\n{say('I answer only in these channels and their threads; none means everywhere.')}"
    n_gone = len(settings.channels - set(choices.channel_ids))
    if n_gone:
        text += "\n" + say.plural(
            "{count} chosen channel no longer exists.", "{count} chosen channels no longer exist.", n_gone
        )
    return text


def _channels(settings: GuildSettings, choices: Choices, say: Say) -> Control:
    # Discord refuses a menu that names what does not exist.
    known = sorted(settings.channels & set(choices.channel_ids))
    menu: ui.ChannelSelect[Any] = ui.ChannelSelect(
        channel_types=_ANSWERING,
        placeholder=say("Everywhere"),
        min_values=0,
        max_values=CHANNELS_MAX,
        default_values=[
            discord.SelectDefaultValue(id=channel_id, type=discord.SelectDefaultValueType.channel)
            for channel_id in known[:CHANNELS_MAX]
        ],
        custom_id=control_id(PANEL, What.CHANNELS),
    )
    return Control(menu, PANEL, What.CHANNELS)


def _role(settings: GuildSettings, choices: Choices, say: Say) -> Control:
    role_id = settings.maintainer_role_id
    default = discord.SelectDefaultValue(id=role_id or 0, type=discord.SelectDefaultValueType.role)
    menu: ui.RoleSelect[Any] = ui.RoleSelect(
        placeholder=say("Only those who manage the server"),
        min_values=0,
        max_values=1,
        default_values=[default] if role_id in choices.role_ids else [],
        custom_id=control_id(PANEL, What.ROLE),
    )
    return Control(menu, PANEL, What.ROLE)


def _sources(chosen: frozenset[str], what: What, title: str, nothing: str, say: Say) -> ui.Section[Any]:
    return ui.Section(f"**{title}**\n{_names(chosen, nothing)}", accessory=button(PANEL, what, say("Choose")))


def _names(chosen: frozenset[str], nothing: str) -> str:
    return cut(", ".join(sorted(chosen, key=str.casefold)), _NAMES_MAX_UNITS, escape).strip() or nothing


def _sources_menu(offered: list[str], chosen: frozenset[str], what: What, page: int, say: Say) -> Control:
    options = [discord.SelectOption(label=plain(name), value=name, default=name in chosen) for name in offered]
    control = f"{what}_chosen"
    menu: ui.Select[Any] = ui.Select(
        placeholder=say("Nothing on this page"),
        min_values=0,
        max_values=len(options),
        options=options,
        custom_id=control_id(PANEL, control, str(page)),
    )
    return Control(menu, PANEL, control, str(page))


def _language(settings: GuildSettings, say: Say) -> Control:
    names = {EACH_READERS_OWN: say("Each reader's own, where I speak it"), **LANGUAGES}
    return _menu(What.LANGUAGE, names, settings.language or EACH_READERS_OWN)


def _place(settings: GuildSettings, say: Say) -> Control:
    return _menu(What.PLACE, {place.value: say(text) for place, text in PLACES.items()}, settings.place.value)


def _retention(settings: GuildSettings, choices: Choices, say: Say) -> Control:
    at_most = choices.at_most_days
    offered = sorted({*(days for days in RETENTION_DAYS if days < at_most), at_most})
    names = {str(days): say.plural("{count} day", "{count} days", days) for days in offered}
    kept = retention_days(settings, at_most)
    names.setdefault(str(kept), say.plural("{count} day", "{count} days", kept))
    return _menu(What.RETENTION, names, str(kept))


def _menu(what: What, names: dict[str, str], chosen: str) -> Control:
    options = [discord.SelectOption(label=name, value=value, default=value == chosen) for value, name in names.items()]
    menu: ui.Select[Any] = ui.Select(options=options, custom_id=control_id(PANEL, what))
    return Control(menu, PANEL, what)


def _switch(what: What, title: str, is_on: bool, say: Say) -> ui.Section[Any]:
    # The id says what the click leads to, so that two clicks on the same button do the same.
    label, argument = (say("Turn off"), "off") if is_on else (say("Turn on"), "on")
    return ui.Section(
        f"**{title}**\n{say('on') if is_on else say('off')}", accessory=button(PANEL, what, label, argument)
    )


def _cooldowns_text(settings: GuildSettings, say: Say) -> str:
    return say(
        "One person waits {seconds} s between two questions; the server asks at most {questions} in a minute.",
        seconds=settings.user_cooldown_seconds,
        questions=settings.guild_questions_per_minute,
    )


def _is_offerable(name: str) -> bool:
    return bool(plain(name)) and max(units(name), units(plain(name))) <= CHOICE_MAX_UNITS
