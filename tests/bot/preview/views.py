"""Views of our own that hold every kind of component."""

import discord


class Everything(discord.ui.LayoutView):
    """A container with each part that it may have, and a row below it."""

    def __init__(self) -> None:
        super().__init__(timeout=None)
        button: discord.ui.Button[Everything] = discord.ui.Button(
            label="Why", custom_id="why:1", emoji="🔎", style=discord.ButtonStyle.primary
        )
        link: discord.ui.Button[Everything] = discord.ui.Button(label="Open", url="https://orbit.example/a")
        container: discord.ui.Container[Everything] = discord.ui.Container(
            discord.ui.Section("**Bold** <b>text</b>", accessory=button),
            discord.ui.Separator(spacing=discord.SeparatorSpacing.large),
            discord.ui.Section(
                "A picture", accessory=discord.ui.Thumbnail("https://orbit.example/a.png", description="A")
            ),
            discord.ui.MediaGallery(discord.MediaGalleryItem("https://orbit.example/b.png", description="B")),
            discord.ui.File("attachment://notes.txt"),
            discord.ui.ActionRow(link),
            accent_colour=0x2B6CB0,
        )
        self.add_item(container)
        self.add_item(discord.ui.TextDisplay("-# small"))
        self.add_item(discord.ui.ActionRow(menu()))
        self.add_item(discord.ui.ActionRow(discord.ui.RoleSelect(custom_id="role", placeholder="A role")))


def menu() -> discord.ui.Select[discord.ui.LayoutView]:
    """Return a menu of which several lines may be chosen."""
    options = [
        discord.SelectOption(label="Orbit Gazette", value="o", description="12 articles"),
        discord.SelectOption(label="Pad Notes", value="p", default=True),
    ]
    return discord.ui.Select(custom_id="pick", placeholder="Sources", max_values=2, options=options)
