"""The Discord side: commands, mentions, cards and what keeps them within Discord's rules."""
