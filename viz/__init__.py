"""Shows: the app, the scenes, the player, embeds and exports. Nothing here computes."""
