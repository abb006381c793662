from rest_framework import serializers


class BetSerializer(serializers.Serializer[dict[str, object]]):
    """The fields of a bet."""

    transaction_id = serializers.CharField(max_length=255)
    session_id = serializers.CharField(max_length=40)
    player_id = serializers.CharField(max_length=40)
    game_code = serializers.CharField(max_length=100)
    round_id = serializers.CharField(max_length=255)
    amount = serializers.DecimalField(max_digits=38, decimal_places=8, min_value=0)
    currency = serializers.CharField(max_length=5)
