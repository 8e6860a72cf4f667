"""What answers requests: the app, its handlers, rooms, and the sessions of scenes."""
