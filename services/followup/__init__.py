"""What follows from a result: orders and proposed sanctions."""
