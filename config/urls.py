from django.contrib import admin
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from drf_spectacular.views import SpectacularAPIView, SpectacularRedocView, SpectacularSwaggerView

from wallet.api.inquiry import NoSuchCall

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="admin:index"), name="root"),
    path("admin/", admin.site.urls),
    path("api/wallet/v1/", include("wallet.api.urls")),
    re_path(r"^api/wallet(/[\s\S]*)?$", NoSuchCall.as_view(), name="no-such-version"),
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
