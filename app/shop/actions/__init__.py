"""What can be done, one file per topic; each action is one transaction."""
