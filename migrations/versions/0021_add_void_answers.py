"""Add who found an answer void, when and why."""

import sqlalchemy as sa
from alembic import op

revision = '0021'
down_revision = '0020'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('ballots', sa.Column('voided_at', sa.DateTime(), nullable=True))
    op.add_column('ballots', sa.Column('voided_by', sa.String(length=80), nullable=False, server_default=''))
    op.add_column('ballots', sa.Column('voided_why', sa.String(length=200), nullable=False, server_default=''))


def downgrade() -> None:
    with op.batch_alter_table('ballots') as batch_op:
        for name in ('voided_why', 'voided_by', 'voided_at'):
            batch_op.drop_column(name)
