"""Copies of the whole house: made while it works, proven by using them, put back on an empty machine."""

from services.backup.making import Made as Made
from services.backup.making import make_backup as make_backup
from services.backup.restoring import Restored as Restored
from services.backup.restoring import check_copy as check_copy
from services.backup.restoring import restore as restore
