from django.apps import AppConfig


class KycConfig(AppConfig):
    """Who the player is, proved: levels, documents, verification providers, and what asks for them."""

    name = "compliance.kyc"
    label = "kyc"
    verbose_name = "Know your customer"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """The gate asks here about identity; Sumsub's adapter introduces itself."""
        from compliance.gate.registry import kyc_source_register
        from compliance.kyc.adapters.sumsub import client, mapping
        from compliance.kyc.registry import Provider, provider_register
        from compliance.kyc.selectors.facts import kyc_facts

        kyc_source_register(kyc_facts)
        provider_register(
            "sumsub",
            Provider(
                message_read=mapping.message_read,
                verdict_of=mapping.verdict_of,
                applicant_create=client.applicant_create,
                access_token=client.access_token,
            ),
        )
