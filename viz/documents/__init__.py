"""What makes documents: pages of the course, embeds, and runs as files."""
