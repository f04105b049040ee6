"""What an operator types: each command reads the clock, opens the house, calls one service, prints."""
