"""Whether the cells hold what people meant to type, and nothing that should not leave the house."""
