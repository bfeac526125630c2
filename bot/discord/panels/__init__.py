"""Panels: private messages with controls for what is kept of a server; they outlive the process that showed them."""

from discord.ext import commands

from bot.discord.answering import Answering
from bot.discord.keeping import Keeping
from bot.discord.known import RecentQuestions
from bot.discord.panels.control import Control, Panel
from bot.discord.panels.privacy import PrivacyCog
from bot.discord.panels.review import FeedbackCog, GapsCog, Reviewers
from bot.discord.panels.settings import SettingsCog
from bot.discord.servers import Servers
from bot.settings import Settings

__all__ = ["Panel", "add_panels"]


async def add_panels(
    bot: commands.AutoShardedBot,
    answering: Answering,
    questions: RecentQuestions,
    keeping: Keeping,
    servers: Servers,
    settings: Settings,
) -> dict[str, Panel]:
    """Add the commands that show panels.

    Args:
        bot: What they are added to.
        answering: Knows the sources to choose from.
        questions: What is remembered besides what is kept.
        keeping: What is kept.
        servers: What each server chose.
        settings: How this installation runs.

    Returns:
        The panels by the names that their controls carry.
    """
    reviewers = Reviewers(bot, servers, settings.maintainer_role_id)
    settings_cog = SettingsCog(answering, servers, settings.retention_days)
    privacy, gaps = PrivacyCog(keeping, servers, questions, settings.retention_days), GapsCog(keeping, reviewers)
    feedback = FeedbackCog(keeping, reviewers)
    for cog in (settings_cog, privacy, gaps, feedback):
        await bot.add_cog(cog)
    bot.add_dynamic_items(Control)
    return {"settings": settings_cog, "privacy": privacy, "gaps": gaps.panel, "feedback": feedback}
