"""Add where an order comes from and which clock it has; of older ones the source is told by what made them."""

import sqlalchemy as sa
from alembic import op

revision = '0020'
down_revision = '0019'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('orders', sa.Column('source', sa.String(length=30), nullable=False, server_default='rating'))
    op.add_column('orders', sa.Column('clock', sa.String(length=80), nullable=False, server_default=''))
    op.execute("UPDATE orders SET source = 'check' WHERE key LIKE 'check:%'")
    op.execute("UPDATE orders SET source = 'spot_check' WHERE key LIKE 'draw:%'")


def downgrade() -> None:
    for name in ('clock', 'source'):
        op.drop_column('orders', name)  # not in a batch: a table made anew would lose its triggers
