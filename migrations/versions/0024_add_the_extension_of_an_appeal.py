"""Add by how much, by whom and why the time to decide an appeal was extended."""

import sqlalchemy as sa
from alembic import op

revision = '0024'
down_revision = '0023'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('sanctions', sa.Column('extended', sa.Integer(), nullable=False, server_default='0'))
    op.add_column('sanctions', sa.Column('extended_by', sa.String(length=80), nullable=False, server_default=''))
    op.add_column('sanctions', sa.Column('extended_at', sa.DateTime(), nullable=True))
    op.add_column('sanctions', sa.Column('extension_reason', sa.Text(), nullable=False, server_default=''))


def downgrade() -> None:
    with op.batch_alter_table('sanctions', schema=None) as batch_op:
        for name in ('extension_reason', 'extended_at', 'extended_by', 'extended'):
            batch_op.drop_column(name)
