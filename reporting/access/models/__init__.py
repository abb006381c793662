from reporting.access.models.client import Client
from reporting.access.models.client_secret import ClientSecret

__all__ = ["Client", "ClientSecret"]
