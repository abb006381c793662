from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from drf_spectacular.views import SpectacularAPIView, SpectacularRedocView, SpectacularSwaggerView

from casino.gateways.api.notify import notify
from compliance.kyc.api.sumsub import sumsub_webhook
from compliance.signin.views.entrance import SignOut, admin_entrance
from reporting.monitoring.api.health import PROBES
from reporting.overview.admin.palette import palette
from wallet.api.inquiry import NoSuchCall


def favicon(_request: HttpRequest) -> HttpResponse:
    """For pages that name none, such as the readers of the API's document."""
    return redirect(static("common/favicon.svg"))


handler403 = "reporting.overview.error_pages.forbidden"
handler404 = "reporting.overview.error_pages.not_found"

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="admin:index"), name="root"),
    path("favicon.ico", favicon),
    # Before the admin's own pages of these names, which know no second factor and write no trail.
    path("admin/login/", admin_entrance, name="admin_entrance"),
    path("admin/logout/", SignOut.as_view(), name="admin_logout"),
    path("admin/password_change/", RedirectView.as_view(pattern_name="account_change_password")),
    # In front of unfold's search page, which keeps what somebody may see for minutes.
    path("admin/search/", admin.site.admin_view(palette)),
    path("admin/overview/", include("reporting.overview.admin.urls")),
    path("admin/dashboards/", include("reporting.dashboards.admin.urls")),
    path("admin/reports/", include("reporting.catalogue.admin.urls")),
    path("admin/", admin.site.urls),
    path("account/", include("compliance.signin.urls")),
    *(path(place.removeprefix("/"), view) for place, view in PROBES.items()),
    path("api/kyc/sumsub/v1/webhook", sumsub_webhook, name="sumsub-webhook"),
    path("api/pay/<slug:gateway>/v1/notify", notify, name="gateway-notify"),
    path("api/wallet/v1/", include("wallet.api.urls")),
    re_path(r"^api/wallet(/[\s\S]*)?$", NoSuchCall.as_view(), name="no-such-version"),
    path("api/player/v1/", include("players.api.urls")),
    path("api/backoffice/v1/", include("reporting.api.urls")),
    # The contract's document, as YAML or JSON (?format=json), and two readers that need no other host.
    path("api/schema/", SpectacularAPIView.as_view(), name="schema"),
    path(
        "api/docs/",
        SpectacularSwaggerView.as_view(url_name="schema", template_name="wallet_api/swagger_ui.html"),
        name="swagger-ui",
    ),
    path(
        "api/redoc/",
        SpectacularRedocView.as_view(url_name="schema", template_name="wallet_api/redoc.html"),
        name="redoc",
    ),
]
