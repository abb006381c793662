from compliance.kyc.admin.document import DocumentAdmin
from compliance.kyc.admin.provider_event import ProviderEventAdmin
from compliance.kyc.admin.verification import VerificationAdmin

__all__ = ["DocumentAdmin", "ProviderEventAdmin", "VerificationAdmin"]
