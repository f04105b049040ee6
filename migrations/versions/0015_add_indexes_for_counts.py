"""Add indexes from which the counts of a round, of enterprises and of ended responsibilities are read alone."""

import sqlalchemy as sa
from alembic import op


revision = '0015'
down_revision = '0014'
branch_labels = None
depends_on = None
ENDED = sa.text('until IS NOT NULL')


def upgrade() -> None:
    with op.batch_alter_table('assignments', schema=None) as batch_op:
        batch_op.create_index('ix_assignments_ended', ['area_path'], unique=False, sqlite_where=ENDED, postgresql_where=ENDED)

    with op.batch_alter_table('clients', schema=None) as batch_op:
        batch_op.create_index('ix_clients_counted', ['kind', 'merged_into_id', 'area_path', 'state', 'phone_index'], unique=False)

    with op.batch_alter_table('invitations', schema=None) as batch_op:
        batch_op.drop_index('ix_invitations_round_state')
        batch_op.create_index('ix_invitations_round_state', ['round_id', 'state', 'area_path', 'cadre_id'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('invitations', schema=None) as batch_op:
        batch_op.drop_index('ix_invitations_round_state')
        batch_op.create_index('ix_invitations_round_state', ['round_id', 'state'], unique=False)

    with op.batch_alter_table('clients', schema=None) as batch_op:
        batch_op.drop_index('ix_clients_counted')

    with op.batch_alter_table('assignments', schema=None) as batch_op:
        batch_op.drop_index('ix_assignments_ended')
