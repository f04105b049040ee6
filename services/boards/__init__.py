"""红黑榜: proposed by a rule or by hand, confirmed, told, contested, published by two, withdrawn or expired."""
