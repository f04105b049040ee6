"""Add indexes for pick-lists and for who has nobody responsible."""

from alembic import op

revision = '0018'
down_revision = '0017'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index('ix_clients_named', 'clients', ['name', 'id'], unique=False)
    op.create_index('ix_assignments_open', 'assignments', ['client_id', 'until', 'area_path'], unique=False)


def downgrade() -> None:
    op.drop_index('ix_assignments_open', table_name='assignments')
    op.drop_index('ix_clients_named', table_name='clients')
