"""Run by Alembic: the migrations, on the connection of `data.schema` and in its transaction."""

from alembic import context

context.configure(connection=context.config.attributes["connection"], transactional_ddl=False)
context.run_migrations()
