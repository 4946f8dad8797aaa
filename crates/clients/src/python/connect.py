

class Fetch(Requests, BlockingFetch):
    """Single requests without `await`, each over a connection of its own."""


def connect(
    url: str,
    *,
    token: Token | None = None,
    timeout: float = 10.0,
    backoff: Backoff = Backoff(),
    validate_incoming: bool = False,
    buffer: int = 1024,
    offline: Offline | None = None,
) -> Client:
    """A client of the server at `url`, to be used by `async with`.

    `token` is a token or a function that gives one, asked anew for each connection. `timeout` is
    that of requests, in seconds. `validate_incoming` checks what the server sends against the
    contract. `buffer` is how many items a loop may lag behind. `offline` says what is played while
    there is no server.
    """
    return Client(
        tables.CONTRACT,
        url,
        token=token,
        timeout=timeout,
        backoff=backoff,
        validate_incoming=validate_incoming,
        buffer=buffer,
        offline=offline,
    )


def connect_sync(
    url: str,
    *,
    token: Token | None = None,
    timeout: float = 10.0,
    backoff: Backoff = Backoff(),
    validate_incoming: bool = False,
    buffer: int = 1024,
    offline: Offline | None = None,
) -> SyncClient:
    """The same without `await`, to be used by `with`."""

    def make() -> Client:
        return connect(
            url,
            token=token,
            timeout=timeout,
            backoff=backoff,
            validate_incoming=validate_incoming,
            buffer=buffer,
            offline=offline,
        )

    return SyncClient(make)


def fetch(url: str, *, token: Token | None = None, timeout: float = 10.0) -> Fetch:
    """For single requests without `await`: `fetch(url).some_request(…)`."""
    return Fetch(lambda: connect(url, token=token, timeout=timeout))
