"""FastWS 0.1.7 under uvicorn, validated by pydantic, as its documentation has it."""

from contextlib import asynccontextmanager
from datetime import datetime, timezone
from itertools import count
from typing import Annotated
from uuid import uuid4

from fastapi import Depends, FastAPI
from fastws import Client, FastWS, Message
from pydantic import BaseModel, ConfigDict, Field

service = FastWS()
sequences: dict[str, count] = {}


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Topic(Strict):
    topic: Annotated[str, Field(min_length=1, max_length=256, pattern=r"^[!-~]+$")]


class Ping(Strict):
    msg_id: Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[!-~]+$")]


class Pong(Strict):
    msg_id: str
    direction: str
    timestamp: str
    server_time: str


class Quote(Strict):
    symbol: Annotated[str, Field(min_length=1, max_length=16, pattern=r"^[A-Z][A-Z0-9]*$")]
    n: Annotated[int, Field(ge=0)]
    time: Annotated[int, Field(ge=0)]
    bid: Annotated[float, Field(ge=0)]
    ask: Annotated[float, Field(ge=0)]
    bid_size: Annotated[float, Field(ge=0)]
    ask_size: Annotated[float, Field(ge=0)]
    note: Annotated[str, Field(max_length=8192)] | None = None


class Update(Strict):
    msg_id: str
    direction: str
    timestamp: str
    topic: str
    seq: int
    payload: Quote


def now() -> str:
    return datetime.now(timezone.utc).isoformat(timespec="milliseconds")


@service.send("subscribe", reply="subscribed")
async def subscribe(payload: Topic, client: Client) -> Topic:
    client.subscribe(payload.topic)
    return payload


@service.send("ping", reply="pong")
async def ping(payload: Ping) -> Pong:
    time = now()
    return Pong(msg_id=payload.msg_id, direction="s2c", timestamp=time, server_time=time)


@service.recv("quotes.update")
async def quotes_update(payload: Update) -> Update:
    return payload


@asynccontextmanager
async def lifespan(app: FastAPI):
    service.setup(app)
    yield


app = FastAPI(lifespan=lifespan)


@app.websocket("/ws")
async def stream(client: Annotated[Client, Depends(service.manage)]):
    await service.serve(client)


@app.post("/publish/{topic}")
async def publish(topic: str, quote: Quote):
    seq = next(sequences.setdefault(topic, count(1)))
    update = {
        "msg_id": str(uuid4()),
        "direction": "s2c",
        "timestamp": now(),
        "topic": topic,
        "seq": seq,
        "payload": quote.model_dump(exclude_none=True),
    }
    await service.server_send(Message(type="quotes.update", payload=update), topic=topic)
    return {"topic": topic, "seq": seq}
