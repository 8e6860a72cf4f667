"""The pages: home, the scenes, the course."""
