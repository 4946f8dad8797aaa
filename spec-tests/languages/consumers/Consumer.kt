package tickwire

// What someone writes who uses Modelina's classes. The compiler is the test.

fun request(symbol: String) = BarsSubscribeFrame(
    type = "bars.subscribe",
    msgId = "1",
    payload = BarsSubscribeRequest(symbol = symbol, resolution = BarResolution.NUMBER_1),
)

fun lastPrice(frame: BarsUpdateFrame): Double = frame.payload.close
