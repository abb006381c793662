"""Every change of a verification and of a document is kept, whoever makes it (compliance.audit.history)."""

from compliance.audit.history import history_kept
from compliance.kyc.models.document import Document
from compliance.kyc.models.state import KycState

history_kept(KycState)
history_kept(Document)
