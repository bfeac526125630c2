"""A bot of our own that uses what Discord offers: commands, buttons, menus, forms, files, threads."""

import io
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.preview.markup import Node
from tests.bot.preview.views import menu

Added = app_commands.Command[Any, ..., Any] | app_commands.Group


class SmallBot(commands.AutoShardedBot):
    """Does one thing of each kind.

    Attributes:
        heard: What was said to it in messages.
    """

    def __init__(self) -> None:
        super().__init__(
            command_prefix=commands.when_mentioned,
            help_command=None,
            intents=discord.Intents(guilds=True, guild_messages=True),
            allowed_mentions=discord.AllowedMentions.none(),
        )
        self.heard: list[discord.Message] = []

    async def setup_hook(self) -> None:
        commands_: tuple[Added, ...] = (say, wait, whisper, form, pick, export, thread, strange, failing, group)
        for command in commands_:
            self.tree.add_command(command)
        self.add_dynamic_items(Count)
        await self.tree.sync()

    async def on_message(self, message: discord.Message, /) -> None:
        if not message.author.bot:
            self.heard.append(message)
            await message.reply("heard")


class Count(discord.ui.DynamicItem[discord.ui.Button[Any]], template=r"count:(?P<n>\d+)"):
    """A button that counts how often it was pressed; what it knows stands in its id."""

    def __init__(self, n: int) -> None:
        super().__init__(discord.ui.Button(label=f"Pressed {n}", custom_id=f"count:{n}"))
        self.n = n

    @classmethod
    async def from_custom_id(cls, interaction: discord.Interaction, item: Node, match: Node, /) -> "Count":
        return cls(int(match["n"]))

    async def callback(self, interaction: discord.Interaction) -> None:
        await interaction.response.edit_message(view=card(self.n + 1))


class Days(discord.ui.Modal, title="Keep answers"):
    """A form with a field and a menu."""

    days: discord.ui.Label[Any] = discord.ui.Label(
        text="Days", component=discord.ui.TextInput(custom_id="days", default="30")
    )
    sources: discord.ui.Label[Any] = discord.ui.Label(text="Sources", component=menu())

    async def on_submit(self, interaction: discord.Interaction) -> None:
        days, sources = self.days.component, self.sources.component
        assert isinstance(days, discord.ui.TextInput) and isinstance(sources, discord.ui.Select)
        await interaction.response.send_message(f"{days.value} days of {', '.join(sources.values)}", ephemeral=True)


class Picker(discord.ui.LayoutView):
    """A menu that says what was chosen."""

    row: discord.ui.ActionRow[Any] = discord.ui.ActionRow()

    @row.select(cls=discord.ui.ChannelSelect, custom_id="where")
    async def chosen(self, interaction: discord.Interaction, select: discord.ui.ChannelSelect[Any]) -> None:
        await interaction.response.defer()
        await interaction.edit_original_response(view=text(f"in {select.values[0].mention}"))


def card(n: int) -> discord.ui.LayoutView:
    view = discord.ui.LayoutView(timeout=None)
    view.add_item(discord.ui.TextDisplay(f"**{n}**"))
    return view.add_item(discord.ui.ActionRow(Count(n)))


def text(content: str) -> discord.ui.LayoutView:
    return discord.ui.LayoutView().add_item(discord.ui.TextDisplay(content))


@app_commands.command(description="Answer at once.")
@app_commands.describe(word="What to say", times="How often")
async def say(interaction: discord.Interaction, word: str, times: int = 1, loud: bool = False) -> None:
    await interaction.response.send_message((word.upper() if loud else word) * times)


@say.autocomplete("word")
async def _words(interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
    return [app_commands.Choice(name=word, value=word) for word in ("orbit", "order") if word.startswith(typed)]


@app_commands.command(description="Think first.")
async def wait(interaction: discord.Interaction) -> None:
    await interaction.response.defer(thinking=True)
    await interaction.edit_original_response(view=card(0))
    await interaction.followup.send("and more")


@app_commands.command(description="Think, then tell one alone.")
async def whisper(interaction: discord.Interaction) -> None:
    await interaction.response.defer(thinking=True, ephemeral=True)
    await interaction.followup.send(str(interaction.locale), ephemeral=True)


@app_commands.command(description="Open a form.")
async def form(interaction: discord.Interaction) -> None:
    await interaction.response.send_modal(Days())


@app_commands.command(description="Show a menu.")
async def pick(interaction: discord.Interaction) -> None:
    await interaction.response.send_message(view=Picker())


@app_commands.command(description="Give a file.")
async def export(interaction: discord.Interaction) -> None:
    await interaction.response.send_message(file=discord.File(io.BytesIO(b'{"kept": 1}'), "kept.json"))


@app_commands.command(description="Open a thread.")
async def thread(interaction: discord.Interaction) -> None:
    assert isinstance(interaction.channel, discord.TextChannel)
    opened = await interaction.channel.create_thread(name="Larkspur", type=discord.ChannelType.public_thread)
    await opened.send("in here")
    await interaction.response.send_message("opened")
    await interaction.delete_original_response()


@app_commands.command(description="Ask Discord for what the preview has not.")
async def strange(interaction: discord.Interaction) -> None:
    assert interaction.guild is not None
    try:
        await interaction.guild.create_text_channel("more")
    except discord.Forbidden as error:
        await interaction.response.send_message(error.text)


@app_commands.command(description="Answer twice.")
async def failing(interaction: discord.Interaction) -> None:
    await interaction.response.send_message("once")
    try:
        await interaction.client.http.delete_message(4, 999)
    except discord.NotFound as error:
        await interaction.edit_original_response(content=error.text)


group = app_commands.Group(name="index", description="The index.")


@group.command(description="Tell its state.")
async def status(interaction: discord.Interaction) -> None:
    await interaction.response.send_message("stands")
