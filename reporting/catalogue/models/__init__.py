from reporting.catalogue.models.right import ReportRight

__all__ = ["ReportRight"]
