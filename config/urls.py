from django.urls import include, path

urlpatterns = [
    path("api/wallet/v1/", include("wallet.api.urls")),
]
