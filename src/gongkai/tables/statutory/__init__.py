"""The three statutory tables: proactive (two), requests (three), disputes (four).

Each is read from the stream by the module of its name, with the rows of :mod:`gongkai.tables.rows`;
the others tell what its head says, or which of its columns a portal added.
"""
