"""The switchboard: which adapter serves each port, which followers read the ledger."""


def connect() -> None:
    pass
