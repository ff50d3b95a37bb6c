"""The three statutory tables: proactive (two), requests (three), disputes (four)."""
