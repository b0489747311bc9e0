"""What an administrator does to the collection: feed, back up, restore, reindex."""
