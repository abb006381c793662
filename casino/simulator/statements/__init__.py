"""The simulated provider's statements: its books of a day, errors planted in them on demand, served over HTTP."""
