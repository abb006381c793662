from casino.calls.models.provider_call import ProviderCall

__all__ = ["ProviderCall"]
