from django.db import models


class BrandGroup(models.Model):
    """Brands that one operator answers for together: identity and exclusions are looked at across all of them."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=100)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name
