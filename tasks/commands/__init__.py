"""What an operator types: each command reads the clock, opens the house, calls one service, prints."""

from tasks.commands.audit import audit
from tasks.commands.checking import doctor
from tasks.commands.clauses import clauses
from tasks.commands.draws import draw
from tasks.commands.first_start import prepare_command
from tasks.commands.keeping import backup_command, restore_command
from tasks.commands.keys import keys
from tasks.commands.migrating import migration
from tasks.commands.plans import plan
from tasks.commands.rosters import rosters
from tasks.commands.rounds import round_
from tasks.commands.serving import web
from tasks.commands.timing import sweep

COMMANDS = (web, prepare_command, sweep, rosters, plan, round_, audit, backup_command, restore_command, keys, doctor, clauses, draw, migration)
