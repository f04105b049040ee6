"""Add who else answers for an order."""

import sqlalchemy as sa
from alembic import op

revision = '0023'
down_revision = '0022'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('shares',
    sa.Column('order_id', sa.Integer(), nullable=False),
    sa.Column('cadre_id', sa.Integer(), nullable=False),
    sa.Column('named_by', sa.String(length=80), nullable=False),
    sa.Column('named_at', sa.DateTime(), nullable=False),
    sa.Column('did', sa.Text(), nullable=False),
    sa.Column('did_at', sa.DateTime(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['cadre_id'], ['cadres.id'], name=op.f('fk_shares_cadre_id')),
    sa.ForeignKeyConstraint(['order_id'], ['orders.id'], name=op.f('fk_shares_order_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_shares')),
    sa.UniqueConstraint('order_id', 'cadre_id', name=op.f('uq_shares_order_id_cadre_id'))
    )
    op.create_index(op.f('ix_shares_cadre_id'), 'shares', ['cadre_id'], unique=False)


def downgrade() -> None:
    op.drop_index(op.f('ix_shares_cadre_id'), table_name='shares')
    op.drop_table('shares')
