"""Add extensions of orders, and how often an order was pressed for."""

import sqlalchemy as sa
from alembic import op

revision = '0017'
down_revision = '0016'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('orders', sa.Column('first_due_on', sa.Date(), nullable=True))
    op.add_column('orders', sa.Column('extended', sa.Integer(), nullable=False, server_default='0'))
    op.add_column('orders', sa.Column('urged', sa.Integer(), nullable=False, server_default='0'))
    op.add_column('orders', sa.Column('urged_at', sa.DateTime(), nullable=True))
    op.create_table('extensions',
    sa.Column('order_id', sa.Integer(), nullable=False),
    sa.Column('amount', sa.Integer(), nullable=False),
    sa.Column('reason', sa.String(length=500), nullable=False),
    sa.Column('asked_by', sa.String(length=80), nullable=False),
    sa.Column('asked_at', sa.DateTime(), nullable=False),
    sa.Column('due_before', sa.Date(), nullable=False),
    sa.Column('decided_by', sa.String(length=80), nullable=False),
    sa.Column('decided_at', sa.DateTime(), nullable=True),
    sa.Column('agreed', sa.Boolean(), nullable=True),
    sa.Column('remark', sa.String(length=500), nullable=False),
    sa.Column('due_after', sa.Date(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['order_id'], ['orders.id'], name=op.f('fk_extensions_order_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_extensions'))
    )
    op.create_index(op.f('ix_extensions_order_id'), 'extensions', ['order_id'], unique=False)


def downgrade() -> None:
    op.drop_index(op.f('ix_extensions_order_id'), table_name='extensions')
    op.drop_table('extensions')
    for name in ('urged_at', 'urged', 'extended', 'first_due_on'):
        op.drop_column('orders', name)  # not in a batch: a table made anew would lose its triggers
