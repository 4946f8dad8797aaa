namespace Tickwire
{
  /// <summary>What someone writes who uses Modelina's classes. The compiler is the test.</summary>
  static class Consumer
  {
    static BarsSubscribeFrame Request(string symbol)
    {
      return new BarsSubscribeFrame {
        MsgId = "1",
        Payload = new BarsSubscribeRequest { Symbol = symbol, Resolution = BarResolution.NUMBER_1 },
      };
    }

    static double LastPrice(BarsUpdateFrame frame)
    {
      return frame.Payload.Close;
    }
  }
}
