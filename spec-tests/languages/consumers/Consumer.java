package tickwire;

/** What someone writes who uses Modelina's classes. javac is the test. */
final class Consumer {
    static BarsSubscribeFrame request(String symbol) {
        BarsSubscribeRequest payload = new BarsSubscribeRequest();
        payload.setSymbol(symbol);
        payload.setResolution(BarResolution.NUMBER_1);
        BarsSubscribeFrame frame = new BarsSubscribeFrame();
        frame.setMsgId("1");
        frame.setPayload(payload);
        return frame;
    }

    static double lastPrice(BarsUpdateFrame frame) {
        return frame.getPayload().getClose();
    }
}
