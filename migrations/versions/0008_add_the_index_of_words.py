"""Add the index of words."""

from alembic import op


revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None


def upgrade() -> None:
    if op.get_bind().dialect.name == 'sqlite':
        op.execute("CREATE VIRTUAL TABLE words_orders USING fts5(t, content='', detail=none, columnsize=0, tokenize='trigram case_sensitive 1')")
        op.execute('CREATE VIRTUAL TABLE words_orders_at USING fts5vocab(words_orders, instance)')
        op.execute("INSERT INTO words_orders(rowid, t) SELECT id, lower(coalesce(orders.number, '') || char(31, 31) || coalesce(orders.matter, '') || char(31, 31)) FROM orders")
        op.execute("CREATE TRIGGER words_orders_new AFTER INSERT ON orders BEGIN INSERT INTO words_orders(rowid, t) VALUES (new.id, lower(coalesce(new.number, '') || char(31, 31) || coalesce(new.matter, '') || char(31, 31))); END")
        op.execute("CREATE TRIGGER words_orders_gone AFTER DELETE ON orders BEGIN INSERT INTO words_orders(words_orders, rowid, t) VALUES ('delete', old.id, lower(coalesce(old.number, '') || char(31, 31) || coalesce(old.matter, '') || char(31, 31))); END")
        op.execute("CREATE TRIGGER words_orders_changed AFTER UPDATE OF id, number, matter ON orders BEGIN INSERT INTO words_orders(words_orders, rowid, t) VALUES ('delete', old.id, lower(coalesce(old.number, '') || char(31, 31) || coalesce(old.matter, '') || char(31, 31))); INSERT INTO words_orders(rowid, t) VALUES (new.id, lower(coalesce(new.number, '') || char(31, 31) || coalesce(new.matter, '') || char(31, 31))); END")
        op.execute("CREATE VIRTUAL TABLE words_clients USING fts5(t, content='', detail=none, columnsize=0, tokenize='trigram case_sensitive 1')")
        op.execute('CREATE VIRTUAL TABLE words_clients_at USING fts5vocab(words_clients, instance)')
        op.execute("INSERT INTO words_clients(rowid, t) SELECT id, lower(coalesce(clients.name, '') || char(31, 31) || coalesce(clients.tags, '') || char(31, 31) || coalesce(clients.address, '') || char(31, 31) || coalesce(clients.pinyin, '') || char(31, 31) || coalesce(clients.former_names, '') || char(31, 31) || coalesce(clients.credit_code, '') || char(31, 31)) FROM clients")
        op.execute("CREATE TRIGGER words_clients_new AFTER INSERT ON clients BEGIN INSERT INTO words_clients(rowid, t) VALUES (new.id, lower(coalesce(new.name, '') || char(31, 31) || coalesce(new.tags, '') || char(31, 31) || coalesce(new.address, '') || char(31, 31) || coalesce(new.pinyin, '') || char(31, 31) || coalesce(new.former_names, '') || char(31, 31) || coalesce(new.credit_code, '') || char(31, 31))); END")
        op.execute("CREATE TRIGGER words_clients_gone AFTER DELETE ON clients BEGIN INSERT INTO words_clients(words_clients, rowid, t) VALUES ('delete', old.id, lower(coalesce(old.name, '') || char(31, 31) || coalesce(old.tags, '') || char(31, 31) || coalesce(old.address, '') || char(31, 31) || coalesce(old.pinyin, '') || char(31, 31) || coalesce(old.former_names, '') || char(31, 31) || coalesce(old.credit_code, '') || char(31, 31))); END")
        op.execute("CREATE TRIGGER words_clients_changed AFTER UPDATE OF id, name, tags, address, pinyin, former_names, credit_code ON clients BEGIN INSERT INTO words_clients(words_clients, rowid, t) VALUES ('delete', old.id, lower(coalesce(old.name, '') || char(31, 31) || coalesce(old.tags, '') || char(31, 31) || coalesce(old.address, '') || char(31, 31) || coalesce(old.pinyin, '') || char(31, 31) || coalesce(old.former_names, '') || char(31, 31) || coalesce(old.credit_code, '') || char(31, 31))); INSERT INTO words_clients(rowid, t) VALUES (new.id, lower(coalesce(new.name, '') || char(31, 31) || coalesce(new.tags, '') || char(31, 31) || coalesce(new.address, '') || char(31, 31) || coalesce(new.pinyin, '') || char(31, 31) || coalesce(new.former_names, '') || char(31, 31) || coalesce(new.credit_code, '') || char(31, 31))); END")
        op.execute("CREATE VIRTUAL TABLE words_invitations USING fts5(t, content='', detail=none, columnsize=0, tokenize='trigram case_sensitive 1')")
        op.execute('CREATE VIRTUAL TABLE words_invitations_at USING fts5vocab(words_invitations, instance)')
        op.execute("INSERT INTO words_invitations(rowid, t) SELECT id, lower(coalesce(invitations.serial, '') || char(31, 31)) FROM invitations")
        op.execute("CREATE TRIGGER words_invitations_new AFTER INSERT ON invitations BEGIN INSERT INTO words_invitations(rowid, t) VALUES (new.id, lower(coalesce(new.serial, '') || char(31, 31))); END")
        op.execute("CREATE TRIGGER words_invitations_gone AFTER DELETE ON invitations BEGIN INSERT INTO words_invitations(words_invitations, rowid, t) VALUES ('delete', old.id, lower(coalesce(old.serial, '') || char(31, 31))); END")
        op.execute("CREATE TRIGGER words_invitations_changed AFTER UPDATE OF id, serial ON invitations BEGIN INSERT INTO words_invitations(words_invitations, rowid, t) VALUES ('delete', old.id, lower(coalesce(old.serial, '') || char(31, 31))); INSERT INTO words_invitations(rowid, t) VALUES (new.id, lower(coalesce(new.serial, '') || char(31, 31))); END")
    if op.get_bind().dialect.name == 'postgresql':
        op.execute('CREATE OR REPLACE FUNCTION words_of(t text) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT array_agg(DISTINCT substr(t, i, n)) FROM generate_series(1, length(t)) i, generate_series(1, 2) n $$')
        op.execute("CREATE INDEX words_orders ON orders USING gin (words_of(coalesce(number, '') || chr(31) || coalesce(matter, '')))")
        op.execute("CREATE INDEX words_clients ON clients USING gin (words_of(coalesce(name, '') || chr(31) || coalesce(tags, '') || chr(31) || coalesce(address, '') || chr(31) || coalesce(pinyin, '') || chr(31) || coalesce(former_names, '') || chr(31) || coalesce(credit_code, '')))")
        op.execute("CREATE INDEX words_invitations ON invitations USING gin (words_of(coalesce(serial, '')))")


def downgrade() -> None:
    if op.get_bind().dialect.name == 'sqlite':
        op.execute('DROP TRIGGER words_orders_new')
        op.execute('DROP TRIGGER words_orders_gone')
        op.execute('DROP TRIGGER words_orders_changed')
        op.execute('DROP TABLE words_orders_at')
        op.execute('DROP TABLE words_orders')
        op.execute('DROP TRIGGER words_clients_new')
        op.execute('DROP TRIGGER words_clients_gone')
        op.execute('DROP TRIGGER words_clients_changed')
        op.execute('DROP TABLE words_clients_at')
        op.execute('DROP TABLE words_clients')
        op.execute('DROP TRIGGER words_invitations_new')
        op.execute('DROP TRIGGER words_invitations_gone')
        op.execute('DROP TRIGGER words_invitations_changed')
        op.execute('DROP TABLE words_invitations_at')
        op.execute('DROP TABLE words_invitations')
    if op.get_bind().dialect.name == 'postgresql':
        op.execute('DROP INDEX words_orders')
        op.execute('DROP INDEX words_clients')
        op.execute('DROP INDEX words_invitations')
        op.execute('DROP FUNCTION words_of(text)')
