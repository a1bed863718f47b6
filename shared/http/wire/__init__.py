"""HTTP/1.1 on the standard library's `http.client`: connections, TLS, proxies, packed answers.

Only `shared.http` uses it. `transport.Transport` sends one request and keeps the connection for the next. It retries
nothing, follows no redirect and knows no keys; `shared/http/service_client.py` does that.
"""
