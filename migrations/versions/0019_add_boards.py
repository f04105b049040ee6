"""Add red and black boards and what of them is published."""

import sqlalchemy as sa
from alembic import op


revision = '0019'
down_revision = '0018'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('board_entries',
    sa.Column('key', sa.String(length=200), nullable=False),
    sa.Column('rule_id', sa.Integer(), nullable=False),
    sa.Column('board', sa.String(length=120), nullable=False),
    sa.Column('colour', sa.String(length=30), nullable=False),
    sa.Column('client_id', sa.Integer(), nullable=True),
    sa.Column('cadre_id', sa.Integer(), nullable=True),
    sa.Column('unit_id', sa.Integer(), nullable=True),
    sa.Column('n', sa.Integer(), nullable=False),
    sa.Column('k', sa.Integer(), nullable=False),
    sa.Column('grounds', sa.Text(), nullable=False),
    sa.Column('evidence', sa.JSON(), nullable=False),
    sa.Column('sources', sa.Text(), nullable=False),
    sa.Column('words', sa.String(length=200), nullable=False),
    sa.Column('basis', sa.Text(), nullable=False),
    sa.Column('state', sa.String(length=30), nullable=False),
    sa.Column('proposed_by', sa.String(length=80), nullable=False),
    sa.Column('proposed_by_id', sa.Integer(), nullable=True),
    sa.Column('proposed_at', sa.DateTime(), nullable=False),
    sa.Column('decided_by', sa.String(length=80), nullable=False),
    sa.Column('decided_by_id', sa.Integer(), nullable=True),
    sa.Column('decided_at', sa.DateTime(), nullable=True),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('told_at', sa.DateTime(), nullable=True),
    sa.Column('told_how', sa.String(length=200), nullable=False),
    sa.Column('objection_until', sa.Date(), nullable=True),
    sa.Column('objection', sa.Text(), nullable=False),
    sa.Column('objected_by', sa.String(length=80), nullable=False),
    sa.Column('objected_at', sa.DateTime(), nullable=True),
    sa.Column('answer_until', sa.Date(), nullable=True),
    sa.Column('answer', sa.Text(), nullable=False),
    sa.Column('answered_by', sa.String(length=80), nullable=False),
    sa.Column('answered_at', sa.DateTime(), nullable=True),
    sa.Column('expires_on', sa.Date(), nullable=True),
    sa.Column('ended_by', sa.String(length=80), nullable=False),
    sa.Column('ended_at', sa.DateTime(), nullable=True),
    sa.Column('ended_why', sa.Text(), nullable=False),
    sa.Column('area_id', sa.Integer(), nullable=False),
    sa.Column('area_path', sa.String(length=200).with_variant(sa.String(length=200, collation='C'), 'postgresql'), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['area_id'], ['areas.id'], name=op.f('fk_board_entries_area_id')),
    sa.ForeignKeyConstraint(['cadre_id'], ['cadres.id'], name=op.f('fk_board_entries_cadre_id')),
    sa.ForeignKeyConstraint(['client_id'], ['clients.id'], name=op.f('fk_board_entries_client_id')),
    sa.ForeignKeyConstraint(['decided_by_id'], ['accounts.id'], name=op.f('fk_board_entries_decided_by_id')),
    sa.ForeignKeyConstraint(['proposed_by_id'], ['accounts.id'], name=op.f('fk_board_entries_proposed_by_id')),
    sa.ForeignKeyConstraint(['rule_id'], ['rules.id'], name=op.f('fk_board_entries_rule_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['units.id'], name=op.f('fk_board_entries_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_board_entries')),
    sa.UniqueConstraint('key', name=op.f('uq_board_entries_key'))
    )
    with op.batch_alter_table('board_entries', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_board_entries_answer_until'), ['answer_until'], unique=False)
        batch_op.create_index(batch_op.f('ix_board_entries_area_id'), ['area_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_board_entries_area_path'), ['area_path'], unique=False)
        batch_op.create_index(batch_op.f('ix_board_entries_cadre_id'), ['cadre_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_board_entries_client_id'), ['client_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_board_entries_expires_on'), ['expires_on'], unique=False)
        batch_op.create_index(batch_op.f('ix_board_entries_rule_id'), ['rule_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_board_entries_state'), ['state'], unique=False)
        batch_op.create_index(batch_op.f('ix_board_entries_unit_id'), ['unit_id'], unique=False)

    op.create_table('publications',
    sa.Column('entry_id', sa.Integer(), nullable=False),
    sa.Column('board', sa.String(length=120), nullable=False),
    sa.Column('colour', sa.String(length=30), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('place', sa.String(length=60), nullable=False),
    sa.Column('words', sa.String(length=200), nullable=False),
    sa.Column('public', sa.Boolean(), nullable=False),
    sa.Column('consent', sa.String(length=200), nullable=False),
    sa.Column('state', sa.String(length=30), nullable=False),
    sa.Column('asked_by', sa.String(length=80), nullable=False),
    sa.Column('asked_by_id', sa.Integer(), nullable=False),
    sa.Column('asked_at', sa.DateTime(), nullable=False),
    sa.Column('agreed_by', sa.String(length=80), nullable=False),
    sa.Column('agreed_by_id', sa.Integer(), nullable=True),
    sa.Column('agreed_at', sa.DateTime(), nullable=True),
    sa.Column('from_on', sa.Date(), nullable=True),
    sa.Column('until_on', sa.Date(), nullable=True),
    sa.Column('ended_by', sa.String(length=80), nullable=False),
    sa.Column('ended_at', sa.DateTime(), nullable=True),
    sa.Column('ended_why', sa.String(length=200), nullable=False),
    sa.Column('area_id', sa.Integer(), nullable=False),
    sa.Column('area_path', sa.String(length=200).with_variant(sa.String(length=200, collation='C'), 'postgresql'), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['agreed_by_id'], ['accounts.id'], name=op.f('fk_publications_agreed_by_id')),
    sa.ForeignKeyConstraint(['area_id'], ['areas.id'], name=op.f('fk_publications_area_id')),
    sa.ForeignKeyConstraint(['asked_by_id'], ['accounts.id'], name=op.f('fk_publications_asked_by_id')),
    sa.ForeignKeyConstraint(['entry_id'], ['board_entries.id'], name=op.f('fk_publications_entry_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_publications'))
    )
    with op.batch_alter_table('publications', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_publications_area_id'), ['area_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_publications_area_path'), ['area_path'], unique=False)
        batch_op.create_index(batch_op.f('ix_publications_entry_id'), ['entry_id'], unique=False)
        batch_op.create_index('ix_publications_shown', ['public', 'state', 'area_path'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('publications', schema=None) as batch_op:
        batch_op.drop_index('ix_publications_shown')
        batch_op.drop_index(batch_op.f('ix_publications_entry_id'))
        batch_op.drop_index(batch_op.f('ix_publications_area_path'))
        batch_op.drop_index(batch_op.f('ix_publications_area_id'))

    op.drop_table('publications')
    with op.batch_alter_table('board_entries', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_board_entries_unit_id'))
        batch_op.drop_index(batch_op.f('ix_board_entries_state'))
        batch_op.drop_index(batch_op.f('ix_board_entries_rule_id'))
        batch_op.drop_index(batch_op.f('ix_board_entries_expires_on'))
        batch_op.drop_index(batch_op.f('ix_board_entries_client_id'))
        batch_op.drop_index(batch_op.f('ix_board_entries_cadre_id'))
        batch_op.drop_index(batch_op.f('ix_board_entries_area_path'))
        batch_op.drop_index(batch_op.f('ix_board_entries_area_id'))
        batch_op.drop_index(batch_op.f('ix_board_entries_answer_until'))

    op.drop_table('board_entries')
