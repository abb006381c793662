"""What developers and CI run beside the product: the list of checks and the pins."""
