from django.urls import path

from tests.bench.plain_orm.views import BetView

urlpatterns = [path("api/plain/bet", BetView.as_view(), name="bet")]
