from casino.calls.admin.provider_call import ProviderCallAdmin

__all__ = ["ProviderCallAdmin"]
