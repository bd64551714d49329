"""For authors: making exercises from solutions, keeping notebooks tidy, and finding what does not hold together."""
