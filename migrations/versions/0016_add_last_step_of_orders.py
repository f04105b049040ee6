"""Add when an order took its last step; what is known of older ones is filled in."""

import sqlalchemy as sa
from alembic import op

revision = '0016'
down_revision = '0015'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('orders', sa.Column('moved_at', sa.DateTime(), nullable=True))
    op.execute("UPDATE orders SET moved_at = COALESCE(ended_at, replied_at, received_at, issued_at)")


def downgrade() -> None:
    op.drop_column('orders', 'moved_at')  # not in a batch: a table made anew would lose its triggers
