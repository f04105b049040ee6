"""Add who proposed a sanction by hand, on which facts, and the order it follows from."""

import sqlalchemy as sa
from alembic import op

revision = '0022'
down_revision = '0021'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('sanctions', schema=None) as batch_op:
        batch_op.add_column(sa.Column('facts', sa.Text(), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('order_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('proposed_by', sa.String(length=80), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('proposed_by_id', sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_sanctions_order_id'), 'orders', ['order_id'], ['id'])
        batch_op.create_foreign_key(batch_op.f('fk_sanctions_proposed_by_id'), 'accounts', ['proposed_by_id'], ['id'])


def downgrade() -> None:
    with op.batch_alter_table('sanctions', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_sanctions_proposed_by_id'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('fk_sanctions_order_id'), type_='foreignkey')
        for name in ('proposed_by_id', 'proposed_by', 'order_id', 'facts'):
            batch_op.drop_column(name)
