from reporting.monitoring.admin import alert, incident, proof, rule

__all__ = ["alert", "incident", "proof", "rule"]
