"""What can be said about a run that is over: the tables of its trace, its deadlock, its critical path."""
