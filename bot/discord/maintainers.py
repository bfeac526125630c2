"""Who may do what beyond asking.

Owns the three circles: those who run the bot, those who manage a server, and those whom a server trusts with its gaps
and feedback.
"""

import discord
from discord.ext import commands

from bot.state import GuildSettings


def owner_ids(application: discord.AppInfo) -> frozenset[int]:
    """Return who owns the application: the members of its team who accepted, or its one owner."""
    if application.team is None:
        return frozenset({application.owner.id})
    accepted = discord.TeamMembershipState.accepted
    return frozenset(member.id for member in application.team.members if member.membership_state is accepted)


def runs_the_bot(
    bot: commands.AutoShardedBot, user: discord.User | discord.Member, maintainer_role_id: int | None
) -> bool:
    """Tell whether somebody owns the application or has the role that the installation names."""
    if bot.application is not None and user.id in owner_ids(bot.application):
        return True
    return _has_role(user, maintainer_role_id)


def manages_server(interaction: discord.Interaction) -> bool:
    """Tell whether the one who acts may manage the server that it happens in."""
    return interaction.guild_id is not None and interaction.permissions.manage_guild


def maintains_server(interaction: discord.Interaction, settings: GuildSettings) -> bool:
    """Tell whether the one who acts may see what the server asked: by managing it, or by the role that it named."""
    return manages_server(interaction) or _has_role(interaction.user, settings.maintainer_role_id)


def _has_role(user: discord.User | discord.Member, role_id: int | None) -> bool:
    return role_id is not None and isinstance(user, discord.Member) and user.get_role(role_id) is not None
