"""Which application of Discord keeps the file.

Owns the table ``application``.
"""

from bot.state.state import State


def note_application(state: State, application_id: int) -> int:
    """Note the application that keeps the file, unless one did before; return which one does."""
    state.connection.execute("INSERT OR IGNORE INTO application VALUES (1, ?)", (application_id,))
    return int(state.connection.execute("SELECT id FROM application").fetchone()[0])
