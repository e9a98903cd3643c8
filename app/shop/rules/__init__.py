"""What is allowed and what follows from it: tables and pure functions, standard library only."""
