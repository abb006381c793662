"""wallet-api-v1 in OpenAPI's words: read by the generator of docs/openapi/wallet-v1.yaml, never by a call."""
