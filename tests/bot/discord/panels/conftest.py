"""Who uses the panels: a member who manages the server, and one who does not."""

import discord
import pytest
import simcord


@pytest.fixture
def manager(simcord_env: simcord.Env, channel: simcord.ChannelHandle) -> simcord.MemberActor:
    role = simcord_env.guild.create_role("managers", permissions=discord.Permissions(manage_guild=True))
    return simcord_env.guild.add_member(simcord_env.create_user("mona"), roles=[role])
