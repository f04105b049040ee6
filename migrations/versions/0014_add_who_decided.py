"""Add whose account decided a sanction, and the day by which a review or an appeal is answered."""

import sqlalchemy as sa
from alembic import op


revision = '0014'
down_revision = '0013'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('sanctions', schema=None) as batch_op:
        batch_op.add_column(sa.Column('decided_by_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('answer_until', sa.Date(), nullable=True))
        batch_op.create_index(batch_op.f('ix_sanctions_answer_until'), ['answer_until'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_sanctions_decided_by_id'), 'accounts', ['decided_by_id'], ['id'])


def downgrade() -> None:
    with op.batch_alter_table('sanctions', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_sanctions_decided_by_id'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_sanctions_answer_until'))
        batch_op.drop_column('answer_until')
        batch_op.drop_column('decided_by_id')
