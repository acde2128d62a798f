"""The page that a person opens. Nothing stands here yet."""
