"""What happens for each thing that a person asks for, over ports."""
