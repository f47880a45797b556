"""What exports of other systems look like: one declarative module a source, read by `landing`."""
